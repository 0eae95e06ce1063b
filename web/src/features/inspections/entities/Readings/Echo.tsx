// What is entered now, large: the value that the keys mean, its result, and where it lies.
import { useTranslation } from "react-i18next";
import { Shape } from "@/ui/Shape";
import { decimal, signed } from "../../grid/decimals";
import { interpret, prefixOf } from "../../grid/entry";
import { deviation, trendOf } from "../../grid/judge";
import { SHAPES } from "./Cell";
import { ToleranceBar } from "./ToleranceBar";
import { type Desk, useGridState } from "./useDesk";
import { nameOf, range, valueOf } from "./words";

export function Echo({ desk }: { desk: Desk }) {
  const { t, i18n } = useTranslation("inspections");
  const { grid, sampled } = desk;
  const state = useGridState(grid);
  const { at, typed, isFresh, isEditing, mode } = state;
  const spec = grid.spec();
  const cell = grid.cellAt(at);
  const entered = isFresh ? null : interpret(typed, isEditing ? "full" : mode, spec);
  const now = entered
    ? entered.kind === "value"
      ? entered
      : null
    : cell && cell.status !== "refused"
      ? cell
      : null;
  const shown = now ? valueOf(spec, now.value, now.text) : isFresh || !typed ? "" : `${isEditing ? "" : prefixOf(mode, spec)}${typed}`;
  const result = now && now.result !== "none" ? now.result : null;
  const off = now?.value != null ? deviation(spec, now.value) : null;
  const characteristic = sampled.characteristics[at.column]!;
  const units = Array.from({ length: spec.units }, (_, i) => grid.cells.get(spec.code, i + 1));
  const trend = trendOf(units.map((one) => (one && one.status !== "refused" ? one.value : null)));
  const isButton = spec.kind === "attribute";
  const words = t("echo.bar", { range: range(spec), value: shown });
  const near = result === "near" && now?.value != null && spec.upper !== null ? (spec.upper - now.value <= spec.near ? "upper" : "lower") : null;
  return (
    <>
      <section className="rd-echo">
        <div className="row">
          <i className="rd-balloon" data-now="">{at.column + 1}</i>
          <b className="cut">{nameOf(characteristic, i18n.language)}</b>
          <span className="quiet end">{t("echo.unit", { unit: at.unit })}</span>
        </div>
        <div className="rd-big">
          <output data-look={result ?? "none"}>{isButton && (shown === "ok" || shown === "ng" || shown === "na") ? t(`grid.${shown}`) : shown || "–"}</output>
          {spec.unit && <span className="quiet">{spec.unit}</span>}
          {result && (
            <span className="rd-result" data-look={result}>
              <Shape name={SHAPES[result]} size={20} />
              <b>{t(`result.${result}`)}</b>
              {off !== null && <span className="quiet">{signed(off, spec.places).replace("-", "−")}</span>}
            </span>
          )}
        </div>
        <ToleranceBar spec={spec} cells={units} unit={at.unit} value={now?.value ?? null} words={words} />
        {spec.width === null && range(spec) && <p className="meta">{range(spec)} {spec.unit}</p>}
        {cell?.was && cell.status !== "saved" && <p className="meta">{t("echo.was", { value: cell.was })}</p>}
      </section>
      {(near || trend) && (
        <section className="rd-warning">
          <Shape name="rd-near" />
          <div>
            <b>{[near && t(`echo.near_${near}`), trend && t(`echo.${trend.direction}`, { from: trend.from, to: trend.to })].filter(Boolean).join(t("echo.and"))}</b>
            {trend && (
              <p className="meta">
                {t("echo.from_to", { from: shownAt(desk, trend.from), to: shownAt(desk, trend.to) })}
              </p>
            )}
            <p className="meta">{t("echo.unchanged")}</p>
          </div>
        </section>
      )}
    </>
  );
}

function shownAt({ grid }: Desk, unit: number): string {
  const spec = grid.spec();
  const cell = grid.cells.get(spec.code, unit);
  return cell?.value != null ? decimal(cell.value, spec.places) : "";
}
