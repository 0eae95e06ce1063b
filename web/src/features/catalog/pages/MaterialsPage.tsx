import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";

type Row = RowOf<"/api/v1/materials">;

export function MaterialsPage() {
  const { t } = useTranslation("catalog");
  const profiles = api.useQuery("get", "/api/v1/control-profiles", { params: { query: { limit: 200 } } });
  const columns: Column<Row>[] = [
    { key: "number", title: t("material"), width: 180, sort: "number", render: (row) => <RecordLink kind="catalog.material" id={row.id} number={row.number} /> },
    { key: "name", title: t("name"), width: 320, sort: "name", render: (row) => row.name },
    { key: "group", title: t("group"), width: 180, render: (row) => row.group },
    { key: "unit", title: t("unit"), width: 90, render: (row) => row.unit },
    { key: "profile", title: t("profile"), width: 180, render: (row) => row.profile },
    { key: "gtin", title: t("gtin"), width: 160, render: (row) => row.gtin },
    { key: "active", title: t("state"), width: 120, render: (row) => t(row.is_active ? "active" : "inactive") },
  ];
  return (
    <ListPage
      path="/api/v1/materials"
      title={t("materials")}
      columns={columns}
      defaultSort="number"
      filters={[
        { name: "group", label: t("group") },
        { name: "profile_id", label: t("profile"), options: (profiles.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.code} ${one.name}` })) },
        { name: "is_active", label: t("state"), options: [{ value: "true", label: t("active") }, { value: "false", label: t("inactive") }] },
      ]}
      empty={<Empty title={t("no_materials")} />}
    />
  );
}
