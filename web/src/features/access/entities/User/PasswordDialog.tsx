// A new first password for somebody who lost his; his sessions end.
import { Button, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { ProblemPanel } from "@/ui/Problem";
import { say } from "@/ui/said";
import { firstPassword } from "../../passwords";
import type { User } from "../../queries";
import { PasswordInput } from "../PasswordInput";

export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("access");
  const [password, setPassword] = useState(firstPassword);
  const set = useAct("post", "/api/v1/users/{user_id}/password", {
    onDone: () => {
      say(t("password.is_set", { name: user.username }));
      onClose();
    },
  });
  return (
    <Modal open title={t("password.set_title", { name: user.username })} footer={null} onCancel={onClose}>
      <Form layout="vertical" onFinish={() => set.mutate({ path: { user_id: user.id }, body: { password } })}>
        <p className="quiet">{t("password.ends_sessions", { name: user.name })}</p>
        <PasswordInput value={password} onChange={setPassword} />
        {set.error && <ProblemPanel problem={set.error} />}
        <div className="row form-actions">
          <Button type="primary" htmlType="submit" loading={set.isPending} disabled={!password}>
            {t("password.set")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      </Form>
    </Modal>
  );
}
