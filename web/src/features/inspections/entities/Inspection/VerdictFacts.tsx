// What exactly a verdict decides, in words and numbers: lots, samples against Ac and Re, what is taken out.
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import type { Inspection } from "../../queries";
import { openLots } from "./parts";
import type { VerdictVerb } from "./useVerdicts";

interface Props {
  inspection: Inspection;
  verb: VerdictVerb;
  /** How many units are taken out; null when none. */
  taken: string | null;
}

export function VerdictFacts({ inspection, verb, taken }: Props) {
  const { t } = useTranslation(["inspections", "states"]);
  const { number, unit, inspected, nonconforming } = inspection;
  const sampled = inspection.result_count > 0 ? null : inspection.sampled; // a count of every unit stands above its samples
  return (
    <dl className="verdict-facts">
      <div>
        <dt>{t("record.kind")}</dt>
        <dd>
          <b>{number}</b> {inspection.material} {t(`states:InspectionReason.${inspection.reason}`)}
        </dd>
      </div>
      <div>
        <dt>{t("record.lots")}</dt>
        <dd>
          {openLots(inspection).map((lot) => (
            <span key={lot.lot_id} className="nowrap">
              <b>{lot.lot}</b> {quantity(lot.open)} {unit}{" "}
            </span>
          ))}
        </dd>
      </div>
      {sampled?.samples.map((sample) => (
        <div key={`${sample.severity_class}${sample.characteristic}`}>
          <dt>
            {t(`states:SeverityClass.${sample.severity_class}`)} {sample.characteristic}
          </dt>
          <dd>
            {t("verdict.sample", { n: sample.to_inspect, found: sample.found, accept: sample.accept, reject: sample.reject })}
            {sample.missing > 0 && ` · ${t("verdict.missing", { count: sample.missing })}`}
          </dd>
        </div>
      ))}
      {!sampled && inspected !== null && (
        <div>
          <dt>{t("record.result")}</dt>
          <dd>{t("verdict.counted", { n: quantity(inspected), d: quantity(nonconforming) })}</dd>
        </div>
      )}
      {taken && verb !== "cancel" && (
        <div>
          <dt>{t("verdict.taken")}</dt>
          <dd>
            {taken} {unit}
          </dd>
        </div>
      )}
    </dl>
  );
}
