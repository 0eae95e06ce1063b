// An inspection without a plan: count, then give the verdict.
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { sum } from "../../grid/decimals";
import type { Inspection } from "../../queries";
import { CountForm } from "./CountForm";
import { Results } from "./Results";
import { VerdictButtons } from "./VerdictButtons";
import "./inspection.css";

export function Counting({ inspection, onDecided }: { inspection: Inspection; onDecided: () => void }) {
  const { t } = useTranslation("inspections");
  const most = sum(inspection.lots.flatMap((lot) => [lot.open, lot.consumed]));
  return (
    <div className="counting">
      <div className="counting-work">
        <Panel title={t(inspection.result_count ? "count.correct_title" : "count.title")} note={t("count.no_plan")}>
          <CountForm
            key={inspection.result_count}
            inspection={inspection}
            most={most}
            unit={inspection.unit}
            isCorrection={inspection.result_count > 0}
            onDone={() => undefined}
          />
        </Panel>
        <Results inspection={inspection} />
      </div>
      <footer className="counting-bar">
        <p>
          <span className="meta">{t("foot.verdict")}</span>
          <br />
          {inspection.inspected === null
            ? t("count.nothing_yet")
            : t("verdict.counted", { n: quantity(inspection.inspected), d: quantity(inspection.nonconforming) })}
        </p>
        <VerdictButtons inspection={inspection} first={Number(inspection.nonconforming) > 0 ? "not_accept" : "accept"} onDecided={onDecided} />
      </footer>
    </div>
  );
}
