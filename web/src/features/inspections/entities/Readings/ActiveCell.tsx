// The cell under the cursor: the one that has the focus. Its field takes text as an input method gives
// it; keys are acts of the grid, heard by the grid itself.
import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Grid } from "../../grid/grid";
import type { GridState } from "../../grid/control";
import { prefixOf } from "../../grid/entry";
import type { Spec } from "../../grid/spec";
import { isOpen } from "../../grid/layout";
import { AttributeButtons, lookOf, Reading } from "./Cell";
import { problemOf, range } from "./words";

interface Props {
  grid: Grid;
  state: GridState;
  spec: Spec;
  label: string;
  column: number;
  /** Where readings are entered by the pad on the screen, no keyboard of the tablet covers them. */
  hasPad: boolean;
}

export function ActiveCell({ grid, state, spec, label, column, hasPad }: Props) {
  const { t } = useTranslation("inspections");
  const own = useRef<HTMLDivElement & HTMLInputElement>(null);
  const { at, typed, isFresh, isEditing, mode, problem } = state;
  const cell = grid.cellAt(at);
  const isTyped = isOpen(grid.shape, at) && spec.kind !== "attribute";
  useLayoutEffect(() => {
    const element = own.current;
    if (!element) return;
    const isElsewhere = document.activeElement?.closest("[role=dialog], .rd-tools, .rd-heads");
    if (!isElsewhere) element.focus({ preventScroll: true });
    if (isFresh && isTyped) element.select();
  }, [at, isFresh, isTyped]);
  const kept = cell?.problem ? problemOf(cell.problem) : null;
  const said = problem ?? (cell?.status === "slip" ? "slip" : kept && "key" in kept ? kept.key : null);
  const common = { role: "gridcell", "aria-colindex": column + 2, "data-cell": "", "data-active": "", "data-look": lookOf(cell) } as const;
  if (!isTyped) {
    return (
      <div {...common} ref={own} tabIndex={0} className="rd-cell rd-active" aria-readonly={!isOpen(grid.shape, at)}>
        <span className="visually-hidden">{label}</span>
        {spec.kind === "attribute" && isOpen(grid.shape, at) ? (
          <AttributeButtons cell={cell} onPress={(button) => grid.button(button)} />
        ) : (
          <Reading spec={spec} cell={cell} />
        )}
      </div>
    );
  }
  const side = column * 2 < grid.shape.specs.length ? "left" : "right";
  const prefix = isFresh && typed ? "" : isEditing ? "" : prefixOf(mode, spec);
  return (
    <div {...common} className="rd-cell rd-active">
      <span className="rd-limits">{range(spec)}</span>
      {prefix && <span className="rd-prefix">{prefix}</span>}
      <input
        ref={own}
        value={typed}
        aria-label={label}
        aria-invalid={Boolean(said) || undefined}
        aria-describedby={said ? "rd-said" : undefined}
        inputMode={hasPad ? "none" : spec.kind === "text" ? "text" : "decimal"}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        size={Math.max(1, prefix ? spec.digits : Math.max(typed.length, 1))}
        onChange={(event) => grid.type(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
        onCompositionEnd={(event) => grid.type(event.currentTarget.value)}
      />
      {said && (
        <div id="rd-said" className="rd-said" role="alert" data-side={side}>
          <b>{t(`grid.said.${said}.what`, { value: cell?.text ?? typed, range: range(spec), digits: spec.digits })}</b>
          <span>{t(`grid.said.${said}.now`)}</span>
        </div>
      )}
      {!said && kept && "sentence" in kept && (
        <div className="rd-said" role="alert" data-side={side}>
          <b>{t("grid.said.refused.what", { value: cell?.text })}</b>
          <span>{kept.sentence}</span>
        </div>
      )}
    </div>
  );
}
