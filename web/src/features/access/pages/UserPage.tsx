// One user: his roles and where they hold, his tokens, how he signs in, and what he may do.
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fromNow } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { GrantForm } from "../entities/Grant/GrantForm";
import { GrantsPanel } from "../entities/Grant/GrantsPanel";
import { RightsList } from "../entities/Rights";
import { TokenForm } from "../entities/Token/TokenForm";
import { TokensPanel } from "../entities/Token/TokensPanel";
import { PasswordDialog } from "../entities/User/PasswordDialog";
import { UserActDialog, type UserVerb } from "../entities/User/UserActDialog";
import { UserEdit } from "../entities/User/UserEdit";
import { SecondFactors, UserStatus } from "../entities/User/UserStatus";
import { type User, usePermissions, useRoles, useUser } from "../queries";
import "../entities/access.css";

const ACCOUNT: UserVerb[] = ["end_sessions", "remove_second_factors", "unlink_identity", "deactivate", "activate"];

export function UserPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const user = useUser(id);
  useTab(`/users/${id}`, user.data?.username);
  return <Shown of={user}>{(found) => <Content user={found} />}</Shown>;
}

function Content({ user }: { user: User }) {
  const { t } = useTranslation("access");
  const [open, setOpen] = useState<UserVerb | "grant" | "change" | "password" | "token" | null>(null);
  const close = () => setOpen(null);
  const action = (verb: string) => actionOf(user.allowed_actions, verb);
  // nothing to unlink is nothing to show: most installations have no company sign-in
  const account = ACCOUNT.filter((verb) => verb !== "unlink_identity" || user.is_linked).filter(
    (verb) => !(user.is_machine && (verb === "remove_second_factors" || verb === "end_sessions")),
  );
  return (
    <RecordPage
      record={{ kind: "access.user", id: user.id }}
      hasFiles={false}
      kind={t(user.is_machine ? "user.machine" : "user.one")}
      number={user.username}
      status={<UserStatus user={user} />}
      fields={[
        { label: t("user.name"), value: user.name },
        { label: t("user.email"), value: user.email || "–" },
        { label: t("user.language"), value: t(`languages.${user.language}` as never) },
        ...(user.is_machine
          ? []
          : [
              { label: t("factors.title"), value: <SecondFactors user={user} /> },
              { label: t("user.last_sign_in"), value: user.last_sign_in_at ? fromNow(user.last_sign_in_at) : t("user.never") },
            ]),
      ]}
      actions={
        <>
          <ActionButton action={action("change")} label={t("user.change")} onClick={() => setOpen("change")} />
          {(user.is_machine || action("issue_token")?.is_allowed) && (
            <ActionButton action={action("issue_token")} label={t("token.issue")} onClick={() => setOpen("token")} />
          )}
          <ActionButton action={action("grant_role")} label={t("grant.give")} isPrimary onClick={() => setOpen("grant")} />
        </>
      }
    >
      <GrantsPanel of={{ user_id: user.id }} />
      <Panel title={t("user.account")} note={user.is_linked && t("user.linked")}>
        <div className="row">
          {!user.is_machine && <ActionButton action={action("set_password")} label={t("password.set")} onClick={() => setOpen("password")} />}
          {account.map((verb) => (
            <ActionButton key={verb} action={action(verb)} label={t(`acts.${verb}.verb`)} onClick={() => setOpen(verb)} />
          ))}
        </div>
      </Panel>
      <TokensPanel userId={user.id} />
      <RightsPanel user={user} />
      {open === "change" && <UserEdit user={user} onClose={close} />}
      {open === "password" && <PasswordDialog user={user} onClose={close} />}
      {open === "token" && <TokenForm user={user} onClose={close} />}
      {open === "grant" && <GrantForm given={{ user_id: user.id }} title={t("grant.give_title", { name: user.username })} onClose={close} />}
      {open && !["change", "password", "token", "grant"].includes(open) && <UserActDialog user={user} verb={open as UserVerb} onClose={close} />}
    </RecordPage>
  );
}

/** What all his roles together allow, wherever they hold. */
function RightsPanel({ user }: { user: User }) {
  const { t } = useTranslation("access");
  const permissions = usePermissions();
  const roles = useRoles();
  const held = new Set(user.roles.map((grant) => grant.role_id));
  const rights = new Set(roles.data?.items.filter((role) => held.has(role.id)).flatMap((role) => role.operations));
  const own = permissions.data?.items.filter((permission) => rights.has(permission.operation)) ?? [];
  return (
    <Panel title={t("rights.may")} note={t("rights.count", { count: own.length })}>
      <Shown of={permissions}>{() => (own.length ? <RightsList permissions={own} /> : <p className="meta">{t("rights.nothing")}</p>)}</Shown>
    </Panel>
  );
}
