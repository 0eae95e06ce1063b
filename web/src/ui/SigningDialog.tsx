// Signing by strength: what exactly is signed, its meaning, and the secret when one is asked.
// It opens after the content was found valid, never before.
import { Button, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem, Schemas } from "@/lib/client";
import { ProblemPanel } from "./Problem";

type Strength = Schemas["Strength"];

interface Props {
  isOpen: boolean;
  /** The act with its object: "Release L-0042". */
  title: string;
  /** What exactly is signed, in words and numbers. */
  what: ReactNode;
  /** What the signature means; an act that nobody signs has none. */
  meaning?: string;
  strength: Strength;
  /** Whether a reason belongs to the act, and must be given. */
  reason?: "asked" | "required";
  problem: Problem | null;
  isSending: boolean;
  onSign: (signed: { secret?: string; reason: string }) => void;
  onCancel: () => void;
}

interface Signed {
  secret?: string;
  reason?: string;
}

export function SigningDialog(props: Props) {
  const { isOpen, title, what, meaning, strength, reason, problem, isSending, onSign, onCancel } = props;
  const { t } = useTranslation("ui");
  const [form] = Form.useForm<Signed>();
  const asksSecret = strength !== "recorded" || problem?.code === "signatures.secret_needed";
  return (
    <Modal open={isOpen} title={title} footer={null} onCancel={onCancel} destroyOnHidden width={520}>
      <div className="stack">
        <div className="signed-text">{what}</div>
        {meaning && (
          <p>
            <span className="meta">{t("sign.meaning")} </span>
            {meaning}
          </p>
        )}
        {strength === "two_person" && <p className="meta">{t("sign.two_person")}</p>}
        <Form<Signed>
          form={form}
          layout="vertical"
          preserve={false}
          onFinish={(values) => onSign({ secret: values.secret || undefined, reason: values.reason ?? "" })}
        >
          {reason && (
            <Form.Item name="reason" label={t("sign.reason")} rules={[{ required: reason === "required" }]}>
              <Input.TextArea rows={2} autoFocus={!asksSecret} />
            </Form.Item>
          )}
          {asksSecret && (
            <Form.Item name="secret" label={t("sign.secret")} rules={[{ required: true }]}>
              <Input.Password autoComplete="current-password" autoFocus={!reason} />
            </Form.Item>
          )}
          {problem && <ProblemPanel problem={problem} title={t("sign.refused")} />}
          <div className="row form-actions">
            <Button type="primary" htmlType="submit" loading={isSending}>
              {asksSecret ? t("sign.sign") : t("sign.confirm")}
            </Button>
            <Button onClick={onCancel}>{t("form.cancel")}</Button>
          </div>
        </Form>
      </div>
    </Modal>
  );
}
