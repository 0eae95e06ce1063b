import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { day, moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { quantity } from "@/lib/quantities";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import { useStatusOptions } from "@/ui/status/options";
import { Due } from "./Due";
import { valueOf } from "./value";

type Row = RowOf<"/api/v1/nonconformance-reports">;
const SOURCES = ["verdict", "units_found", "escape", "by_hand"] as const;
const CLASSES = ["critical", "major", "minor"] as const;

export function ReportTable({ actions }: { actions: ReactNode }) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "number", title: t("number"), width: 140, sort: "number", render: (row) => <RecordLink kind="nonconformance.report" id={row.id} number={row.number} /> },
    { key: "state", title: t("state"), width: 120, render: (row) => <StatusChip of="ReportState" value={row.state} plain /> },
    { key: "due", title: t("due"), width: 150, sort: "due_at", render: (row) => <Due report={row} /> },
    { key: "class", title: t("class"), width: 90, render: (row) => <SeverityMark value={row.severity_class} /> },
    { key: "description", title: t("description"), width: 220, render: (row) => row.description },
    {
      key: "material",
      title: t("material"),
      width: 230,
      render: (row) => (
        <>
          <span className="code">{row.material}</span> {row.material_name}
        </>
      ),
    },
    { key: "lots", title: t("lots"), width: 170, render: (row) => lotsOf(row) },
    { key: "supplier", title: t("supplier"), width: 170, render: (row) => row.supplier_name },
    { key: "open", title: t("open"), width: 120, align: "right", render: (row) => <Amount value={quantity(row.open)} unit={row.unit} /> },
    { key: "quantity", title: t("quantity"), width: 120, align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
    { key: "value", title: t("value"), width: 140, align: "right", render: valueOf },
    { key: "source", title: t("source"), width: 110, render: (row) => t(`states:Source.${row.source}`) },
    { key: "opened", title: t("opened"), width: 140, sort: "opened_at", render: (row) => moment(row.opened_at) },
    person("opened", (row: Row) => row.opened_by, { isExtra: true }),
    { key: "board", title: t("review_board"), width: 140, isExtra: true, render: (row) => boardOf(row.review_board, t) },
    { key: "closed", title: t("closed"), width: 110, isExtra: true, render: (row) => row.closed_at && day(row.closed_at) },
    person("closed", (row: Row) => row.closed_by, { isExtra: true }),
  ];
  return (
    <ListPage
      path="/api/v1/nonconformance-reports"
      title={t("reports")}
      columns={columns}
      defaultSort="-number"
      filters={[
        { name: "state", label: t("state"), options: useStatusOptions("ReportState") },
        { name: "source", label: t("source"), options: SOURCES.map((value) => ({ value, label: t(`states:Source.${value}`) })) },
        { name: "severity_class", label: t("class"), options: CLASSES.map((value) => ({ value, label: t(`states:SeverityClass.${value}`) })) },
        { name: "due_before", label: t("due_before") },
      ]}
      empty={<Empty title={t("none")} />}
      actions={actions}
    />
  );
}

/** The first lots by number, and how many more. */
export function lotsOf(report: Pick<Row, "lot_numbers" | "lot_count">): string {
  const more = report.lot_count - report.lot_numbers.length;
  return report.lot_numbers.join(", ") + (more > 0 ? ` +${more}` : "");
}

/** The review boards that the built-in table names have words; others are shown as they are. */
export function boardOf(board: string, t: (key: never, options: { defaultValue: string }) => string): string {
  return t(`board.${board}` as never, { defaultValue: board });
}
