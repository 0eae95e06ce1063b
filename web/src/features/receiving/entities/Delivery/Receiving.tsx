// Receiving against an order, or without one: what came is counted, then booked with one press.
import { Button, Input, Select } from "antd";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api, type Schemas } from "@/lib/client";
import type { Code } from "@/lib/scan/gs1";
import { ActionButton, actionOf } from "@/ui/Actions";
import { ProblemPanel } from "@/ui/Problem";
import { say } from "@/ui/said";
import { ScanBox } from "@/ui/scan/ScanBox";
import { TitleBlock } from "@/ui/TitleBlock";
import { GateRefusalForm } from "../GateRefusal/GateRefusalForm";
import { addUnexpected, change, entered, giveLot, lackOf, type Line, linesOf, type Material } from "./delivery";
import { DeliveryEntry } from "./DeliveryEntry";
import { DeliveryLines } from "./DeliveryLines";
import { Unexpected } from "./Unexpected";
import { useDelivery } from "./useDelivery";
import { useDockScans } from "./useDockScans";
import "./receiving.css";

interface Props {
  order: { id: string; number: string; due?: string } | null;
  supplier: { id: string; name: string };
  siteId: string;
  lines: Line[];
  /** What may be done with goods that came; without an order the server says it only when asked. */
  actions?: Schemas["AllowedAction"][];
}

const allowed = (verb: string) => ({ verb, is_allowed: true, refusal: null, sentence: null, remedy: null, strength: null });
const FREE = [allowed("receive"), allowed("refuse_at_gate")];
const NOTHING: Code = { text: "", elements: {} };

