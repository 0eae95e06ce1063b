// What the grid asks and what waits: a pasted block, likely slips, a gauge, what cannot be recorded.
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "@/ui/Problem";
import { Shape } from "@/ui/Shape";
import type { Entry } from "../../grid/cells";
import { DefectDialog } from "./DefectDialog";
import { ReasonDialog } from "./ReasonDialog";
import { type Desk, useGridState } from "./useDesk";
import { nameOf, problemOf } from "./words";

/** The focus to the cell under the cursor, wherever it was. */
function focusCell(): void {
  const cell = document.querySelector<HTMLElement>(".rd-active");
  (cell?.querySelector<HTMLElement>("input") ?? cell)?.focus({ preventScroll: true });
}

/** Over the grid: the block that was pasted, until it is kept or taken back. */
export function HeldBar({ desk }: { desk: Desk }) {
  const { t } = useTranslation("inspections");
  useGridState(desk.grid);
  const { grid } = desk;
  if (!grid.held.length) return null;
  const { all, near, out, refused } = grid.countHeld();
  return (
    <div className="rd-held" role="status">
      <b>{t("held.pasted", { count: all })}</b>
      <span>{t("held.found", { near, out })}</span>
      {refused > 0 && <span className="late">{t("held.refused", { count: refused })}</span>}
      <span className="end row">
        <Button type="primary" onPointerDown={(event) => event.preventDefault()} onClick={() => grid.keepHeld()}>
          {t("held.keep")} <kbd>Enter</kbd>
        </Button>
        <Button onPointerDown={(event) => event.preventDefault()} onClick={() => grid.undo()}>
          {t("held.drop")} <kbd>Esc</kbd>
        </Button>
      </span>
    </div>
  );
}

/** Beside the grid, and as dialogs where an answer is needed before the cursor goes on. */
export function Questions({ desk }: { desk: Desk }) {
  const { t, i18n } = useTranslation("inspections");
  useGridState(desk.grid);
  const { grid, specs, sampled, saving } = desk;
  const { cells } = grid;
  const [slips, gaugeless, refused] = [cells.asking("slip"), cells.asking("gauge"), cells.asking("refused")];
  const defects = cells.asking("defect");
  const reasons = defects.length ? [] : cells.asking("reason");
  const place = (entry: Entry) => ({ column: specs.findIndex((s) => s.code === entry.code), unit: entry.unit });
  const name = (code: string) => {
    const found = sampled.characteristics.find((c) => c.code === code);
    return found ? nameOf(found, i18n.language) : code;
  };
  const words = (problem: string | null) => {
    const found = problemOf(problem ?? "");
    return "key" in found ? t(`grid.said.${found.key}.what`, { digits: 2 }) : found.sentence;
  };
  const others = slips.filter((s) => place(s).column !== grid.state.at.column || s.unit !== grid.state.at.unit);
  const isAsked = defects.length + reasons.length > 0;
  useEffect(() => {
    if (!isAsked) focusCell(); // at once, not when the dialog has faded: the next keys are for the grid
  }, [isAsked]);
  const ofColumn = defects.filter((d) => d.code === defects[0]?.code);
  return (
    <>
      {saving.kind === "stopped" && <ProblemPanel problem={saving.problem} title={t("saving.stopped")} onRetry={desk.flush} />}
      {others.length > 0 && (
        <section className="rd-warning">
          <Shape name="rd-near" />
          <div>
            <b>{t("slips.title", { count: slips.length })}</b>
            <p className="meta">{others.slice(0, 3).map((s) => `${name(s.code)} #${s.unit}: ${s.text}`).join("; ")}</p>
            <div className="row">
              <Button size="small" onClick={() => grid.goTo(place(others[0]!))}>{t("slips.look")}</Button>
              <Button size="small" onClick={() => grid.answer(slips, { isConfirmed: true })}>{t("slips.right", { count: slips.length })}</Button>
            </div>
          </div>
        </section>
      )}
      {gaugeless.length > 0 && (
        <section className="rd-warning">
          <Shape name="rd-near" />
          <div>
            <b>{t("gauge.wanted", { name: name(gaugeless[0]!.code), count: gaugeless.length })}</b>
            <p className="meta">{t("gauge.wanted_now", { type: specs.find((s) => s.code === gaugeless[0]!.code)?.gaugeType ?? "" })}</p>
          </div>
        </section>
      )}
      {refused.length > 0 && (
        <section className="rd-warning" data-kind="out">
          <Shape name="rd-out" />
          <div>
            <b>{t("refused.title", { count: refused.length })}</b>
            <p className="meta">
              {name(refused[0]!.code)} #{refused[0]!.unit}: {refused[0]!.text} – {words(refused[0]!.problem)}
            </p>
            <Button size="small" onClick={() => grid.goTo(place(refused[0]!))}>{t("slips.look")}</Button>
          </div>
        </section>
      )}
      <DefectDialog desk={desk} entries={ofColumn} />
      <ReasonDialog desk={desk} entries={reasons} />
    </>
  );
}
