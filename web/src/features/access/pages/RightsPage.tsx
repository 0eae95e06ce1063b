// Who may do what: roles across, operations down, in the groups of their contexts.
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Shown } from "@/ui/states";
import { SearchInput } from "@/ui/SearchInput";
import { Shape } from "@/ui/Shape";
import { useContextName } from "../entities/Rights";
import { nameOf, type Permission, type Role, usePermissions, useRoles } from "../queries";
import { grouped, matching } from "../rights";
import "@/ui/frames/list.css";
import "../entities/access.css";

export function RightsPage() {
  const { t } = useTranslation("access");
  const roles = useRoles();
  const permissions = usePermissions();
  const [typed, setTyped] = useState("");
  return (
    <section className="panel list" aria-label={t("rights.matrix")}>
      <header>
        <h1>{t("rights.matrix")}</h1>
        <span className="meta">{roles.data && permissions.data && t("rights.matrix_count", { roles: roles.data.items.length, operations: permissions.data.items.length })}</span>
      </header>
      <div className="list-tools">
        <SearchInput className="rights-search" label={t("rights.find")} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <span className="meta">{t("rights.scope_note")}</span>
      </div>
      <div className="rights-matrix" tabIndex={0} role="region" aria-label={t("rights.matrix")}>
        <Shown of={roles}>
          {({ items }) => <Shown of={permissions}>{(all) => <Matrix roles={items} permissions={matching(all.items, typed)} />}</Shown>}
        </Shown>
      </div>
    </section>
  );
}

function Matrix({ roles, permissions }: { roles: Role[]; permissions: Permission[] }) {
  const { t } = useTranslation("access");
  const contextName = useContextName();
  if (!permissions.length) return <Empty title={t("rights.not_found")} />;
  const held = new Map(roles.map((role) => [role.id, new Set(role.operations)]));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("rights.operation")}</th>
          {roles.map((role) => (
            <th key={role.id} scope="col">
              <Link to={`/roles/${role.id}` as never}>{nameOf(role)}</Link>
              <span className="meta">{t("role.people_count", { count: role.user_count })}</span>
            </th>
          ))}
        </tr>
      </thead>
      {grouped(permissions).map((group) => (
        <tbody key={group.context}>
          <tr>
            <th scope="rowgroup" colSpan={roles.length + 1}>
              {contextName(group.context)}
            </th>
          </tr>
          {group.permissions.map((permission) => (
            <tr key={permission.operation}>
              <th scope="row" title={permission.operation}>
                {nameOf(permission)}
              </th>
              {roles.map((role) => (
                <td key={role.id}>
                  {held.get(role.id)?.has(permission.operation) && (
                    <>
                      <Shape name="rd-in" />
                      <span className="visually-hidden">{t("rights.yes")}</span>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
