// What may not be ordered from, or received from, a supplier.
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Named } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";

type Row = RowOf<"/api/v1/supply-blocks">;
const FUNCTIONS = ["order", "receipt"] as const;

export function SupplyBlocksPage() {
  const { t } = useTranslation(["blocks", "states"]);
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "supplier", title: t("supplier"), width: 260, render: (row) => <Named kind="partners.partner" id={row.supplier_id} number={row.supplier} name={row.supplier_name} /> },
    { key: "material", title: t("material"), width: 230, render: (row) => (row.material ? <Named kind="catalog.material" id={row.material_id} number={row.material} name={row.material_name} /> : t("every_material")) },
    { key: "function", title: t("function"), width: 130, render: (row) => t(`states:BlockedFunction.${row.blocked_function}`) },
    { key: "state", title: t("state"), width: 120, render: (row) => <StatusChip of="SupplyBlockState" value={row.state} plain /> },
    { key: "reason", title: t("reason"), width: 300, render: (row) => row.reason },
    { key: "placed", title: t("placed"), width: 150, render: (row) => moment(row.placed_at) },
    person("placed", (row: Row) => row.placed_by),
    { key: "lifted", title: t("lifted"), width: 150, render: (row) => row.lifted_at && moment(row.lifted_at) },
    person("lifted", (row: Row) => row.lifted_by),
  ];
  return (
    <ListPage
      path="/api/v1/supply-blocks"
      title={t("title")}
      columns={columns}
      filters={[
        { name: "state", label: t("state"), options: useStatusOptions("SupplyBlockState") },
        { name: "blocked_function", label: t("function"), options: FUNCTIONS.map((value) => ({ value, label: t(`states:BlockedFunction.${value}`) })) },
      ]}
      empty={<Empty title={t("none")} />}
    />
  );
}
