// At the foot: how far it is, each class against Ac and Re, the live verdict, what is saved, and the
// verdict itself with the reason while it is not possible.
import { type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Shape } from "@/ui/Shape";
import type { Standing, Verdict } from "../../grid/counting";
import type { Inspection } from "../../queries";
import { useVerdicts, VERDICTS } from "../Inspection/useVerdicts";
import { VerdictMenu } from "../Inspection/VerdictMenu";
import { Saving } from "./Saving";
import type { Desk } from "./useDesk";

const MOST_BOXES = 8;
const MOST_UNITS = 26;

function Boxes({ standing }: { standing: Standing }) {
  const { accept, reject } = standing.sample;
  if (reject > MOST_BOXES) return null;
  return (
    <span className="rd-boxes" aria-hidden="true">
      {Array.from({ length: reject }, (_, i) => (
        <span key={i} className="row">
          {i === accept && <b />}
          <i data-full={i < standing.found || undefined}>{i < standing.found && <Shape name="rd-out" size={10} />}</i>
        </span>
      ))}
    </span>
  );
}

function ClassBox({ standing }: { standing: Standing }) {
  const { t } = useTranslation(["inspections", "states"]);
  const { sample, found } = standing;
  return (
    <div className="rd-foot-class">
      <p className="meta">
        <b>{sample.characteristic ?? t(`states:SeverityClass.${sample.severity_class}`)}</b>{" "}
        {[sample.aql && `AQL ${sample.aql}`, `n ${sample.to_inspect}`, `Ac ${sample.accept} Re ${sample.reject}`].filter(Boolean).join(" · ")}
      </p>
      <p className="row">
        <Boxes standing={standing} />
        <b className="rd-found" data-look={found > 0 ? "out" : "in"}>{found}</b>
        <span className="quiet">{t(sample.basis === "nonconformities" ? "foot.nonconformities" : "foot.units", { count: found })}</span>
      </p>
    </div>
  );
}

interface Props {
  desk: Desk;
  inspection: Inspection;
  standings: Standing[];
  verdict: Verdict;
  /** Which units are complete, part read or bad, one after the other. */
  units: ("done" | "part" | "out" | "")[];
  bar: RefObject<HTMLDivElement | null>;
  onDecided: () => void;
}

export function VerdictBar({ desk, inspection, standings, verdict, units, bar, onDecided }: Props) {
  const { t } = useTranslation(["inspections", "states"]);
  const verdicts = useVerdicts(inspection, onDecided);
  const all = standings.reduce((sum, s) => sum + s.sample.cells, 0);
  const isWaiting = desk.grid.cells.pending.length > 0;
  const first = verdict.status === "rejected" ? "not_accept" : "accept";
  const action = actionOf(inspection.allowed_actions, first);
  const { closest } = verdict;
  const shape = { open: "st-awaiting", acceptable: "st-released", rejected: "st-blocked" } as const;
  return (
    <footer className="rd-foot-bar" ref={bar}>
      <div>
        <p className="meta">{t("foot.entered")}</p>
        <p className="rd-number">
          {all - verdict.missing}
          <span className="quiet"> / {all}</span>
        </p>
        {units.length <= MOST_UNITS ? (
          <span className="rd-progress" aria-hidden="true" data-many={units.length > 13 || undefined}>
            {units.map((state, i) => (
              <i key={i} data-state={state} />
            ))}
          </span>
        ) : (
          <progress value={all - verdict.missing} max={all} aria-label={t("foot.entered")} />
        )}
      </div>
      {standings.map((standing) => (
        <ClassBox key={`${standing.sample.severity_class}${standing.sample.characteristic}`} standing={standing} />
      ))}
      <div className="rd-live" role="status" aria-live="polite">
        <p className="meta">{t("foot.verdict")}</p>
        <p className="rd-number" data-status={verdict.status}>
          <Shape name={shape[verdict.status]} size={18} /> {t(`live.${verdict.status}`)}
        </p>
        <p className="meta">
          {verdict.status === "rejected"
            ? t("live.rejected_by", { classes: verdict.rejected.map((s) => s.sample.characteristic ?? t(`states:SeverityClass.${s.sample.severity_class}`)).join(", ") })
            : verdict.missing > 0
              ? t("live.left", { count: verdict.missing })
              : t("live.nothing_left")}{" "}
          {closest && t("live.closest", { name: closest.sample.characteristic ?? t(`states:SeverityClass.${closest.sample.severity_class}`), reject: closest.sample.reject })}
        </p>
      </div>
      <div className="rd-acts">
        <Saving desk={desk} />
        <VerdictMenu inspection={inspection} verbs={VERDICTS.filter((verb) => verb !== first)} label={t("foot.others")} onOpen={verdicts.open} />
        <div className="rd-primary">
          <ActionButton
            action={action && { ...action, is_allowed: action.is_allowed && !isWaiting, sentence: action.sentence ?? (isWaiting ? t("foot.unsaved") : null) }}
            label={t(`verdict.${first}.button`)}
            isPrimary
            onClick={() => verdicts.open(first)}
          />
          <span className="meta">{!action?.is_allowed && verdict.missing > 0 ? t("foot.after", { count: verdict.missing }) : action?.is_allowed && isWaiting ? t("foot.unsaved") : ""}</span>
        </div>
      </div>
      {verdicts.dialogs}
    </footer>
  );
}
