import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { moment } from "@/lib/dates";
import { useMay } from "@/lib/me";
import { Panel } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { RecordLink } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

/** What came for an order, for whoever may see arrivals. */
export function OrderArrivals({ orderId }: { orderId: string }) {
  const { t } = useTranslation("purchasing");
  const mayRead = useMay()("receiving.read");
  const arrivals = api.useQuery(
    "get",
    "/api/v1/arrivals",
    { params: { query: { order_id: orderId, sort: "-arrived_at", limit: 100 } } },
    { enabled: mayRead },
  );
  if (!mayRead) return null;
  return (
    <Panel title={t("arrivals")} isFlush>
      <Shown of={arrivals}>
        {({ items }) => (
          <SimpleTable
            label={t("arrivals")}
            rows={items}
            rowKey={(arrival) => arrival.id}
            none={t("no_arrivals")}
            columns={[
              { title: t("arrival"), render: (arrival) => <RecordLink kind="receiving.arrival" id={arrival.id} number={arrival.number} /> },
              { title: t("arrived_at"), render: (arrival) => <ByWhom at={moment(arrival.arrived_at)} id={arrival.received_by} /> },
              { title: t("delivery_note"), render: (arrival) => arrival.delivery_note || "–" },
            ]}
          />
        )}
      </Shown>
    </Panel>
  );
}
