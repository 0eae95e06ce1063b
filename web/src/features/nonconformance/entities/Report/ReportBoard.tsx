// Columns by state; each card says how old, how much, how bad, what and from whom.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { dayFromNow, fromNow, startOf } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { type ReportRow, useReportsIn } from "../../queries";
import { Due } from "./Due";
import { lotsOf } from "./ReportTable";
import { valueOf } from "./value";
import "./board.css";

const CLOSED_DAYS = 30;

export function ReportBoard({ actions }: { actions: ReactNode }) {
  const { t } = useTranslation("nonconformance");
  const closedFrom = startOf(dayFromNow(-CLOSED_DAYS));
  return (
    <section className="panel board" aria-label={t("reports")}>
      <header>
        <h1>{t("reports")}</h1>
        <div className="end">{actions}</div>
      </header>
      <div className="board-columns">
        <Column state="open" title={t("column.open")} none={t("column.open_none")} />
        <Column state="disposed" title={t("column.disposed")} none={t("column.disposed_none")} />
        <Column state="closed" title={t("column.closed", { count: CLOSED_DAYS })} none={t("column.closed_none")} closedFrom={closedFrom} />
      </div>
    </section>
  );
}

interface ColumnProps {
  state: Schemas["ReportState"];
  title: string;
  none: string;
  closedFrom?: string;
}

function Column({ state, title, none, closedFrom }: ColumnProps) {
  const { t } = useTranslation("nonconformance");
  const reports = useReportsIn(state, closedFrom);
  return (
    <section className="board-column" aria-label={title}>
      <h2>
        {title} <span className="quiet">{reports.data?.total}</span>
      </h2>
      <div className="board-cards">
        <Shown of={reports}>
          {({ items, total }) => (
            <>
              {items.map((report) => (
                <Card key={report.id} report={report} />
              ))}
              {items.length === 0 && <p className="meta">{none}</p>}
              {(total ?? 0) > items.length && (
                <Link to={"/nonconformance" as never} search={{ view: "list", state } as never}>
                  {t("column.more", { count: (total ?? 0) - items.length })}
                </Link>
              )}
            </>
          )}
        </Shown>
      </div>
    </section>
  );
}

function Card({ report }: { report: ReportRow }) {
  const { t } = useTranslation("nonconformance");
  return (
    <article className="board-card" data-state={report.state} aria-label={report.number}>
      <div className="row board-card-head">
        {report.state === "open" && <Shape name="st-alert" size={14} />}
        <RecordLink kind="nonconformance.report" id={report.id} number={report.number} />
        <SeverityMark value={report.severity_class} />
        <span className="board-card-end">
          {report.state === "open" && <Due report={report} />}
        </span>
      </div>
      {report.description && <p className="cut" title={report.description}>{report.description}</p>}
      <p className="cut">
        <span className="code">{report.material}</span> {report.material_name}
      </p>
      <p className="meta cut">{[lotsOf(report), report.supplier_name].filter(Boolean).join(" · ")}</p>
      <div className="row board-card-foot">
        <span className="meta">{t("opened_when", { when: fromNow(report.opened_at) })}</span>
        <span className="board-card-end number">
          {report.state === "open" ? (
            <Amount value={`${quantity(report.open)} / ${quantity(report.quantity)}`} unit={report.unit} />
          ) : (
            <Amount value={quantity(report.quantity)} unit={report.unit} />
          )}
          {report.estimated_cost && <span className="board-card-value">{valueOf(report)}</span>}
        </span>
      </div>
    </article>
  );
}
