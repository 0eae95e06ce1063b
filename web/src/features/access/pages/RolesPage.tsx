import { Button } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { RoleForm } from "../entities/Role/RoleForm";
import { nameOf, usePermissions } from "../queries";
import "../entities/access.css";

type Role = RowOf<"/api/v1/roles">;

export function RolesPage() {
  const { t } = useTranslation("access");
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const permissions = usePermissions();
  const columns: Column<Role>[] = [
    { key: "name", title: t("role.name"), width: 220, render: (role) => <RecordLink kind="access.role" id={role.id} number={nameOf(role)} /> },
    { key: "code", title: t("role.code"), width: 180, sort: "code", render: (role) => role.code },
    { key: "operations", title: t("rights.title"), width: 130, align: "right", render: (role) => role.operations.length },
    { key: "people", title: t("role.people"), width: 130, align: "right", render: (role) => role.user_count },
    { key: "name_zh", title: t("role.name_zh"), width: 180, isExtra: true, render: (role) => role.name_zh },
    { key: "name_en", title: t("role.name_en"), width: 180, isExtra: true, render: (role) => role.name_en },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/roles"
        title={t("role.many")}
        columns={columns}
        defaultSort="code"
        filters={[
          {
            name: "operation",
            label: t("role.with_operation"),
            options: permissions.data?.items.map((one) => ({ value: one.operation, label: nameOf(one) })) ?? [],
          },
        ]}
        empty={<Empty title={t("role.none")} />}
        actions={
          <>
            <Link to={"/rights" as never}>{t("rights.matrix_link")}</Link>
            {may("access.add_role") && (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t("role.add")}
              </Button>
            )}
          </>
        }
      />
      {isAdding && <RoleForm role={null} onClose={() => setAdding(false)} />}
    </>
  );
}
