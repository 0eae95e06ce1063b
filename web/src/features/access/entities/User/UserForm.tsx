// A new user by the template of a role: who he is, what he does, and his first password.
import { Button, Checkbox, Form, Input, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "@tanstack/react-router";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { say } from "@/ui/said";
import { CopyButton } from "@/ui/CopyButton";
import { FormPanel } from "@/ui/frames/FormPanel";
import { ProblemPanel } from "@/ui/Problem";
import { RecordSelect } from "@/ui/RecordSelect";
import { firstPassword } from "../../passwords";
import { nameOf } from "../../queries";
import { PasswordInput } from "../PasswordInput";

interface Values {
  role_id?: string;
  username: string;
  name: string;
  email?: string;
  language: "zh" | "en";
  is_machine: boolean;
}

const DRAFT = "user/new";

export function UserForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("access");
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const isMachine = Form.useWatch("is_machine", form) ?? false;
  const [password, setPassword] = useState(firstPassword);
  const [added, setAdded] = useState<Schemas["UserOut"] | null>(null);
  const add = useAct("post", "/api/v1/users");
  const grant = useAct("post", "/api/v1/role-grants");
  const save = async ({ role_id, ...values }: Values) => {
    const user = await add.mutateAsync({ body: { ...values, email: values.email ?? "", password: values.is_machine ? null : password } });
    dropDraft(DRAFT);
    setAdded(user);
    if (role_id) await grant.mutateAsync({ body: { user_id: user.id, role_id } });
  };
  const open = (user: Schemas["UserOut"]) => {
    onClose();
    say(t("user.added", { name: user.username }));
    void navigate({ to: `/users/${user.id}` as never });
  };
  return (
    <Modal open title={added ? t("user.added", { name: added.username }) : t("user.add")} footer={null} onCancel={onClose} width={560}>
      {added ? (
        <div className="stack">
          {grant.error && <ProblemPanel problem={grant.error} title={t("user.role_refused")} />}
          {!added.is_machine && (
            <>
              <p>{t("password.shown_once", { name: added.username })}</p>
              <div className="row">
                <span className="code access-secret">{password}</span>
                <CopyButton text={password} label={t("copy")} />
              </div>
            </>
          )}
          <div className="row form-actions">
            <Button type="primary" loading={grant.isPending} onClick={() => open(added)}>
              {t("user.open", { name: added.username })}
            </Button>
          </div>
        </div>
      ) : (
        <FormPanel<Values>
          draft={DRAFT}
          form={form}
          initial={{ language: "zh", is_machine: false }}
          submit={t("user.add")}
          problem={add.error}
          isSending={add.isPending || grant.isPending}
          onSubmit={(values) => void save(values).catch(() => undefined)} // the problem is shown
          onCancel={onClose}
        >
          <Form.Item name="role_id" label={t("user.template")} extra={t("user.template_note")}>
            <RecordSelect path="/api/v1/roles" label={t("user.template")} text={nameOf} autoFocus />
          </Form.Item>
          <Form.Item name="username" label={t("user.username")} rules={[{ required: true, max: 60 }]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="name" label={t("user.name")} rules={[{ required: true, max: 150 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="email" label={t("user.email")} rules={[{ type: "email" }]}>
            <Input autoComplete="off" inputMode="email" />
          </Form.Item>
          <Form.Item name="language" label={t("user.language")} required>
            <Segmented
              options={[
                { value: "zh", label: <span lang="zh-CN">{t("languages.zh")}</span> },
                { value: "en", label: <span lang="en">{t("languages.en")}</span> },
              ]}
            />
          </Form.Item>
          <Form.Item name="is_machine" valuePropName="checked">
            <Checkbox>{t("user.is_machine")}</Checkbox>
          </Form.Item>
          {!isMachine && <PasswordInput value={password} onChange={setPassword} />}
        </FormPanel>
      )}
    </Modal>
  );
}
