// Everything that happened, as it was told to whoever listens.
import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { useEventName, useKindName, useKinds } from "@/ui/history";
import { Person } from "@/ui/Person";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import "@/ui/frames/record.css";
import "../outbox.css";

type Event = RowOf<"/api/v1/events">;

export function EventsPage() {
  const { t } = useTranslation("outbox");
  const eventName = useEventName();
  const kindName = useKindName();
  const kinds = useKinds();
  const [open, setOpen] = useState<Event | null>(null);
  const columns: Column<Event>[] = [
    { key: "at", title: t("recorded_at"), width: 150, sort: "id", render: (event) => moment(event.recorded_at) },
    {
      key: "type",
      title: t("event"),
      width: 250,
      render: (event) => (
        <button type="button" className="link" onClick={() => setOpen(event)}>
          {eventName(event.type)}
        </button>
      ),
    },
    {
      key: "record",
      title: t("record"),
      width: 280,
      render: (event) => (
        <>
          <span className="meta">{kindName(event.subject_kind)}</span> <RecordLink kind={event.subject_kind} id={event.subject_id} number={event.subject_number} />
        </>
      ),
    },
    { key: "who", title: t("who"), width: 120, render: (event) => <Person id={event.actor_id} name={event.actor_name} /> },
    { key: "reason", title: t("reason"), width: 240, render: (event) => event.reason },
    { key: "rule", title: t("rule"), width: 200, isExtra: true, render: (event) => event.rule_version },
    { key: "occurred", title: t("occurred_at"), width: 150, isExtra: true, render: (event) => moment(event.occurred_at) },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/events"
        title={t("events")}
        columns={columns}
        isSearchable={false}
        defaultSort="-id"
        filters={[
          { name: "record_number", label: t("number") },
          { name: "record_kind", label: t("kind"), options: kinds },
          { name: "type", label: t("type") },
          { name: "recorded_from", label: t("from"), day: "from" },
          { name: "recorded_before", label: t("to"), day: "to" },
          { name: "correlation_id", label: t("chain") },
        ]}
        empty={<Empty title={t("no_events")} />}
      />
      {open && (
        <Drawer open title={eventName(open.type)} onClose={() => setOpen(null)} size={560}>
          <div className="stack">
            <dl className="facts">
              <Fact label={kindName(open.subject_kind)}>
                <RecordLink kind={open.subject_kind} id={open.subject_id} number={open.subject_number} />
              </Fact>
              <Fact label={t("who")}><Person id={open.actor_id} name={open.actor_name} /></Fact>
              <Fact label={t("occurred_at")}>{moment(open.occurred_at)}</Fact>
              <Fact label={t("recorded_at")}>{moment(open.recorded_at)}</Fact>
              <Fact label={t("type")}>{open.type}</Fact>
              {open.rule_version && <Fact label={t("rule")}>{open.rule_version}</Fact>}
              <Fact label={t("chain")}>{open.correlation_id}</Fact>
            </dl>
            {open.reason && <p>{open.reason}</p>}
            <pre className="outbox-data" tabIndex={0} aria-label={t("data")}>
              {JSON.stringify(open.data, null, 2)}
            </pre>
          </div>
        </Drawer>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd className="outbox-fact">{children}</dd>
    </div>
  );
}
