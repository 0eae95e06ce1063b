// The codes for the day when the telephone is lost: shown once, to be kept elsewhere.
import { CopyOutlined, DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/ui/CopyButton";

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("account");
  const text = codes.join("\n");
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    link.download = "zhiliu-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="stack">
      <p>{t("recovery.keep")}</p>
      <ol className="account-codes" aria-label={t("recovery.title")}>
        {codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ol>
      <div className="row">
        <CopyButton text={text} icon={<CopyOutlined />} label={t("copy")} />
        <Button icon={<DownloadOutlined />} onClick={save}>
          {t("recovery.save")}
        </Button>
        <Button type="primary" onClick={onDone}>
          {t("recovery.kept")}
        </Button>
      </div>
    </div>
  );
}
