// Every gauge with its due date, the overdue ones first.
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";
import { DueDate } from "../entities/Gauge/DueDate";
import { RegisterForm } from "../entities/Gauge/RegisterForm";
import { typeName, useGaugeTypes } from "../queries";
import "../entities/equipment.css";

type Row = RowOf<"/api/v1/gauges">;

export function GaugesPage() {
  const { t } = useTranslation("equipment");
  const may = useMay();
  const navigate = useNavigate();
  const search: { add?: string } = useSearch({ strict: false });
  const types = useGaugeTypes();
  const go = (add: string | undefined) =>
    void navigate({ to: ".", search: ((before: object) => ({ ...before, add })) as never, replace: true });
  const nameOf = (code: string) => {
    const type = types.data?.items.find((one) => one.code === code);
    return type ? typeName(type) : code;
  };
  const columns: Column<Row>[] = [
    { key: "number", title: t("gauge"), width: 130, sort: "number", render: (row) => <RecordLink kind="equipment.gauge" id={row.id} number={row.number} /> },
    { key: "name", title: t("name"), width: 240, sort: "name", render: (row) => row.name },
    { key: "type", title: t("type"), width: 170, render: (row) => nameOf(row.gauge_type) },
    { key: "serial", title: t("serial"), width: 130, render: (row) => row.serial_number },
    { key: "state", title: t("state"), width: 140, render: (row) => <StatusChip of="GaugeState" value={row.state} plain /> },
    { key: "due", title: t("due.title"), width: 190, sort: "due", render: (row) => <DueDate gauge={row} /> },
    { key: "calibrated", title: t("calibrated"), width: 130, render: (row) => row.calibrated_at && day(row.calibrated_at) },
    { key: "interval", title: t("interval"), width: 110, align: "right", render: (row) => row.interval_days && t("days", { count: row.interval_days }) },
    { key: "resolution", title: t("resolution"), width: 110, align: "right", render: (row) => row.resolution && `${row.resolution} ${row.unit ?? ""}` },
    { key: "site", title: t("site"), width: 90, render: (row) => row.site },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/gauges"
        title={t("gauges")}
        columns={columns}
        defaultSort="due"
        filters={[
          { name: "overdue", label: t("due.filter"), options: [{ value: "true", label: t("due.overdue") }, { value: "false", label: t("due.not_overdue") }] },
          { name: "state", label: t("state"), options: useStatusOptions("GaugeState") },
          { name: "gauge_type", label: t("type"), options: (types.data?.items ?? []).map((type) => ({ value: type.code, label: typeName(type) })) },
          { name: "due_before", label: t("due.before") },
        ]}
        rowClass={(row) => (row.is_overdue ? "gauge-overdue" : "")}
        empty={<Empty title={t("none")} />}
        actions={
          <>
            <Link to={"/gauge-types" as never}>{t("types")}</Link>
            {may("equipment.register_gauge") && <Button onClick={() => go("gauge")}>{t("register.open")}</Button>}
          </>
        }
      />
      {search.add === "gauge" && <RegisterForm onClose={() => go(undefined)} />}
    </>
  );
}
