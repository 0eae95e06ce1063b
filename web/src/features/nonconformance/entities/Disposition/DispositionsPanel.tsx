// What was decided, how far it is, and what is to be done with each.
import { useTranslation } from "react-i18next";
import { compare, quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Disposition, Report } from "../../queries";
import { DispositionActs } from "./DispositionActs";
import { InspectedResult } from "./InspectedResult";

export function DispositionsPanel({ report }: { report: Report }) {
  const { t } = useTranslation(["nonconformance", "ui"]);
  const waiting = report.dispositions.filter((one) => one.state === "decided").length;
  return (
    <Panel title={t("dispositions.title")} note={t("dispositions.note", { count: report.dispositions.length, waiting })} isFlush>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("disposition")}</th>
              <th scope="col" className="number">{t("quantity")}</th>
              <th scope="col">{t("lot")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("split.reason")}</th>
              <th scope="col">{t("ui:person.decided")}</th>
              <th scope="col">
                <span className="visually-hidden">{t("dispositions.acts")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {report.dispositions.map((one) => (
              <tr key={one.id}>
                <td>
                  <StatusChip of="DispositionKind" value={one.kind} plain />
                  <span className="meta dispositions-number">{one.number}</span>
                </td>
                <td className="number">
                  <Amount value={quantity(one.quantity)} unit={one.unit} />
                </td>
                <td>
                  <RecordLink kind="stock.lot" id={one.lot_id} number={one.lot} />
                </td>
                <td>
                  <span className="row">
                    {one.state !== "decided" && <StatusChip of="DispositionState" value={one.state} plain />}
                    <ResultOf disposition={one} report={report} />
                  </span>
                </td>
                <td className="dispositions-reason" title={one.reason}>
                  {one.reason}
                </td>
                <td>
                  <Person id={one.decided_by} />
                </td>
                <td>
                  <DispositionActs disposition={one} report={report} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function ResultOf({ disposition, report }: { disposition: Disposition; report: Report }) {
  const { t } = useTranslation("nonconformance");
  const { kind, state, unit } = disposition;
  if (state === "cancelled") return <span className="quiet">{disposition.end_reason}</span>;
  if (disposition.inspection_id) return <InspectedResult disposition={disposition} />;
  const concession = report.concessions.find((one) => one.disposition_id === disposition.id);
  if (concession) return <RecordLink kind="nonconformance.concession" id={concession.id} number={concession.number} />;
  if (disposition.to_material) return <>{t("dispositions.became", { material: disposition.to_material })}</>;
  if (compare(disposition.posted, "0") > 0) {
    return <>{t(`dispositions.posted.${kind}`, { quantity: quantity(disposition.posted), unit })}</>;
  }
  return <span className="quiet">{t(`dispositions.waits.${kind}`)}</span>;
}
