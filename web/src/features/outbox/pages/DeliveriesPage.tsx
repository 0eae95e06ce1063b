// The quarantine: events that one listener could not take, with the error; sent again one or many.
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { fromNow, moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { useEventName, useKindName } from "@/ui/history";
import { ProblemModal } from "@/ui/ProblemModal";
import { RecordLink } from "@/ui/RecordLink";
import { say } from "@/ui/said";
import { Empty } from "@/ui/states";
import "../outbox.css";

type Delivery = RowOf<"/api/v1/parked-deliveries">;

export function DeliveriesPage() {
  const { t } = useTranslation("outbox");
  const may = useMay();
  const eventName = useEventName();
  const kindName = useKindName();
  const [open, setOpen] = useState<Delivery | null>(null);
  const retry = useAct("post", "/api/v1/parked-deliveries/retry", {
    onDone: (answer) => {
      setOpen(null);
      say(t("retried", { count: answer.items.length }));
    },
  });
  const send = (rows: Delivery[]) => retry.mutate({ body: { delivery_ids: rows.map((row) => row.id) } });
  const mayRetry = may("outbox.retry");
  const columns: Column<Delivery>[] = [
    {
      key: "event",
      title: t("event"),
      width: 220,
      render: (row) => (
        <button type="button" className="link" onClick={() => setOpen(row)}>
          {eventName(row.event_type)}
        </button>
      ),
    },
    {
      key: "record",
      title: t("record"),
      width: 240,
      render: (row) => (
        <>
          <span className="meta">{kindName(row.subject_kind)}</span> <RecordLink kind={row.subject_kind} id={row.subject_id} number={row.subject_number} />
        </>
      ),
    },
    { key: "handler", title: t("handler"), width: 220, render: (row) => row.handler },
    { key: "error", title: t("error"), width: 280, render: (row) => <span className="late">{row.error}</span> },
    { key: "attempts", title: t("attempts"), width: 90, align: "right", render: (row) => row.attempts },
    { key: "occurred", title: t("occurred_at"), width: 140, sort: "id", render: (row) => <span title={moment(row.occurred_at)}>{fromNow(row.occurred_at)}</span> },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/parked-deliveries"
        title={t("quarantine")}
        columns={columns}
        isSearchable={false}
        filters={[
          { name: "handler", label: t("handler") },
          { name: "type", label: t("type") },
        ]}
        bulk={
          mayRetry
            ? (rows, clear) => (
                <Button
                  type="primary"
                  loading={retry.isPending}
                  onClick={() => {
                    send(rows);
                    clear();
                  }}
                >
                  {t("retry_many", { count: rows.length })}
                </Button>
              )
            : undefined
        }
        empty={<Empty title={t("none_parked")}>{t("none_parked_detail")}</Empty>}
      />
      {open && (
        <Drawer open title={eventName(open.event_type)} onClose={() => setOpen(null)} size={560}>
          <div className="stack">
            <p>
              {kindName(open.subject_kind)} <RecordLink kind={open.subject_kind} id={open.subject_id} number={open.subject_number} /> · {moment(open.occurred_at)}
            </p>
            <p>{t("what_happened", { handler: open.handler, count: open.attempts })}</p>
            <pre className="outbox-data" tabIndex={0} aria-label={t("error")}>
              {open.error}
            </pre>
            <p className="quiet">{t("what_now")}</p>
            {mayRetry && (
              <div className="row">
                <Button type="primary" loading={retry.isPending} onClick={() => send([open])}>
                  {t("retry")}
                </Button>
              </div>
            )}
          </div>
        </Drawer>
      )}
      <ProblemModal problem={retry.error} title={t("retry")} onClose={() => retry.reset()} />
    </>
  );
}
