// A user's name, e-mail and language.
import { Form, Input, Modal, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { FormPanel } from "@/ui/frames/FormPanel";
import type { User } from "../../queries";

interface Values {
  name: string;
  email: string;
  language: "zh" | "en";
}

export function UserEdit({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("access");
  const [form] = Form.useForm<Values>();
  const draft = `user/${user.id}/${user.version}`;
  const change = useAct("patch", "/api/v1/users/{user_id}", {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  });
  return (
    <Modal open title={t("user.change_title", { name: user.username })} footer={null} onCancel={onClose}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ name: user.name, email: user.email, language: user.language === "en" ? "en" : "zh" }}
        submit={t("user.save", { name: user.username })}
        problem={change.error}
        isSending={change.isPending}
        onSubmit={(values) => change.mutate({ path: { user_id: user.id }, version: user.version, body: { ...values, email: values.email ?? "" } })}
        onCancel={onClose}
      >
        <Form.Item name="name" label={t("user.name")} rules={[{ required: true, max: 150 }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="email" label={t("user.email")} rules={[{ type: "email" }]}>
          <Input inputMode="email" />
        </Form.Item>
        <Form.Item name="language" label={t("user.language")} required>
          <Segmented
            options={[
              { value: "zh", label: <span lang="zh-CN">{t("languages.zh")}</span> },
              { value: "en", label: <span lang="en">{t("languages.en")}</span> },
            ]}
          />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}
