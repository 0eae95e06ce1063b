// Several records have what was scanned: the person says which one he holds.
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useQuestion } from "@/lib/scan/asking";
import "./scan.css";

export function ScanChoice() {
  const { t } = useTranslation(["scan", "app"]);
  const question = useQuestion();
  if (!question) return null;
  return (
    <Modal
      open
      title={question.words?.title ?? t("choice.title", { text: question.scanned })}
      footer={null}
      onCancel={() => question.answer(null)}
      width={560}
    >
      <p className="quiet">{question.words?.detail ?? t("choice.detail")}</p>
      <ul className="scan-choice">
        {question.found.map((one, i) => (
          <li key={`${one.kind}/${one.id}`}>
            <button type="button" autoFocus={i === 0} onClick={() => question.answer(one)}>
              <span className="code">{one.number}</span>
              <span className="cut">{one.title}</span>
              <span className="meta">
                {t(`app:kind.${one.kind}` as never, { defaultValue: "" })} {one.detail}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
