// A value on the server is corrected with a reason: from a list, with a word of one's own. The old one
// stays for everybody to see.
import { Button, Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../grid/cells";
import type { Desk } from "./useDesk";
import { nameOf } from "./words";

const REASONS = ["typing_error", "measured_again", "wrong_unit", "wrong_gauge", "other"] as const;

interface Answer {
  reason: (typeof REASONS)[number];
  detail?: string;
}

export function ReasonDialog({ desk, entries }: { desk: Desk; entries: Entry[] }) {
  const { t, i18n } = useTranslation(["inspections", "ui"]);
  const [form] = Form.useForm<Answer>();
  const { grid, sampled } = desk;
  const reason = Form.useWatch("reason", form);
  const first = entries[0];
  const drop = () => {
    for (const entry of entries) grid.cells.put(entry.code, entry.unit, null);
    grid.refresh();
  };
  const name = (entry: Entry) => {
    const found = sampled.characteristics.find((c) => c.code === entry.code);
    return found ? nameOf(found, i18n.language) : entry.code;
  };
  return (
    <Modal
      open={entries.length > 0}
      title={entries.length === 1 && first ? t("reason.title_one", { name: name(first), unit: first.unit }) : t("reason.title", { count: entries.length })}
      footer={null}
      onCancel={drop}
      destroyOnHidden
      focusable={{ focusTriggerAfterClose: false }}
      width={460}
    >
      <Form<Answer>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ reason: "typing_error" }}
        onFinish={(given) => {
          const words = given.reason === "other" ? "" : t(`reason.${given.reason}`);
          grid.answer(entries, { reason: [words, given.detail?.trim()].filter(Boolean).join(": ") });
        }}
      >
        <ul className="rd-corrections">
          {entries.slice(0, 5).map((entry) => (
            <li key={`${entry.code}${entry.unit}`}>
              {name(entry)} {t("echo.unit", { unit: entry.unit })}: <s>{grid.cells.get(entry.code, entry.unit)?.was}</s> → <b>{entry.text}</b>
            </li>
          ))}
          {entries.length > 5 && <li className="quiet">{t("reason.more", { count: entries.length - 5 })}</li>}
        </ul>
        <Form.Item name="reason" label={t("reason.why")}>
          <Radio.Group className="rd-reasons">
            {REASONS.map((value, i) => (
              <Radio key={value} value={value} autoFocus={i === 0}>
                {t(`reason.${value}`)}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="detail" label={t("reason.detail")} rules={[{ required: reason === "other", message: t("reason.detail_needed") }]}>
          <Input maxLength={300} onPressEnter={() => form.submit()} />
        </Form.Item>
        <div className="row form-actions">
          <Button type="primary" htmlType="submit">
            {t("reason.correct", { count: entries.length })}
          </Button>
          <Button onClick={drop}>{t("reason.keep_old", { count: entries.length })}</Button>
        </div>
      </Form>
    </Modal>
  );
}
