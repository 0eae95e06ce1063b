// One run: every invariant with how many rows were looked at; those that violate one are named.
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { SimpleTable } from "@/ui/SimpleTable";
import { Empty, Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { TitleBlock } from "@/ui/TitleBlock";
import "../evidence.css";

type Result = Schemas["CheckResultOut"];

/** A run that is under way is asked for again, until it has ended. */
const AGAIN_MILLISECONDS = 2_000;

export function CheckPage() {
  const { t } = useTranslation("evidence");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery(
    "get",
    "/api/v1/check-runs/{run_id}",
    { params: { path: { run_id: id } } },
    { refetchInterval: (query) => (query.state.data?.ended_at ? false : AGAIN_MILLISECONDS) },
  );
  useTab(`/checks/${id}`, found.data && `${t("check.one")} ${moment(found.data.asked_at)}`);
  return (
    <Shown of={found}>
      {(run) => {
        const bad = run.results.filter((result) => !result.is_passed);
        return (
          <div className="stack">
            <TitleBlock
              kind={t("check.one")}
              number={moment(run.asked_at)}
              status={<StatusChip of="CheckRunState" value={run.state} />}
              fields={[
                { label: t("check.asked_by"), value: <Person id={run.asked_by} name={run.asked_by_name} /> },
                { label: t("check.ended_at"), value: run.ended_at ? moment(run.ended_at) : "–" },
                { label: t("check.invariants"), value: run.results.length },
                { label: t("check.violations"), value: run.violation_count ? <span className="late">{run.violation_count}</span> : (run.violation_count ?? "–") },
              ]}
            />
            {run.error && <p className="late">{run.error}</p>}
            {!run.ended_at && <Empty title={t("check.under_way")} />}
            {run.ended_at && !run.error && bad.length === 0 && <Empty title={t("check.all_good")} />}
            {bad.map((result) => (
              <Violated key={result.code} result={result} />
            ))}
            {run.results.length > 0 && (
              <Panel isFlush title={t("check.invariants")}>
                <Invariants results={run.results} />
              </Panel>
            )}
          </div>
        );
      }}
    </Shown>
  );
}

function useTitle(): (named: { title_en: string; title_zh: string }) => string {
  const { i18n } = useTranslation("evidence");
  return (named) => (i18n.language === "en" ? named.title_en : named.title_zh);
}

function Violated({ result }: { result: Result }) {
  const { t, i18n } = useTranslation("evidence");
  const title = useTitle();
  return (
    <Panel isFlush title={`${result.code} ${title(result)}`} note={t("check.first_of", { shown: result.violations.length, count: result.violation_count })}>
      <SimpleTable
        label={title(result)}
        rows={result.violations}
        rowKey={(row) => `${row.id}/${row.number}/${row.en}`}
        columns={[
          { title: t("check.row"), render: (row) => <span className="code">{row.number || row.id}</span> },
          { title: t("check.what"), render: (row) => (i18n.language === "en" ? row.en : row.zh) },
        ]}
      />
    </Panel>
  );
}

function Invariants({ results }: { results: Result[] }) {
  const { t } = useTranslation("evidence");
  const title = useTitle();
  return (
    <SimpleTable
      label={t("check.invariants")}
      rows={results}
      rowKey={(result) => result.code}
      columns={[
        { title: t("check.code"), render: (result) => <span className="code">{result.code}</span> },
        { title: t("check.invariant"), render: title },
        { title: t("check.result"), render: (result) => <StatusChip of="CheckResult" value={result.is_passed ? "holds" : "violated"} plain /> },
        { title: t("check.looked_at"), align: "right", render: (result) => quantity(String(result.row_count)) },
        { title: t("check.apart"), align: "right", render: (result) => quantity(String(result.apart_count)) },
        { title: t("check.violations"), align: "right", render: (result) => quantity(String(result.violation_count)) },
      ]}
    />
  );
}
