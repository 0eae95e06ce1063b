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

type Row = RowOf<"/api/v1/concessions">;

export function ConcessionsPage() {
  const { t } = useTranslation("nonconformance");
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "number", title: t("concession.one"), width: 150, sort: "number", render: (row) => <RecordLink kind="nonconformance.concession" id={row.id} number={row.number} /> },
    { key: "state", title: t("state"), width: 120, render: (row) => <StatusChip of="ConcessionState" value={row.state} plain /> },
    { key: "until", title: t("concession.until"), width: 150, sort: "until", render: (row) => moment(row.until) },
    { key: "left", title: t("concession.left"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.remaining)} unit={row.unit} /> },
    { key: "quantity", title: t("concession.allowed"), width: 130, align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
    { key: "lot", title: t("lot"), width: 160, render: (row) => <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} /> },
    { key: "kind", title: t("kind"), width: 140, render: (row) => <StatusChip of="DispositionKind" value={row.kind} plain /> },
    { key: "report", title: t("report"), width: 150, render: (row) => <RecordLink kind="nonconformance.report" id={row.report_id} number={row.report} /> },
    { key: "reason", title: t("split.reason"), width: 260, render: (row) => row.reason },
    person("approved", (row: Row) => row.approved_by),
  ];
  return (
    <ListPage
      path="/api/v1/concessions"
      title={t("concession.list")}
      columns={columns}
      defaultSort="-number"
      filters={[{ name: "state", label: t("state"), options: useStatusOptions("ConcessionState") }]}
      empty={<Empty title={t("concession.none")} />}
    />
  );
}
