// The tolerance large, with every value of the characteristic over it and the present one marked.
import { useTranslation } from "react-i18next";
import { decimal, share } from "../../grid/decimals";
import type { Cell } from "../../grid/cells";
import type { Spec } from "../../grid/spec";

const WIDTH = 334;
const MARGIN = 42;

interface Props {
  spec: Spec;
  /** Of units 1, 2, 3 …; what is not read is left out. */
  cells: (Cell | undefined)[];
  unit: number;
  value: bigint | null;
  words: string;
}

export function ToleranceBar({ spec, cells, unit, value, words }: Props) {
  const { t } = useTranslation("inspections");
  const { lower, upper, width, near, nominal, places } = spec;
  if (lower === null || upper === null || !width) return null;
  const span = WIDTH - 2 * MARGIN;
  const at = (v: bigint) => Math.min(WIDTH - 5, Math.max(5, MARGIN + share(v - lower, width) * span));
  const band = share(near, width) * span;
  const stacks = new Map<number, number>();
  const dots = cells.flatMap((cell, i) => {
    if (!cell || cell.value === null || i + 1 === unit || cell.result === "none") return [];
    const x = at(cell.value);
    const slot = Math.round(x / 7);
    const level = stacks.get(slot) ?? 0;
    stacks.set(slot, level + 1);
    return level < 2 ? [{ x, y: 33 - level * 8, result: cell.result, unit: i + 1 }] : [];
  });
  // between the limits only where both fit; a nominal that is a limit has its name there
  const named = nominal !== null && at(nominal) - MARGIN > 48 && WIDTH - MARGIN - at(nominal) > 48;
  const mark = value === null ? null : at(value);
  return (
    <svg className="rd-bar" viewBox={`0 0 ${WIDTH} 104`} role="img" aria-label={words}>
      <rect x="0" y="46" width={MARGIN} height="16" fill="var(--rd-out-bg)" />
      <rect x={WIDTH - MARGIN} y="46" width={MARGIN} height="16" fill="var(--rd-out-bg)" />
      <rect x={MARGIN} y="46" width={span} height="16" fill="var(--surface-3)" />
      {[MARGIN, WIDTH - MARGIN - band].map((x) => (
        <rect key={x} x={x} y="46" width={band} height="16" fill="var(--rd-near-bg)" stroke="var(--rd-near)" strokeWidth=".8" />
      ))}
      <path d={`M${MARGIN} 40v28M${WIDTH - MARGIN} 40v28`} stroke="var(--ink)" strokeWidth="1.5" />
      {nominal !== null && <path d={`M${at(nominal)} 44v20`} stroke="var(--ink-3)" strokeDasharray="2 2" />}
      <g className="rd-bar-words">
        <text x={MARGIN} y="84">{decimal(lower, places)}</text>
        <text x={MARGIN} y="100">{t("echo.lower")}</text>
        {named && <text x={at(nominal)} y="84">{decimal(nominal, places)}</text>}
        {named && <text x={at(nominal)} y="100">{t("echo.nominal")}</text>}
        <text x={WIDTH - MARGIN} y="84">{decimal(upper, places)}</text>
        <text x={WIDTH - MARGIN} y="100">{t("echo.upper")}</text>
      </g>
      {dots.map((dot) =>
        dot.result === "in" ? (
          <circle key={dot.unit} cx={dot.x} cy={dot.y} r="3" fill="none" stroke="var(--ink-3)" strokeWidth="1.3" />
        ) : dot.result === "near" ? (
          <path key={dot.unit} d={`M${dot.x} ${dot.y - 5}l5 9h-10z`} fill="var(--rd-near)" />
        ) : (
          <path key={dot.unit} d={`M${dot.x - 3.5} ${dot.y - 3.5}l7 7M${dot.x + 3.5} ${dot.y - 3.5}l-7 7`} stroke="var(--rd-out)" strokeWidth="2" />
        ),
      )}
      {mark !== null && <path d={`M${mark} 44l-6-9h12z`} fill="var(--ink)" />}
      {mark !== null && <text x={mark} y="14" className="rd-bar-now">#{unit}</text>}
    </svg>
  );
}
