// The inspector's queue by due time, started by a scan or one click; and all inspections.
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { ScanBox } from "@/ui/scan/ScanBox";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";
import { Due } from "../entities/Inspection/InspectionTitle";
import { dueGroup, dueRow } from "../entities/Inspection/queue";
import { useStartByScan } from "../entities/Inspection/useStartByScan";
import "../entities/Inspection/inspection.css";

type Row = RowOf<"/api/v1/inspections">;

const RULE_ROWS = ["reserved", "again", "first"] as const;

export function InspectionsPage() {
  const { t } = useTranslation(["inspections", "states"]);
  const { view } = useSearch({ strict: false }) as { view?: string };
  const navigate = useNavigate();
  const isAll = view === "all";
  const suppliers = api.useQuery("get", "/api/v1/partners", { params: { query: { is_supplier: true, limit: 500 } } }, { staleTime: 300_000 });
  const states = useStatusOptions("InspectionState");
  const columns = useColumns(isAll);
  useStartByScan();
  const supplier = {
    name: "supplier_id",
    label: t("title.supplier"),
    options: (suppliers.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.number} ${one.name}` })),
  };
  return (
    <div className="queue">
      <ScanBox prompt={t("queue.scan.prompt")} hint={t("queue.scan.hint")} />
      <ListPage
        key={String(isAll)}
        path="/api/v1/inspections"
        title={t(isAll ? "queue.all" : "queue.title")}
        columns={columns}
        fixed={isAll ? {} : { state: "open" }}
        defaultSort={isAll ? "-number" : "due_at"}
        group={isAll ? undefined : groupByDue(t)}
        filters={isAll ? [{ name: "state", label: t("queue.state"), options: states }, supplier] : [supplier]}
        actions={
          <Segmented
            value={isAll ? "all" : "waiting"}
            aria-label={t("queue.which")}
            options={[
              { value: "waiting", label: t("queue.waiting") },
              { value: "all", label: t("queue.every") },
            ]}
            onChange={(chosen) => void navigate({ to: ".", search: (chosen === "all" ? { view: "all" } : {}) as never, replace: true })}
          />
        }
        empty={<Empty title={t(isAll ? "queue.none" : "queue.none_waits")}><p className="quiet">{t("queue.none_now")}</p></Empty>}
      />
    </div>
  );
}

const groupByDue = (t: ReturnType<typeof useTranslation<["inspections", "states"]>>["t"]) => (row: Row) => {
  const key = dueGroup(row.due_at);
  return { key, title: <span className={key === "overdue" ? "late" : ""}>{t(`queue.group.${key}`)}</span> };
};

/** What makes this one come now: what is read of it, then what the rule says. */
function Why({ row }: { row: Row }) {
  const { t } = useTranslation("inspections");
  const rule = RULE_ROWS.find((name) => name === dueRow(row.due_rule));
  return (
    <span className="quiet">
      {row.read > 0 && <b>{t("queue.read", { read: row.read, cells: row.cells })} </b>}
      {rule ? t(`queue.why.${rule}`) : row.due_rule}
    </span>
  );
}

function Sampling({ row }: { row: Row }) {
  const { t } = useTranslation(["inspections", "states"]);
  if (row.sample_size === null) return <span className="quiet">{t("queue.counted")}</span>;
  const state = row.severity && t(`states:SamplingStatus.${row.severity as "normal"}`);
  return (
    <>
      {row.severity === "tightened" ? <b>{state}</b> : state} n {row.sample_size}
    </>
  );
}

function useColumns(isAll: boolean): Column<Row>[] {
  const person = usePersonColumn();
  const { t } = useTranslation(["inspections", "states"]);
  const may = useMay();
  const canRead = may("inspections.record_readings") || may("inspections.record_result");
  const due: Column<Row> = { key: "due", title: t("title.due"), width: isAll ? 150 : 182, sort: "due_at", render: (row) => <Due at={row.due_at} isOver={row.state !== "open"} /> };
  const number: Column<Row> = { key: "number", title: t("record.kind"), width: 112, sort: "number", render: (row) => <RecordLink kind="inspections.inspection" id={row.id} number={row.number} /> };
  return [
    ...(isAll ? [number, due] : [due, number]),
    {
      key: "lot",
      title: t("queue.lot"),
      width: 130,
      render: (row) => (
        <>
          {row.lot && <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} />}
          {row.lot_count > 1 && <span className="quiet"> +{row.lot_count - 1}</span>}
        </>
      ),
    },
    { key: "material", title: t("title.material"), width: 214, render: (row) => <><span className="code">{row.material}</span> {row.material_name}</> },
    { key: "supplier", title: t("title.supplier"), width: 156, render: (row) => row.supplier_name ?? row.supplier },
    { key: "quantity", title: t("parts.quantity"), width: 96, align: "right", render: (row) => <Amount value={quantity(row.presented)} unit={row.unit} /> },
    { key: "sampling", title: t("title.sampling"), width: 120, render: (row) => <Sampling row={row} /> },
    ...(isAll
      ? [
          { key: "state", title: t("queue.state"), width: 126, render: (row: Row) => <StatusChip of="InspectionState" value={row.state} plain /> },
          { key: "result", title: t("record.result"), width: 90, align: "right" as const, render: (row: Row) => row.inspected && `${quantity(row.inspected)} / ${quantity(row.nonconforming)}` },
          { key: "decided", title: t("queue.decided"), width: 108, render: (row: Row) => row.decided_at && day(row.decided_at) },
          person("decided", (row: Row) => row.decided_by, { isExtra: true }),
        ]
      : [
          { key: "why", title: t("queue.why_here"), width: 126, render: (row: Row) => <Why row={row} /> },
          {
            key: "start",
            title: t("queue.start"),
            isPinned: true,
            width: 72,
            align: "right" as const,
            render: (row: Row) =>
              canRead && (
                <Link to={`/inspections/${row.id}/readings` as never} className="queue-start">
                  {t(row.read > 0 || row.result_count > 0 ? "queue.resume" : "queue.start")}
                </Link>
              ),
          },
        ]),
    { key: "opened", title: t("queue.opened"), width: 120, isExtra: true, sort: "opened_at", render: (row) => day(row.opened_at) },
    { key: "reason", title: t("queue.reason"), width: 130, isExtra: true, render: (row) => t(`states:InspectionReason.${row.reason}`) },
    { key: "origin", title: t("queue.origin"), width: 130, isExtra: true, render: (row) => t(`states:InspectionOrigin.${row.origin}`) },
  ];
}
