// Who has which role where, on the page of a user or of a role.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel } from "@/ui/frames/RecordPage";
import { SigningDialog } from "@/ui/SigningDialog";
import { type Cell, SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";
import { RecordLink } from "@/ui/RecordLink";
import { type Grant, roleName, useGrants } from "../../queries";
import { Where } from "./Where";

export function GrantsPanel({ of }: { of: { user_id: string } | { role_id: string } }) {
  const { t } = useTranslation("access");
  const grants = useGrants(of);
  const [revoked, setRevoked] = useState<Grant | null>(null);
  const title = t("user_id" in of ? "grant.roles" : "grant.people");
  const columns: Cell<Grant>[] = [
    "user_id" in of
      ? { title: t("role.one"), render: (grant) => <RecordLink kind="access.role" id={grant.role_id} number={roleName(grant)} /> }
      : {
          title: t("user.one"),
          render: (grant) => (
            <>
              <RecordLink kind="access.user" id={grant.user_id} number={grant.username} /> {grant.user_name}
            </>
          ),
        },
    { title: t("scope.title"), render: (grant) => <Where of={grant} /> },
    {
      title: t("act"),
      align: "right",
      render: (grant) => (
        <ActionButton size="small" action={actionOf(grant.allowed_actions, "revoke")} label={t("grant.revoke")} onClick={() => setRevoked(grant)} />
      ),
    },
  ];
  return (
    <Panel isFlush title={title} note={grants.data && t("count", { count: grants.data.items.length })}>
      <Shown of={grants}>
        {({ items }) => <SimpleTable label={title} columns={columns} rows={items} rowKey={(grant) => grant.id} none={t("user_id" in of ? "grant.no_roles" : "grant.nobody")} />}
      </Shown>
      {revoked && <RevokeDialog grant={revoked} onClose={() => setRevoked(null)} />}
    </Panel>
  );
}

function RevokeDialog({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useTranslation("access");
  const revoke = useAct("post", "/api/v1/role-grants/{grant_id}/revoke", { onDone: onClose });
  return (
    <SigningDialog
      isOpen
      title={t("grant.revoke_title", { role: roleName(grant), name: grant.username })}
      what={t("grant.revoke_what", { role: roleName(grant), name: grant.user_name })}
      strength="recorded"
      reason="asked"
      problem={revoke.error}
      isSending={revoke.isPending}
      onSign={({ reason }) => revoke.mutate({ path: { grant_id: grant.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
