import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { PrintLabels } from "@/ui/labels/PrintLabels";
import { ByWhom } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { Shown } from "@/ui/states";
import "../entities/Delivery/receiving.css";
import { ArrivalLots, PutAway } from "../entities/Arrival/ArrivalLots";

type Arrival = Schemas["ArrivalDetailOut"];

export function ArrivalPage() {
  const { t } = useTranslation("receiving");
  const { id } = useParams({ strict: false }) as { id: string };
  const { booked } = useSearch({ strict: false }) as { booked?: string };
  const may = useMay();
  const arrival = api.useQuery("get", "/api/v1/arrivals/{arrival_id}", { params: { path: { arrival_id: id } } });
  const number = arrival.data?.number ?? "";
  const lots = api.useQuery("get", "/api/v1/lots", { params: { query: { origin_number: `${number}/`, limit: 500 } } }, { enabled: number !== "" });
  const [isPrinting, setPrinting] = useState(Boolean(booked));
  useTab(`/arrivals/${id}`, arrival.data?.number);
  return (
    <Shown of={arrival}>
      {(found) => (
        <RecordPage
          record={{ kind: "receiving.arrival", id }}
          kind={t("arrival")}
          number={found.number}
          fields={[
            { label: t("supplier"), value: <Named kind="partners.partner" id={found.supplier_id} number={found.supplier} name={found.supplier_name} /> },
            { label: t("order"), value: found.order ? <RecordLink kind="purchasing.order" id={found.order_id} number={found.order} /> : t("without_order") },
            { label: t("arrived_at"), value: <ByWhom at={moment(found.arrived_at)} id={found.received_by} /> },
            { label: t("delivery_note"), value: found.delivery_note || "–" },
          ]}
          actions={
            may("stock.print_labels") && (
              <Button type="primary" onClick={() => setPrinting(true)}>
                {t("print_labels", { count: found.lines.length })}
              </Button>
            )
          }
        >
          {booked && <Booked arrival={found} />}
          <Panel title={t("lots")} note={t("lot_count", { count: found.lines.length })} isFlush>
            <ArrivalLots lines={found.lines} lots={lots.data?.items ?? []} />
          </Panel>
          {isPrinting && may("stock.print_labels") && <PrintLabels lots={labelled(found, booked)} onClose={() => setPrinting(false)} />}
        </RecordPage>
      )}
    </Shown>
  );
}

/** One label a box where boxes were counted, else one a lot. */
function labelled(arrival: Arrival, booked = ""): { id: string; number: string; detail: string; copies: number }[] {
  const boxes = booked.split("-").map(Number);
  return arrival.lines.map((line) => ({
    id: line.lot_id,
    number: line.lot,
    detail: `${line.material} · ${quantity(line.stock_quantity)} ${line.stock_unit}`,
    copies: line.line_kind === "surplus" ? 1 : boxes[line.delivery_line - 1] || 1,
  }));
}

/** What was just booked, and what comes next. */
function Booked({ arrival }: { arrival: Arrival }) {
  const { t } = useTranslation("receiving");
  const held = arrival.lines.filter((line) => line.is_on_hold).length;
  return (
    <section className="panel booked" role="status">
      <Shape name="st-released" size={20} />
      <p>
        <b>{t("booked", { number: arrival.number })}</b> {t("booked_lots", { count: arrival.lines.length - held })} {held > 0 && t("booked_held", { count: held })}
      </p>
      <div className="row">
        {arrival.lines[0] && <PutAway line={arrival.lines[0]} />}
        <Link to={"/receive" as never}>{t("next_order")}</Link>
      </div>
    </section>
  );
}
