// Who is here, asked again before a change of the account; what was begun goes on afterwards.
import { Alert, Button, Form, Input, type InputRef, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { canUsePasskeys } from "@/lib/passkeys";
import { useAskedProof } from "@/lib/proof";
import { passkeyTo, reauthenticate, type Step } from "@/lib/sign-in";
import { useRefusal } from "./refusals";

export function ProveDialog() {
  const { t } = useTranslation("account");
  const sentence = useRefusal();
  const asked = useAskedProof();
  const field = useRef<InputRef>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  if (!asked) return null;
  const finish = (isProven: boolean) => {
    setRefused(null);
    asked.answer(isProven);
  };
  const go = async (call: Promise<Step>) => {
    setSending(true);
    const step = await call;
    setSending(false);
    if (step.kind === "done") finish(true);
    else setRefused(step.kind === "refused" ? step.code : "failed");
  };
  return (
    <Modal
      open
      title={t("prove.title")}
      footer={null}
      onCancel={() => finish(false)}
      width={440}
      // a question that closes behind it gives the focus back to its button
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
    >
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ secret }: { secret: string }) => void go(reauthenticate(secret))}
      >
        <p className="quiet">{t("prove.why")}</p>
        <Form.Item
          name="secret"
          label={t(asked.types.includes("totp") ? "prove.secret_or_code" : "prove.secret")}
          rules={[{ required: true, message: t("prove.needed") }]}
        >
          <Input.Password ref={field} autoComplete="current-password" />
        </Form.Item>
        {refused && <Alert type="error" showIcon role="alert" title={sentence([refused])} />}
        <div className="row form-actions">
          <Button type="primary" htmlType="submit" loading={isSending}>
            {t("prove.go_on")}
          </Button>
          {asked.types.includes("webauthn") && canUsePasskeys() && (
            <Button onClick={() => void go(passkeyTo("reauthenticate"))}>{t("prove.passkey")}</Button>
          )}
          <Button onClick={() => finish(false)}>{t("cancel")}</Button>
        </div>
      </Form>
    </Modal>
  );
}
