// An inspection without a plan, or a sort, which judges every unit: count, then give the verdict.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { sum } from "../../grid/decimals";
import type { Inspection } from "../../queries";
import { CountForm } from "./CountForm";
import { Results } from "./Results";
import { VerdictButtons } from "./VerdictButtons";
import "./inspection.css";

interface Props {
  inspection: Inspection;
  /** The disposition that is carried out by this. */
  sort?: { number: string } | null;
  onDecided: () => void;
}

export function Counting({ inspection, sort, onDecided }: Props) {
  const { t } = useTranslation("inspections");
  const most = sum(inspection.lots.flatMap((lot) => [lot.open, lot.consumed]));
  const isCorrection = inspection.result_count > 0;
  const [isCorrecting, setCorrecting] = useState(false);
  const isCounting = !isCorrection || isCorrecting;
  return (
    <div className="counting">
      <div className="counting-work">
        {isCounting ? (
          <Panel title={t(isCorrection ? "count.correct_title" : "count.title")} note={sort ? t("count.sorts", { number: sort.number }) : t("count.no_plan")}>
            <CountForm
              key={inspection.result_count}
              inspection={inspection}
              most={most}
              unit={inspection.unit}
              isCorrection={isCorrection}
              onDone={() => setCorrecting(false)}
              onCancel={isCorrection ? () => setCorrecting(false) : undefined}
            />
          </Panel>
        ) : (
          <Panel title={t("record.result")} end={<Button onClick={() => setCorrecting(true)}>{t("count.correct")}</Button>}>
            <p className="count-result">{t("verdict.counted", { n: quantity(inspection.inspected), d: quantity(inspection.nonconforming) })}</p>
          </Panel>
        )}
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
        <VerdictButtons inspection={inspection} first={isCounting ? undefined : Number(inspection.nonconforming) === 0 ? "accept" : sort ? "judge" : "not_accept"} onDecided={onDecided} />
      </footer>
    </div>
  );
}
