// Values, limits and names of characteristics as they are shown.
import { decimal, signed } from "../../grid/decimals";
import { PROBLEMS, type EntryProblem } from "../../grid/entry";
import type { Characteristic, Spec } from "../../grid/spec";

/** Its name in the language shown; whatever has only one has that in both. */
export function nameOf(c: Pick<Characteristic, "name_en" | "name_zh">, language: string): string {
  return language === "en" ? c.name_en || c.name_zh : c.name_zh || c.name_en;
}

export function valueOf(spec: Spec, value: bigint | null, text: string): string {
  return value === null ? text : decimal(value, spec.places);
}

/** Limits as a drawing states them: 12.95 ±0.08, 12.73 +0.05 −0.03, ≤ 3.2. */
export function limitsOf(spec: Spec): string {
  const { lower, upper, nominal, places } = spec;
  const shown = (value: bigint) => decimal(value, places);
  if (lower === null && upper === null) return nominal === null ? "" : shown(nominal);
  if (lower === null) return `≤ ${shown(upper!)}`;
  if (upper === null) return `≥ ${shown(lower)}`;
  if (nominal === null) return `${shown(lower)} – ${shown(upper)}`;
  if (upper - nominal === nominal - lower) return `${shown(nominal)} ±${shown(upper - nominal)}`;
  const off = (value: bigint) => (value === 0n ? "0" : signed(value, places).replace("-", "−"));
  return `${shown(nominal)} ${off(upper - nominal)} ${off(lower - nominal)}`;
}

export function range(spec: Spec): string {
  const { lower, upper, places } = spec;
  const shown = (value: bigint | null) => (value === null ? "" : decimal(value, places));
  return lower === null && upper === null ? "" : `${shown(lower)} – ${shown(upper)}`;
}

export const twoDigits = (unit: number) => String(unit).padStart(2, "0");

/** What is wrong with an entry, in words: found here (a key of the catalogue) or said by the server. */
export function problemOf(problem: string): { key: EntryProblem } | { sentence: string } {
  return PROBLEMS.includes(problem as EntryProblem) ? { key: problem as EntryProblem } : { sentence: problem };
}
