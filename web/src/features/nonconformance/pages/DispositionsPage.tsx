import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { quantity } from "@/lib/quantities";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";

type Row = RowOf<"/api/v1/dispositions">;
const WAITING = ["carrying_out", "return", "concession", "verdict"] as const;

export function DispositionsPage() {
  const { t } = useTranslation(["nonconformance", "states"]);
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "number", title: t("disposition"), width: 140, sort: "number", render: (row) => <span className="code">{row.number}</span> },
    { key: "kind", title: t("kind"), width: 150, render: (row) => <StatusChip of="DispositionKind" value={row.kind} plain /> },
    { key: "state", title: t("state"), width: 120, render: (row) => <StatusChip of="DispositionState" value={row.state} plain /> },
    { key: "report", title: t("report"), width: 150, render: (row) => <RecordLink kind="nonconformance.report" id={row.report_id} number={row.report} /> },
    { key: "lot", title: t("lot"), width: 160, render: (row) => <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} /> },
    { key: "quantity", title: t("quantity"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
    { key: "posted", title: t("dispositions.posted_title"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.posted)} unit={row.unit} /> },
    { key: "inspection", title: t("inspection"), width: 140, render: (row) => row.inspection && <RecordLink kind="inspections.inspection" id={row.inspection_id} number={row.inspection} /> },
    { key: "reason", title: t("split.reason"), width: 240, render: (row) => row.reason },
    { key: "decided", title: t("dispositions.decided"), width: 150, sort: "decided_at", render: (row) => moment(row.decided_at) },
    person("decided", (row: Row) => row.decided_by),
  ];
  return (
    <ListPage
      path="/api/v1/dispositions"
      title={t("dispositions.list")}
      columns={columns}
      defaultSort="-number"
      filters={[
        { name: "waits_for", label: t("dispositions.waits_for"), options: WAITING.map((value) => ({ value, label: t(`states:Waiting.${value}`) })) },
        { name: "state", label: t("state"), options: useStatusOptions("DispositionState") },
        { name: "kind", label: t("kind"), options: useStatusOptions("DispositionKind") },
      ]}
      empty={<Empty title={t("dispositions.none")} />}
    />
  );
}
