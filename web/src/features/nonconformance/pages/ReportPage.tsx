// One nonconformance report: where its goods are, whom it hits, and what happens to them.
import { useParams } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { fromNow } from "@/lib/dates";
import { currentLanguage } from "@/lib/i18n";
import { compare } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { RecordPage } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import { ConcessionsPanel } from "../entities/Concession/ConcessionsPanel";
import { DispositionsPanel } from "../entities/Disposition/DispositionsPanel";
import { SplitPanel } from "../entities/Disposition/SplitPanel";
import { Due } from "../entities/Report/Due";
import { foundWords } from "../entities/Report/found";
import { KnowledgePanel } from "../entities/Report/KnowledgePanel";
import { OrdersHit, Siblings } from "../entities/Report/Hit";
import { ReportEnd } from "../entities/Report/ReportEnd";
import { ReportPrint } from "../entities/Report/ReportPrint";
import { valueOf } from "../entities/Report/value";
import { WhereNow } from "../entities/Report/WhereNow";
import { type Report, useReport } from "../queries";
import "../entities/Report/report.css";

export function ReportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const report = useReport(id);
  useTab(`/nonconformance/${id}`, report.data?.number);
  return <Shown of={report}>{(found) => <Content report={found} />}</Shown>;
}

function Content({ report }: { report: Report }) {
  const { t } = useTranslation("nonconformance");
  const split = useRef<HTMLFormElement>(null);
  const first = report.lots[0];
  const said = [foundWords(report.defects, currentLanguage() === "en"), report.description].filter(Boolean).join(" — ");
  const isOpen = report.lots.some((lot) => compare(lot.open, "0") > 0);
  return (
    <RecordPage
      record={{ kind: "nonconformance.report", id: report.id }}
      kind={t("report")}
      number={report.number}
      status={
        <span>
          <StatusChip of="ReportState" value={report.state} />
          {report.state === "open" && (
            <span className="meta report-due">
              <Due report={report} />
            </span>
          )}
        </span>
      }
      fields={[
        {
          label: t("description"),
          value: (
            <span className="row report-defect" title={said}>
              <span className="cut">{said || t("no_description")}</span>
              <SeverityMark value={report.severity_class} />
            </span>
          ),
        },
        {
          label: t("material_and_lot"),
          value: (
            <>
              <span className="code">{report.material}</span> {report.material_name} {first && <RecordLink kind="stock.lot" id={first.lot_id} number={first.lot} />}
              {report.lot_count > 1 && <span className="quiet"> +{report.lot_count - 1}</span>}
            </>
          ),
        },
        {
          label: t("supplier_and_lot"),
          value: report.supplier_id ? (
            <>
              <Named kind="partners.partner" id={report.supplier_id} number={report.supplier} name={report.supplier_name} />
              {first?.supplier_lot && ` · ${first.supplier_lot}`}
            </>
          ) : (
            t("nobody")
          ),
        },
        {
          label: t("opened_and_value"),
          value: <>{[fromNow(report.opened_at), valueOf(report)].filter(Boolean).join(" · ")} · <Person id={report.opened_by} /></>,
        },
      ]}
      actions={
        <>
          <ReportPrint report={report} />
          <ReportEnd report={report} />
          {isOpen && (
            <ActionButton
              action={actionOf(report.allowed_actions, "dispose")}
              label={t("split.submit")}
              isPrimary
              onClick={() => split.current?.requestSubmit()}
            />
          )}
        </>
      }
    >
      <WhereNow report={report} />
      <div className="report-pair">
        <OrdersHit report={report} />
        <Siblings report={report} />
      </div>
      {report.dispositions.length > 0 && <DispositionsPanel report={report} />}
      {isOpen && <SplitPanel report={report} form={split} />}
      {report.concessions.length > 0 && <ConcessionsPanel concessions={report.concessions} />}
      <KnowledgePanel report={report} />
    </RecordPage>
  );
}