export function Receiving({ order, supplier, siteId, lines, actions = FREE }: Props) {
  const { t } = useTranslation("receiving");
  const navigate = useNavigate();
  const counting = useDelivery(order?.id ?? `supplier/${supplier.id}`, lines);
  const { delivery, update } = counting;
  const [unexpected, setUnexpected] = useState<Code | null>(null);
  const [refused, setRefused] = useState<Material | null | undefined>(undefined);
  useDockScans(counting, lines, setUnexpected);
  const places = api.useQuery("get", "/api/v1/places", { params: { query: { site_id: siteId, kind: "arrival", limit: 100 } } });
  const placeId = delivery.placeId ?? places.data?.items[0]?.id ?? null;
  const book = useAct("post", "/api/v1/arrivals", {
    onDone: (arrival) => {
      counting.drop();
      void navigate({ to: `/arrivals/${arrival.id}` as never, search: { booked: entered(counting.latest()).map((e) => Math.max(1, e.boxes)).join("-") } as never });
    },
  });
  const entry = delivery.entries.find((e) => e.key === delivery.current);
  const line = lines.find((one) => one.order_line_id === entry?.lineId);
  const here = entered(delivery);
  const lack = here.map((e) => ({ e, what: lackOf(e, lines) })).find((one) => one.what !== null);
  const next = () => {
    const at = delivery.entries.findIndex((e) => e.key === delivery.current);
    const after = delivery.entries[(at + 1) % delivery.entries.length];
    if (after) update({ ...delivery, current: after.key });
  };
  const all = () => update({ ...delivery, entries: delivery.entries.map((e) => (e.quantity ? { ...e, isHere: true } : e)) });
  const send = () => {
    if (lack) return update({ ...delivery, current: lack.e.key });
    if (!placeId) return;
    book.mutate({
      body: {
        place_id: placeId,
        lines: linesOf(delivery),
        delivery_note: delivery.deliveryNote.trim(),
        ...(order ? { order_id: order.id } : { supplier_id: supplier.id }),
      },
    });
  };
  const wrong = here.find((e) => e.instead?.id === refused?.id && refused);
  return (
    <div className="receiving">
      <TitleBlock
        kind={t(order ? "receive_order" : "receive_without")}
        number={order?.number ?? supplier.name}
        fields={[
          ...(order ? [{ label: t("supplier"), value: supplier.name }] : []),
          ...(order?.due ? [{ label: t("due_date"), value: order.due }] : []),
          {
            label: t("delivery_note"),
            value: <Input size="small" aria-label={t("delivery_note")} maxLength={60} value={delivery.deliveryNote} onChange={(event) => update({ ...delivery, deliveryNote: event.target.value })} />,
          },
          {
            label: t("place"),
            value: (
              <Select
                size="small"
                className="dock-place"
                aria-label={t("place")}
                loading={places.isPending}
                value={placeId}
                options={(places.data?.items ?? []).map((place) => ({ value: place.id, label: `${place.code} ${place.name}` }))}
                onChange={(id: string) => update({ ...delivery, placeId: id })}
              />
            ),
          },
        ]}
      />
      <ScanBox prompt={t(lines.length ? "scan.prompt" : "scan.prompt_without")} hint={t("scan.hint")} />
      <div className="receiving-body">
        <section className="panel" aria-label={t("lines")}>
          <div className="receiving-lines">
            {delivery.entries.length ? <DeliveryLines delivery={delivery} lines={lines} onChange={update} /> : <p className="state quiet">{t("nothing_yet")}</p>}
          </div>
          <p className="receiving-note quiet">{t("never_stopped")}</p>
        </section>
        {entry && <DeliveryEntry key={entry.key} delivery={delivery} entry={entry} line={line} lines={lines} onChange={update} onNext={next} />}
      </div>
      {book.error && <ProblemPanel problem={book.error} title={t("not_booked", { number: order?.number ?? supplier.name })} onRetry={send} />}
      {lack && <p className="soon" role="status">{t(`lack.${lack.what ?? "quantity"}`, { number: lack.e.instead?.number ?? lines.find((one) => one.order_line_id === lack.e.lineId)?.material ?? "" })}</p>}
      <footer className="receiving-foot">
        <span>
          <span className="meta">{t("this_delivery")}</span>
          <b>{here.length}</b> <span className="quiet">/ {t("entries", { count: delivery.entries.length })}</span>
        </span>
        <span className="meta" role="status">
          {t("kept")}
        </span>
        <div className="end">
          <ActionButton action={actionOf(actions, "refuse_at_gate")} label={t("refuse_some")} size="large" onClick={() => setRefused(null)} />
          <Button size="large" onClick={() => setUnexpected(NOTHING)}>
            {t("something_else")}
          </Button>
          {lines.length > 1 && (
            <Button size="large" onClick={all}>
              {t("all_arrived")}
            </Button>
          )}
          <ActionButton action={actionOf(actions, "receive")} label={t("book", { count: here.length })} size="large" isPrimary isOff={!here.length} isLoading={book.isPending} onClick={send} />
        </div>
      </footer>
      {unexpected && (
        <Unexpected
          code={unexpected}
          lines={lines}
          hasOrder={order !== null && lines.length > 0}
          onLot={(lineId, lot) => {
            update(giveLot(counting.latest(), lines, lineId, lot));
            setUnexpected(null);
          }}
          onTake={(material, lineId) => {
            update(addUnexpected(counting.latest(), material, lineId));
            setUnexpected(null);
          }}
          onRefuse={(material) => {
            setUnexpected(null);
            setRefused(material);
          }}
          onClose={() => setUnexpected(null)}
        />
      )}
      {refused !== undefined && (
        <GateRefusalForm
          from={order ? { order_id: order.id } : { supplier_id: supplier.id, site_id: siteId }}
          deliveryNote={delivery.deliveryNote}
          goods={{ material: refused, quantity: wrong?.quantity ?? "", unitId: null, unit: "" }}
          onClose={() => setRefused(undefined)}
          onDone={(done) => {
            setRefused(undefined);
            if (wrong) update(change(delivery, wrong.key, { isHere: false }));
            say(t("refusal.done", { number: done.number }));
          }}
        />
      )}
    </div>
  );
}
