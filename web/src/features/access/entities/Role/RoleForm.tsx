// A role: its names and what it may do; a new one may start from another.
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "@tanstack/react-router";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { Shown } from "@/ui/states";
import { nameOf, type Role, usePermissions } from "../../queries";
import { RightsPicker } from "../Rights";

interface Values {
  template?: string;
  code: string;
  name_en: string;
  name_zh: string;
  operations: string[];
}

export function RoleForm({ role, onClose }: { role: Role | null; onClose: () => void }) {
  const { t } = useTranslation("access");
  const navigate = useNavigate();
  const permissions = usePermissions();
  const [form] = Form.useForm<Values>();
  const draft = role ? `role/${role.id}/${role.version}` : "role/new";
  const onDone = (saved: Schemas["RoleOut"]) => {
    dropDraft(draft);
    onClose();
    if (!role) void navigate({ to: `/roles/${saved.id}` as never });
  };
  const add = useAct("post", "/api/v1/roles", { onDone });
  const change = useAct("patch", "/api/v1/roles/{role_id}", { onDone });
  const save = ({ code, name_en, name_zh, operations }: Values) => {
    if (role) change.mutate({ path: { role_id: role.id }, version: role.version, body: { name_en, name_zh, operations } });
    else add.mutate({ body: { code, name_en, name_zh, operations } });
  };
  return (
    <Modal open title={role ? t("role.change_title", { name: nameOf(role) }) : t("role.add")} footer={null} onCancel={onClose} width={960}>
      <Shown of={permissions}>
        {({ items }) => (
          <FormPanel<Values>
            draft={draft}
            form={form}
            initial={role ?? { operations: [] }}
            submit={role ? t("role.save", { name: nameOf(role) }) : t("role.add")}
            problem={role ? change.error : add.error}
            isSending={add.isPending || change.isPending}
            onSubmit={save}
            onCancel={onClose}
          >
            {!role && (
              <Form.Item label={t("role.template")} name="template">
                <RecordSelect
                  path="/api/v1/roles"
                  label={t("role.template")}
                  text={nameOf}
                  onChange={(_, row) => row && form.setFieldValue("operations", row.operations)}
                />
              </Form.Item>
            )}
            <div className="access-names">
              {!role && (
                <Form.Item name="code" label={t("role.code")} extra={t("role.code_note")} rules={[{ required: true, max: 60, pattern: /^[a-z0-9][a-z0-9_.-]*$/ }]}>
                  <Input autoFocus autoComplete="off" spellCheck={false} />
                </Form.Item>
              )}
              <Form.Item name="name_zh" label={t("role.name_zh")} rules={[{ required: true, max: 100 }]}>
                <Input autoComplete="off" />
              </Form.Item>
              <Form.Item name="name_en" label={t("role.name_en")} rules={[{ required: true, max: 100 }]}>
                <Input autoComplete="off" />
              </Form.Item>
            </div>
            <Form.Item name="operations" label={t("rights.title")} required>
              <RightsPicker permissions={items} />
            </Form.Item>
          </FormPanel>
        )}
      </Shown>
    </Modal>
  );
}
