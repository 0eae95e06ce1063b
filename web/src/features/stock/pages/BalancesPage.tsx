// What lies where: one row a lot and place.
import { useTranslation } from "react-i18next";
import type { RowOf } from "@/lib/lists";
import { quantity } from "@/lib/quantities";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";

type Row = RowOf<"/api/v1/balances">;
const KINDS = ["arrival", "bin", "line", "laboratory", "retention", "quarantine", "rework"] as const;

export function BalancesPage() {
  const { t } = useTranslation(["balances", "states"]);
  const columns: Column<Row>[] = [
    { key: "place", title: t("place"), width: 150, render: (row) => <span className="code">{row.place}</span> },
    { key: "kind", title: t("kind"), width: 130, render: (row) => t(`states:PlaceKind.${row.place_kind}`) },
    { key: "lot", title: t("lot"), width: 160, render: (row) => <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} /> },
    { key: "material", title: t("material"), width: 280, render: (row) => <><span className="code">{row.material_number}</span> {row.material_name}</> },
    { key: "status", title: t("status"), width: 180, render: (row) => <StatusChip of="LotStatus" value={row.status} plain /> },
    { key: "quantity", title: t("quantity"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
    { key: "free", title: t("free"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.free)} unit={row.unit} /> },
    { key: "owner", title: t("owner"), width: 180, isExtra: true, render: (row) => row.owner },
  ];
  return (
    <ListPage
      path="/api/v1/balances"
      title={t("title")}
      columns={columns}
      filters={[
        { name: "place_kind", label: t("kind"), options: KINDS.map((value) => ({ value, label: t(`states:PlaceKind.${value}`) })) },
        { name: "status", label: t("status"), options: useStatusOptions("LotStatus") },
      ]}
      empty={<Empty title={t("none")} />}
    />
  );
}
