// The heads of the columns: number, name, class, limits, the gauge that measures, and how far it is.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { GridState } from "../../grid/control";
import type { Spec } from "../../grid/spec";
import { CountInstead } from "./CountInstead";
import { GaugeChoice } from "./GaugeChoice";
import type { Desk } from "./useDesk";
import { limitsOf } from "./words";

interface Props {
  desk: Desk;
  state: GridState;
  names: string[];
}

function progressOf(desk: Desk, spec: Spec): { read: number; out: number } {
  const counted = desk.inspection.results.findLast((result) => result.characteristic === spec.code);
  if (counted) return { read: Number(counted.inspected), out: Number(counted.nonconforming) };
  let read = 0;
  let out = 0;
  for (let unit = 1; unit <= spec.units; unit += 1) {
    const cell = desk.grid.cells.get(spec.code, unit);
    if (cell && cell.status !== "refused") read += 1;
    if (cell?.result === "out") out += 1;
  }
  return { read, out };
}

export function Heads({ desk, state, names }: Props) {
  const { t } = useTranslation(["inspections", "states"]);
  return (
    <div role="row" aria-rowindex={1} className="rd-row rd-heads">
      <div role="columnheader" aria-colindex={1} className="rd-unit">
        <b>{t("grid.unit")}</b>
        {desk.sampled.units.length > 0 && <small>{t("grid.drawn")}</small>}
      </div>
      {desk.specs.map((spec, column) => (
        <Head
          key={spec.code}
          desk={desk}
          spec={spec}
          column={column}
          name={names[column] ?? spec.code}
          isNow={state.at.column === column}
          gauge={desk.gaugeOf(spec)}
          isCounted={desk.grid.shape.counted.has(spec.code)}
          {...progressOf(desk, spec)}
        />
      ))}
    </div>
  );
}

interface HeadProps {
  desk: Desk;
  spec: Spec;
  column: number;
  name: string;
  isNow: boolean;
  gauge: string | null;
  isCounted: boolean;
  read: number;
  out: number;
}

const Head = memo(
  function Head({ desk, spec, column, name, isNow, gauge, isCounted, read, out }: HeadProps) {
    const { t } = useTranslation(["inspections", "states"]);
    const formula = desk.sampled.characteristics[column]?.formula;
    return (
      <div role="columnheader" aria-colindex={column + 2} className="rd-head" data-now={isNow || undefined}>
        <span className="rd-name">
          <i className="rd-balloon">{column + 1}</i>
          <b title={`${spec.code} ${name}`}>{name}</b>
          <span className="rd-class">{t(`states:SeverityClass.${spec.severityClass as "major"}`)}</span>
        </span>
        <span className="rd-spec">
          {limitsOf(spec) || (spec.kind === "attribute" ? t("grid.by_eye") : spec.code)}
          {spec.unit && <span className="unit">{spec.unit}</span>}
        </span>
        <span className="rd-foot">
          {formula ? <span className="cut" title={formula}>= {formula}</span> : isCounted || (spec.kind === "attribute" && read === 0) ? (
            <CountInstead desk={desk} spec={spec} name={name} isCorrection={isCounted} />
          ) : (
            <GaugeChoice desk={desk} spec={spec} name={name} gauge={gauge} />
          )}
          <span className="rd-count">
            {out > 0 && <b className="rd-outs">{t("grid.outs", { count: out })}</b>} {read}/{spec.units}
          </span>
        </span>
      </div>
    );
  },
  (a, b) => a.isNow === b.isNow && a.gauge === b.gauge && a.read === b.read && a.out === b.out && a.isCounted === b.isCounted && a.name === b.name && a.desk.inspection === b.desk.inspection && a.desk.grid === b.desk.grid,
);
