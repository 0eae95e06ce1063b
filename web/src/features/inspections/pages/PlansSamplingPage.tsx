// How strictly each material of each supplier is inspected.
import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Named } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import { PlansRecent } from "./PlansRecent";

type Row = RowOf<"/api/v1/sampling-states">;
const CLASSES = ["critical", "major", "minor"] as const;

export function PlansSamplingPage() {
  const { t } = useTranslation(["plans", "states"]);
  const columns: Column<Row>[] = [
    { key: "material", title: t("material"), width: 280, render: (row) => <Named kind="inspections.sampling_state" id={row.id} number={row.material} name={row.material_name} /> },
    { key: "supplier", title: t("supplier"), width: 260, render: (row) => <Named kind="partners.partner" id={row.supplier_id} number={row.supplier} name={row.supplier_name} /> },
    { key: "class", title: t("class"), width: 100, render: (row) => <SeverityMark value={row.severity_class} /> },
    { key: "status", title: t("status"), width: 150, render: (row) => <StatusChip of="SamplingStatus" value={row.status} plain /> },
    { key: "since", title: t("since"), width: 120, sort: "since", render: (row) => day(row.since) },
    { key: "recent", title: t("recent"), width: 150, render: (row) => <PlansRecent outcomes={row.recent} /> },
    { key: "score", title: t("score"), width: 120, align: "right", render: (row) => row.score },
    { key: "run", title: t("accepted_run"), width: 140, align: "right", render: (row) => row.accepted_run },
    { key: "steady", title: t("steady"), width: 130, render: (row) => t(row.is_steady ? "yes" : "no") },
  ];
  return (
    <ListPage
      path="/api/v1/sampling-states"
      title={t("states_title")}
      columns={columns}
      defaultSort="-since"
      filters={[
        { name: "status", label: t("status"), options: useStatusOptions("SamplingStatus") },
        { name: "severity_class", label: t("class"), options: CLASSES.map((value) => ({ value, label: t(`states:SeverityClass.${value}`) })) },
      ]}
      empty={<Empty title={t("no_states")} />}
    />
  );
}
