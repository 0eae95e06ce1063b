// One role: what it allows, and who has it where.
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { GrantForm } from "../entities/Grant/GrantForm";
import { GrantsPanel } from "../entities/Grant/GrantsPanel";
import { RightsList } from "../entities/Rights";
import { RoleForm } from "../entities/Role/RoleForm";
import { nameOf, usePermissions, useRole } from "../queries";
import "../entities/access.css";

export function RolePage() {
  const { t } = useTranslation("access");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useRole(id);
  const permissions = usePermissions();
  const [open, setOpen] = useState<"change" | "grant" | null>(null);
  useTab(`/roles/${id}`, found.data && nameOf(found.data));
  return (
    <Shown of={found}>
      {(role) => (
        <RecordPage
          record={{ kind: "access.role", id }}
      hasFiles={false}
          kind={t("role.one")}
          number={nameOf(role)}
          fields={[
            { label: t("role.code"), value: role.code },
            { label: t("rights.title"), value: t("rights.count", { count: role.operations.length }) },
            { label: t("role.people"), value: role.user_count },
          ]}
          actions={
            <>
              <ActionButton action={actionOf(role.allowed_actions, "change")} label={t("role.change")} onClick={() => setOpen("change")} />
              <ActionButton action={actionOf(role.allowed_actions, "grant_role")} label={t("role.give")} isPrimary onClick={() => setOpen("grant")} />
            </>
          }
        >
          <Panel title={t("rights.may")}>
            <Shown of={permissions}>
              {({ items }) => <RightsList permissions={items.filter((one) => role.operations.includes(one.operation))} />}
            </Shown>
          </Panel>
          <GrantsPanel of={{ role_id: id }} />
          {open === "change" && <RoleForm role={role} onClose={() => setOpen(null)} />}
          {open === "grant" && <GrantForm given={{ role_id: id }} title={t("role.give_title", { name: nameOf(role) })} onClose={() => setOpen(null)} />}
        </RecordPage>
      )}
    </Shown>
  );
}
