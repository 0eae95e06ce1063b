import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";

type Arrival = RowOf<"/api/v1/arrivals">;

export function ArrivalsPage() {
  const { t } = useTranslation("receiving");
  const person = usePersonColumn();
  const columns: Column<Arrival>[] = [
    { key: "number", title: t("arrival"), width: 150, sort: "number", render: (arrival) => <RecordLink kind="receiving.arrival" id={arrival.id} number={arrival.number} /> },
    { key: "arrived_at", title: t("arrived_at"), width: 160, sort: "arrived_at", render: (arrival) => moment(arrival.arrived_at) },
    { key: "supplier", title: t("supplier"), width: 280, render: (arrival) => <Named kind="partners.partner" id={arrival.supplier_id} number={arrival.supplier} name={arrival.supplier_name} /> },
    { key: "order", title: t("order"), width: 150, render: (arrival) => (arrival.order ? <RecordLink kind="purchasing.order" id={arrival.order_id} number={arrival.order} /> : <span className="quiet">{t("without_order")}</span>) },
    { key: "delivery_note", title: t("delivery_note"), width: 180, render: (arrival) => arrival.delivery_note },
    person("received", (row: Arrival) => row.received_by),
  ];
  return <ListPage path="/api/v1/arrivals" title={t("arrivals")} columns={columns} defaultSort="-arrived_at" filters={[{ name: "delivery_note", label: t("delivery_note") }]} empty={<Empty title={t("no_arrivals")} />} />;
}
