// Readings that a failed calibration cast doubt on, as a list to filter and export.
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { Empty } from "@/ui/states";
import { limitsOf, Nearness } from "../entities/Calibration/AffectedPanel";
import "../entities/equipment.css";

type Row = RowOf<"/api/v1/affected-readings">;

export function AffectedReadingsPage() {
  const { t } = useTranslation(["equipment", "states"]);
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "nearness", title: t("affected.nearness"), width: 170, sort: "nearness", render: (row) => <Nearness reading={row} /> },
    { key: "gauge", title: t("gauge"), width: 120, render: (row) => <RecordLink kind="equipment.gauge" id={row.gauge_id} number={row.gauge} /> },
    { key: "characteristic", title: t("affected.characteristic"), width: 150, render: (row) => <><span className="code">{row.characteristic}</span> {t("affected.unit_no", { number: row.unit_no })}</> },
    { key: "value", title: t("affected.value"), width: 110, align: "right", render: (row) => <>{row.result && <Shape name={row.result === "in" ? "rd-in" : "rd-out"} size={12} />} {row.text}</> },
    { key: "limits", title: t("affected.limits"), width: 150, align: "right", render: limitsOf },
    { key: "material", title: t("affected.material"), width: 220, render: (row) => <><span className="code">{row.material}</span> {row.material_name}</> },
    { key: "inspection", title: t("affected.inspection"), width: 140, render: (row) => <RecordLink kind="inspections.inspection" id={row.inspection_id} number={row.inspection} /> },
    { key: "lots", title: t("held.lot"), width: 150, render: (row) => row.lots.map((lot) => <RecordLink key={lot.lot_id} kind="stock.lot" id={lot.lot_id} number={lot.lot} />) },
    { key: "measured", title: t("affected.measured"), width: 150, sort: "occurred_at", render: (row) => moment(row.occurred_at) },
    person("recorded", (row: Row) => row.recorded_by, { isExtra: true }),
  ];
  return (
    <ListPage
      path="/api/v1/affected-readings"
      title={t("affected.title")}
      columns={columns}
      defaultSort="nearness"
      filters={[
        { name: "calibration_id", label: t("affected.calibration_id") },
        { name: "is_in", label: t("affected.result"), options: [{ value: "true", label: t("states:Result.in") }, { value: "false", label: t("states:Result.out") }] },
        { name: "is_current", label: t("affected.current"), options: [{ value: "true", label: t("affected.is_current") }, { value: "false", label: t("affected.corrected") }] },
      ]}
      rowClass={(row) => (row.is_current ? "" : "superseded")}
      empty={<Empty title={t("affected.none")} />}
    />
  );
}
