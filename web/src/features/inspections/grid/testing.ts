// Characteristics, samples and grids for the tests beside this.
import { Cells, type ReadingOut } from "./cells";
import type { Sample } from "./counting";
import type { Direction } from "./layout";
import { shapeOf } from "./layout";
import type { Mode } from "./entry";
import { Grid } from "./grid";
import { keeperOf } from "./keeping";
import { press, type KeyPress } from "./keys";
import { specOf, type Characteristic, type Spec } from "./spec";

export function characteristic(code: string, given: Partial<Characteristic> = {}): Characteristic {
  return {
    code, name_en: code, name_zh: code, kind: "numeric", severity_class: "major", unit: "MM",
    nominal: "12.95", lower: "12.87", upper: "13.03", resolution: "0.01",
    formula: "", gauge_type: null, is_destructive: false, units: 13, ...given,
  };
}

const OPEN = { nominal: null, lower: null, upper: null, resolution: null, unit: null };

export const thread = specOf(characteristic("THREAD"));
export const centre = specOf(characteristic("CENTRE", { nominal: "170", lower: "169.8", upper: "170.2" }));
export const look = specOf(characteristic("LOOK", { ...OPEN, kind: "attribute", severity_class: "minor" }));
export const wall = specOf(characteristic("WALL", { kind: "calculated", formula: "THREAD / 2" }));

export function sample(severity: "major" | "minor", given: Partial<Sample> = {}): Sample {
  return {
    severity_class: severity, characteristic: null, to_inspect: 13, accept: 0, reject: 1, found: 0, cells: 13,
    missing: 13, status: "open", scheme: "iso", level: "II", aql: "1", severity: "normal", code_letter: "E",
    plan_letter: "E", sample_size: 13, basis: "nonconforming_units", ...given,
  };
}

export function gridOf(specs: Spec[], given: { mode?: Mode; direction?: Direction; gauge?: string | null; user?: string; saved?: ReadingOut[] } = {}) {
  const cells = new Cells(specs);
  cells.take(given.saved ?? []);
  const entered: number[] = [];
  const grid = new Grid({
    shape: shapeOf(specs),
    cells,
    keeper: keeperOf(given.user ?? crypto.randomUUID(), "inspection"),
    mode: given.mode ?? "full",
    direction: given.direction ?? "unit",
    gaugeOf: () => given.gauge ?? null,
    onEntered: () => entered.push(cells.pending.length),
  });
  const outside: string[] = [];
  return {
    grid,
    cells,
    outside,
    entered,
    key: (key: string, how: Partial<KeyPress> = {}) => grid.press(press(key, how), (act) => Boolean(outside.push(act))),
    /** Types as a keyboard does: the first key replaces what stands there. */
    keys: (text: string) => {
      for (const c of text) {
        if (c === "\n") grid.press(press("Enter"), () => false);
        else grid.type(grid.state.isFresh ? c : grid.state.typed + c);
      }
    },
    text: (spec: Spec, unit: number) => cells.get(spec.code, unit)?.text,
  };
}

export function reading(code: string, unit: number, text: string, ordinal = 1) {
  const value = /^[\d.]+$/.test(text) ? text : null;
  return {
    id: crypto.randomUUID(), characteristic: code, unit_no: unit, ordinal, is_current: true, text, value,
    result: text === "ng" ? ("out" as const) : ("in" as const), is_confirmed: false, gauge_id: null,
    defect: text === "ng" ? "SCRATCH" : null, reason: "", nonconformities: text === "ng" ? 1 : 0, recorded_by: "x", occurred_at: "2026-11-24T10:00:00Z",
  } as never;
}
