// A role for somebody, everywhere or at one company, site, supplier or customer.
import { Form, Modal, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { nameOf } from "../../queries";

const SCOPES = ["everywhere", "company", "site", "supplier", "customer"] as const;
type ScopeKind = (typeof SCOPES)[number];

interface Values {
  user_id: string;
  role_id: string;
  scope: ScopeKind;
  scope_id?: string;
}

interface Props {
  /** What is given already: somebody gets a role, or a role gets somebody. */
  given: { user_id: string } | { role_id: string };
  title: string;
  onClose: () => void;
}

export function GrantForm({ given, title, onClose }: Props) {
  const { t } = useTranslation("access");
  const [form] = Form.useForm<Values>();
  const scope = Form.useWatch("scope", form) ?? "everywhere";
  const draft = `grant/${JSON.stringify(given)}`;
  const grant = useAct("post", "/api/v1/role-grants", {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  });
  const needed = [{ required: true }];
  return (
    <Modal open title={title} footer={null} onCancel={onClose}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ scope: "everywhere" }}
        submit={title}
        problem={grant.error}
        isSending={grant.isPending}
        onChange={(changed) => {
          if (changed.scope) form.setFieldValue("scope_id", undefined); // of another kind
        }}
        onSubmit={({ scope: kind, scope_id, ...who }) =>
          grant.mutate({ body: { ...who, ...given, ...(kind === "everywhere" ? {} : { [`${kind}_id`]: scope_id }) } })
        }
        onCancel={onClose}
      >
        {"user_id" in given ? (
          <Form.Item name="role_id" label={t("role.one")} rules={needed}>
            <RecordSelect path="/api/v1/roles" label={t("role.one")} text={nameOf} autoFocus />
          </Form.Item>
        ) : (
          <Form.Item name="user_id" label={t("user.one")} rules={needed}>
            <RecordSelect path="/api/v1/users" fixed={{ is_active: "true" }} label={t("user.one")} text={(user) => `${user.username} ${user.name}`} autoFocus />
          </Form.Item>
        )}
        <Form.Item name="scope" label={t("scope.title")} required>
          <Segmented options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))} />
        </Form.Item>
        {scope !== "everywhere" && (
          <Form.Item name="scope_id" label={t(`scope.${scope}`)} rules={needed}>
            {scope === "company" ? (
              <RecordSelect path="/api/v1/companies" label={t("scope.company")} text={(one) => `${one.code} ${one.name}`} />
            ) : scope === "site" ? (
              <RecordSelect path="/api/v1/sites" label={t("scope.site")} text={(one) => `${one.code} ${one.name}`} />
            ) : (
              <RecordSelect path="/api/v1/partners" key={scope} fixed={{ [`is_${scope}`]: "true" }} label={t(`scope.${scope}`)} text={(one) => `${one.number} ${one.name}`} />
            )}
          </Form.Item>
        )}
      </FormPanel>
    </Modal>
  );
}
