// The same characteristic in the last four lots of this supplier: range and mean in the tolerance.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { BEYOND, drawnOf, type LotBefore, lotsOf } from "../../grid/history";
import type { Spec } from "../../grid/spec";

const WIDTH = 180;

/** Drawn again only with another characteristic: the grid beside it changes with every key. */
export const LotsBefore = memo(function LotsBefore({ inspectionId, spec }: { inspectionId: string; spec: Spec | undefined }) {
  const { t } = useTranslation("inspections");
  const history = api.useQuery(
    "get",
    "/api/v1/inspections/{inspection_id}/history",
    { params: { path: { inspection_id: inspectionId } } },
    { staleTime: "static" },
  );
  const lots = spec ? lotsOf(history.data?.items ?? [], spec.code) : [];
  if (!spec || !lots.length) return null;
  return (
    <section>
      <div className="row">
        <b>{t("before.title", { count: lots.length })}</b>
        <span className="meta end">{t("before.what")}</span>
      </div>
      <ul className="rd-before">
        {lots.map((lot) => (
          <li key={lot.inspection_id}>
            <RecordLink kind="stock.lot" id={lot.lot_id} number={lot.lot} />
            <Range lot={lot} spec={spec} />
            <Verdict lot={lot} />
          </li>
        ))}
      </ul>
    </section>
  );
});

function Range({ lot, spec }: { lot: LotBefore; spec: Spec }) {
  const { t } = useTranslation("inspections");
  const words = t("before.words", { least: quantity(lot.least), greatest: quantity(lot.greatest), mean: quantity(lot.mean), out: lot.out, count: lot.count });
  const drawn = drawnOf(lot, spec);
  if (!drawn) return <span title={words}>{t("before.range", { least: quantity(lot.least), greatest: quantity(lot.greatest), mean: quantity(lot.mean) })}</span>;
  const tone = lot.out > 0 ? "var(--rd-out)" : "var(--ink-3)";
  return (
    <svg viewBox={`0 0 ${WIDTH} 16`} role="img" aria-label={words}>
      <title>{words}</title>
      <path d={`M0 8h${WIDTH}`} stroke="var(--line)" />
      <path d={`M${BEYOND * WIDTH} 2v12M${(1 - BEYOND) * WIDTH} 2v12`} stroke="var(--ink-3)" />
      <rect x={drawn.from * WIDTH} y="6" width={Math.max(2, (drawn.to - drawn.from) * WIDTH)} height="4" fill={tone} />
      <path d={`M${drawn.mean * WIDTH} 2v12`} stroke="var(--ink)" strokeWidth="2" />
    </svg>
  );
}

/** How the inspection ended, by shape; nothing while it is open. */
function Verdict({ lot }: { lot: LotBefore }) {
  const { t } = useTranslation("states");
  const shape = lot.state === "accepted" ? "st-released" : lot.state === "not_accepted" ? "st-blocked" : "st-awaiting";
  const word = t(`InspectionState.${lot.state}`);
  return (
    <span className="rd-before-end" data-state={lot.state} role="img" aria-label={word} title={word}>
      <Shape name={shape} size={14} />
    </span>
  );
}
