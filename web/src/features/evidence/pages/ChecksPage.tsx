// The runs of `zhiliu check`: every night and when somebody asks; a violation names its rows.
import { Button } from "antd";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Person } from "@/ui/Person";
import { ProblemModal } from "@/ui/ProblemModal";
import { say } from "@/ui/said";
import { Empty } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";

type Run = RowOf<"/api/v1/check-runs">;

export function ChecksPage() {
  const { t } = useTranslation("evidence");
  const may = useMay();
  const ask = useAct("post", "/api/v1/check-runs", { onDone: () => say(t("check.asked")) });
  const columns: Column<Run>[] = [
    {
      key: "at",
      title: t("check.asked_at"),
      width: 170,
      sort: "asked_at",
      render: (run) => (
        <Link to={`/checks/${run.id}` as never} className="code">
          {moment(run.asked_at)}
        </Link>
      ),
    },
    { key: "state", title: t("check.state"), width: 150, render: (run) => <StatusChip of="CheckRunState" value={run.state} plain /> },
    {
      key: "violations",
      title: t("check.violations"),
      width: 150,
      align: "right",
      render: (run) => (run.violation_count ? <span className="late">{run.violation_count}</span> : (run.violation_count ?? "–")),
    },
    { key: "who", title: t("check.asked_by"), width: 150, render: (run) => <Person id={run.asked_by} name={run.asked_by_name} /> },
    { key: "ended", title: t("check.ended_at"), width: 170, render: (run) => run.ended_at && moment(run.ended_at) },
    { key: "error", title: t("check.error"), width: 260, render: (run) => run.error },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/check-runs"
        title={t("check.title")}
        columns={columns}
        isSearchable={false}
        defaultSort="-asked_at"
        filters={[
          { name: "asked_from", label: t("audit.from"), day: "from" },
          { name: "asked_before", label: t("audit.to"), day: "to" },
        ]}
        empty={<Empty title={t("check.none")} />}
        actions={
          may("evidence.check") && (
            <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate({ body: {} })}>
              {t("check.ask")}
            </Button>
          )
        }
      />
      <ProblemModal problem={ask.error} title={t("check.ask")} onClose={() => ask.reset()} />
    </>
  );
}
