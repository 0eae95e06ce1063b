// Counted results, the latest first; the latest of the whole, or of a characteristic, counts.
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import type { Inspection } from "../../queries";

export function Results({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation("inspections");
  const { results, unit } = inspection;
  if (!results.length) return null;
  const latest = new Map(results.map((result) => [result.characteristic, result.id]));
  return (
    <Panel title={t("record.results")} isFlush>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("results.of")}</th>
            <th className="number">{t("count.inspected")}</th>
            <th className="number">{t("count.nonconforming")}</th>
            <th>{t("count.defects")}</th>
            <th>{t("results.why")}</th>
            <th>{t("results.at")}</th>
          </tr>
        </thead>
        <tbody>
          {[...results].reverse().map((result) => (
            <tr key={result.id} data-old={latest.get(result.characteristic) !== result.id || undefined}>
              <td>{result.characteristic ?? t("results.whole")}</td>
              <td className="number">
                {quantity(result.inspected)} <span className="unit">{result.characteristic ? "" : unit}</span>
              </td>
              <td className="number">{quantity(result.nonconforming)}</td>
              <td>{result.defects.map((d) => `${d.code} ×${quantity(d.count)}`).join(", ")}</td>
              <td>{result.reason}</td>
              <td>
                <ByWhom at={moment(result.occurred_at)} id={result.recorded_by} />
                {latest.get(result.characteristic) !== result.id && <span className="meta"> {t("results.corrected")}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
