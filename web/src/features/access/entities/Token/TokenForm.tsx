// A token for a machine account or for oneself: what it may do, and until when.
import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api, type Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { useMe } from "@/lib/me";
import { DayInput, useDayRule } from "@/ui/DayInput";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { Loading } from "@/ui/states";
import { usePermissions } from "../../queries";
import { RightsPicker } from "../Rights";
import { IssuedToken } from "./IssuedToken";

interface Values {
  user_id: string;
  name: string;
  operations: string[];
  expires_on?: string;
}

interface Props {
  /** For whom; without it a machine account is chosen. */
  user?: { id: string; username: string };
  onClose: () => void;
}

/** The operations that a user's roles allow now, over all his grants. */
function useRightsOf(userId: string | undefined): Set<string> | null {
  const grants = api.useQuery(
    "get",
    "/api/v1/role-grants",
    { params: { query: { user_id: userId, is_open: true, limit: 500 } } },
    { enabled: Boolean(userId) },
  );
  const roles = api.useQuery("get", "/api/v1/roles", { params: { query: { limit: 500, sort: "code" } } });
  if (!grants.data || !roles.data) return null;
  const held = new Set(grants.data.items.map((grant) => grant.role_id));
  return new Set(roles.data.items.filter((role) => held.has(role.id)).flatMap((role) => role.operations));
}

export function TokenForm({ user, onClose }: Props) {
  const { t } = useTranslation("access");
  const me = useMe();
  const permissions = usePermissions();
  const dayRule = useDayRule();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch("user_id", form);
  const userId = user?.id ?? chosen;
  const rights = useRightsOf(userId);
  const [issued, setIssued] = useState<Schemas["IssuedTokenOut"] | null>(null);
  const draft = `token/${user?.id ?? "new"}`;
  const issue = useAct("post", "/api/v1/api-tokens", {
    onDone: (token) => {
      dropDraft(draft);
      setIssued(token);
    },
  });
  if (issued) return <IssuedToken issued={issued} onClose={onClose} />;
  const offered = permissions.data?.items.filter((one) => rights?.has(one.operation)) ?? [];
  return (
    <Modal open title={user ? t("token.issue_for", { name: user.username }) : t("token.issue")} footer={null} onCancel={onClose} width={960}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ operations: [] }}
        submit={t("token.issue")}
        problem={issue.error}
        isSending={issue.isPending}
        onChange={(changed) => {
          if (changed.user_id) form.setFieldValue("operations", []); // another user may do other things
        }}
        onSubmit={({ user_id, expires_on, ...values }) =>
          issue.mutate({
            body: { ...values, user_id: user?.id ?? user_id, expires_at: expires_on ? new Date(`${expires_on}T23:59:59`).toISOString() : null },
          })
        }
        onCancel={onClose}
      >
        <div className="access-names">
          {!user && (
            <Form.Item name="user_id" label={t("token.machine")} extra={t("token.machine_note", { name: me.data?.username })} rules={[{ required: true }]}>
              <RecordSelect path="/api/v1/users" fixed={{ is_machine: "true", is_active: "true" }} label={t("token.machine")} text={(one) => `${one.username} ${one.name}`} autoFocus />
            </Form.Item>
          )}
          <Form.Item name="name" label={t("token.name")} extra={t("token.name_note")} rules={[{ required: true, max: 100 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="expires_on" label={t("token.expires")} extra={t("token.expires_note")} rules={[dayRule]}>
            <DayInput />
          </Form.Item>
        </div>
        {userId && !rights && <Loading />}
        {rights && userId && (
          <Form.Item name="operations" label={t("rights.title")} extra={offered.length === 0 && t("token.no_rights")} rules={[{ required: true, type: "array", min: 1 }]}>
            <RightsPicker permissions={offered} />
          </Form.Item>
        )}
      </FormPanel>
    </Modal>
  );
}
