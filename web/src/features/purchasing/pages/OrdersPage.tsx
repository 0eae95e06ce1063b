import { useTranslation } from "react-i18next";
import type { RowOf } from "@/lib/lists";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";

type Order = RowOf<"/api/v1/orders">;

export function OrdersPage() {
  const { t } = useTranslation("purchasing");
  const states = useStatusOptions("OrderState");
  const person = usePersonColumn();
  const columns: Column<Order>[] = [
    { key: "number", title: t("order"), width: 150, sort: "number", render: (order) => <RecordLink kind="purchasing.order" id={order.id} number={order.number} /> },
    { key: "supplier", title: t("supplier"), width: 280, render: (order) => <Named kind="partners.partner" id={order.supplier_id} number={order.supplier} name={order.supplier_name} /> },
    { key: "state", title: t("state"), width: 150, render: (order) => <StatusChip of="OrderState" value={order.state} plain /> },
    { key: "order_date", title: t("order_date"), width: 130, sort: "order_date", render: (order) => order.order_date },
    { key: "currency", title: t("currency"), width: 100, render: (order) => order.currency },
    person("buyer", (row: Order) => row.buyer_id),
    { key: "reference", title: t("reference"), width: 220, render: (order) => order.reference },
    { key: "end_reason", title: t("end_reason"), width: 220, isExtra: true, render: (order) => order.end_reason },
  ];
  return (
    <ListPage
      path="/api/v1/orders"
      title={t("orders")}
      columns={columns}
      defaultSort="-number"
      filters={[{ name: "state", label: t("state"), options: states }]}
      empty={<Empty title={t("none")} />}
    />
  );
}
