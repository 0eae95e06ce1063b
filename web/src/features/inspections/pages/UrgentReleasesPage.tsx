// Urgent releases: those that wait for a second person first.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { fromNow, moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";
import { UrgentForm } from "../entities/UrgentRelease/UrgentForm";
import "../entities/Inspection/inspection.css";

type Row = RowOf<"/api/v1/urgent-releases">;

export function UrgentReleasesPage() {
  const { t } = useTranslation("inspections");
  const may = useMay();
  const navigate = useNavigate();
  const { ask, lot } = useSearch({ strict: false }) as { ask?: string; lot?: string };
  const go = (isAsking: boolean) =>
    void navigate({
      to: ".",
      search: ((before: object) => ({ ...before, ask: isAsking ? "yes" : undefined, lot: undefined })) as never,
      replace: true,
    });
  const states = useStatusOptions("UrgentReleaseState");
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "number", title: t("urgent.one"), width: 124, sort: "number", render: (row) => <RecordLink kind="inspections.urgent_release" id={row.id} number={row.number} /> },
    { key: "state", title: t("queue.state"), width: 120, render: (row) => <StatusChip of="UrgentReleaseState" value={row.state} plain /> },
    { key: "lot", title: t("queue.lot"), width: 118, render: (row) => <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} /> },
    { key: "material", title: t("title.material"), width: 200, render: (row) => <><span className="code">{row.material}</span> {row.material_name}</> },
    { key: "quantity", title: t("urgent.quantity"), width: 92, align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
    { key: "order", title: t("urgent.order"), width: 104, render: (row) => row.reference_number },
    { key: "until", title: t("urgent.until"), width: 136, render: (row) => row.until && moment(row.until) },
    { key: "inspection", title: t("record.kind"), width: 108, render: (row) => <RecordLink kind="inspections.inspection" id={row.inspection_id} number={row.inspection} /> },
    { key: "reason", title: t("urgent.reason"), width: 120, render: (row) => row.reason },
    { key: "requested", title: t("urgent.requested"), width: 100, sort: "requested_at", render: (row) => fromNow(row.requested_at) },
    person("requested", (row: Row) => row.requested_by),
    { key: "drawn", title: t("urgent.drawn"), width: 110, align: "right", isExtra: true, render: (row) => quantity(row.drawn) },
    person("decided", (row: Row) => row.decided_by, { isExtra: true }),
  ];
  return (
    <>
      <ListPage
        path="/api/v1/urgent-releases"
        title={t("urgent.title")}
        columns={columns}
        defaultSort="-requested_at"
        filters={[{ name: "state", label: t("queue.state"), options: states }]}
        rowClass={(row) => (row.state === "requested" ? "urgent-waits" : "")}
        actions={
          may("inspections.request_urgent_release") && (
            <Button type="primary" onClick={() => go(true)}>
              {t("urgent.ask")}
            </Button>
          )
        }
        empty={<Empty title={t("urgent.none")}><p className="quiet">{t("urgent.none_now")}</p></Empty>}
      />
      {ask && <UrgentForm lotId={lot} onClose={() => go(false)} />}
    </>
  );
}
