import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { useMay } from "@/lib/me";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Named } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { OrderAct, type Verb } from "../entities/Order/OrderAct";
import { OrderArrivals } from "../entities/Order/OrderArrivals";
import { OrderLines } from "../entities/Order/OrderLines";

export function OrderPage() {
  const { t } = useTranslation(["purchasing", "ui"]);
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const may = useMay();
  // the dock is receiving's: whether goods may come for this order is said there
  const atDock = api.useQuery(
    "get",
    "/api/v1/expected-orders/{order_id}",
    { params: { path: { order_id: id } } },
    { enabled: may("receiving.receive_goods") && may("receiving.read") },
  );
  const order = api.useQuery("get", "/api/v1/orders/{order_id}", { params: { path: { order_id: id } } });
  const [verb, setVerb] = useState<Verb | null>(null);
  useTab(`/orders/${id}`, order.data?.number);
  return (
    <Shown of={order}>
      {(found) => (
          <RecordPage
            record={{ kind: "purchasing.order", id }}
            kind={t("order")}
            number={found.number}
            status={<StatusChip of="OrderState" value={found.state} />}
            fields={[
              { label: t("supplier"), value: <Named kind="partners.partner" id={found.supplier_id} number={found.supplier} name={found.supplier_name} /> },
              { label: t("order_date"), value: found.order_date },
              { label: t("lines_open"), value: t("lines_open_of", { open: found.lines.filter((line) => !line.is_complete).length, count: found.lines.length }) },
              { label: t("reference"), value: found.reference || "–" },
              { label: t("ui:person.buyer"), value: <Person id={found.buyer_id} /> },
            ]}
            actions={
              <>
                <ActionButton action={actionOf(found.allowed_actions, "confirm")} label={t("confirm")} isPrimary onClick={() => setVerb("confirm")} />
                <ActionButton action={actionOf(found.allowed_actions, "close")} label={t("close")} onClick={() => setVerb("close")} />
                <ActionButton action={actionOf(found.allowed_actions, "cancel")} label={t("cancel")} onClick={() => setVerb("cancel")} />
                {atDock.data && (
                  <ActionButton
                    action={actionOf(atDock.data.allowed_actions, "receive")}
                    label={t("receive", { number: found.number })}
                    isPrimary={atDock.data.lines.some((line) => line.due !== "0")}
                    onClick={() => void navigate({ to: `/receive/${id}` as never })}
                  />
                )}
              </>
            }
          >
            <Panel title={t("lines")} isFlush>
              <OrderLines lines={found.lines} currency={found.currency} />
            </Panel>
            <OrderArrivals orderId={id} />
            {verb && <OrderAct order={found} verb={verb} onClose={() => setVerb(null)} />}
          </RecordPage>
      )}
    </Shown>
  );
}
