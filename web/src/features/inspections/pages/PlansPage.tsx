import { useTranslation } from "react-i18next";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";

type Row = RowOf<"/api/v1/inspection-plans">;

export function PlansPage() {
  const { t } = useTranslation(["plans", "states"]);
  const columns: Column<Row>[] = [
    { key: "number", title: t("plan"), width: 160, sort: "number", render: (row) => <RecordLink kind="inspections.plan" id={row.id} number={row.number} /> },
    { key: "name", title: t("name"), width: 240, sort: "name", render: (row) => row.name },
    { key: "stage", title: t("stage"), width: 130, render: (row) => t(`states:Stage.${row.stage}`) },
    { key: "material", title: t("material"), width: 250, render: (row) => (row.material ? <Named kind="catalog.material" id={row.material_id} number={row.material} name={row.material_name} /> : t("any_material")) },
    { key: "group", title: t("group"), width: 160, render: (row) => row.material_group },
    { key: "supplier", title: t("supplier"), width: 250, render: (row) => (row.supplier ? <Named kind="partners.partner" id={row.supplier_id} number={row.supplier} name={row.supplier_name} /> : t("any_supplier")) },
  ];
  return (
    <ListPage
      path="/api/v1/inspection-plans"
      title={t("plans")}
      columns={columns}
      defaultSort="number"
      filters={[{ name: "material_group", label: t("group") }]}
      empty={<Empty title={t("none")} />}
    />
  );
}
