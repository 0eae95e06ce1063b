import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fromNow, moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { SecondFactors, UserStatus } from "../entities/User/UserStatus";
import { UserForm } from "../entities/User/UserForm";
import { roleName } from "../queries";
import "../entities/access.css";

type User = RowOf<"/api/v1/users">;

export function UsersPage() {
  const { t } = useTranslation("access");
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const columns: Column<User>[] = [
    { key: "username", title: t("user.username"), width: 150, sort: "username", render: (user) => <RecordLink kind="access.user" id={user.id} number={user.username} /> },
    { key: "name", title: t("user.name"), width: 130, sort: "name", render: (user) => user.name },
    {
      key: "roles",
      title: t("grant.roles"),
      width: 260,
      render: (user) => (user.roles.length ? [...new Set(user.roles.map(roleName))].join(", ") : <span className="quiet">{t("grant.no_roles")}</span>),
    },
    { key: "state", title: t("user.state"), width: 150, render: (user) => <UserStatus user={user} plain /> },
    { key: "kind", title: t("user.kind"), width: 130, render: (user) => t(user.is_machine ? "user.machine" : "user.person") },
    { key: "factors", title: t("factors.title"), width: 190, render: (user) => (user.is_machine ? "–" : <SecondFactors user={user} />) },
    {
      key: "last",
      title: t("user.last_sign_in"),
      width: 150,
      render: (user) => (user.last_sign_in_at ? <span title={moment(user.last_sign_in_at)}>{fromNow(user.last_sign_in_at)}</span> : <span className="quiet">{t("user.never")}</span>),
    },
    { key: "email", title: t("user.email"), width: 220, isExtra: true, render: (user) => user.email },
    { key: "language", title: t("user.language"), width: 110, isExtra: true, render: (user) => t(`languages.${user.language}` as never) },
  ];
  const yesNo = (yes: string, no: string) => [
    { value: "true", label: yes },
    { value: "false", label: no },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/users"
        title={t("user.many")}
        columns={columns}
        defaultSort="username"
        filters={[
          { name: "is_active", label: t("user.state"), options: yesNo(t("user.active"), t("user.inactive")) },
          { name: "is_machine", label: t("user.kind"), options: yesNo(t("user.machine"), t("user.person")) },
        ]}
        empty={<Empty title={t("user.none")} />}
        actions={
          may("access.add_user") && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t("user.add")}
            </Button>
          )
        }
      />
      {isAdding && <UserForm onClose={() => setAdding(false)} />}
    </>
  );
}
