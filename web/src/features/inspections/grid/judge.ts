// What a reading is worth, at once and without the server: inside, near a limit, out; or a likely slip.
import { WILD_WIDTHS, type Spec } from "./spec";

export type Result = "in" | "near" | "out" | "none";

/** Against the inclusive limits; inside but within the plan's share of a limit is near it. */
export function judgeValue(spec: Spec, value: bigint): Exclude<Result, "none"> {
  const { lower, upper, near, width } = spec;
  if ((lower !== null && value < lower) || (upper !== null && value > upper)) return "out";
  if (width === null || lower === null || upper === null) return "in";
  return value - lower <= near || upper - value <= near ? "near" : "in";
}

/** The buttons of an attribute; what is not applicable judges nothing. */
export function judgeButton(text: string): Result {
  return text === "ok" ? "in" : text === "ng" ? "out" : "none";
}

/** Further from the middle than three tolerance widths: asked about once. */
export function isWild(spec: Spec, value: bigint): boolean {
  const { width, twiceMiddle } = spec;
  if (width === null || width <= 0n || twiceMiddle === null) return false;
  if (judgeValue(spec, value) !== "out") return false;
  const twice = value * 2n - twiceMiddle;
  return (twice < 0n ? -twice : twice) > 2n * WILD_WIDTHS * width;
}

/** How far from the nominal (the middle without one), or null. */
export function deviation(spec: Spec, value: bigint): bigint | null {
  return spec.twiceMiddle === null ? null : value - spec.twiceMiddle / 2n;
}

export interface Trend {
  direction: "rising" | "falling";
  from: number;
  to: number;
}

/** Six values or more in a row that rise, or fall, up to the last one; by unit number from 1. */
export function trendOf(values: (bigint | null)[]): Trend | null {
  const read = values.flatMap((value, i) => (value === null ? [] : [{ value, unit: i + 1 }]));
  const last = read.at(-1);
  for (const direction of ["rising", "falling"] as const) {
    let start = read.length - 1;
    const goes = (a: bigint, b: bigint) => (direction === "rising" ? a < b : a > b);
    while (start > 0 && goes(read[start - 1]!.value, read[start]!.value)) start -= 1;
    if (last && read.length - start >= 6) return { direction, from: read[start]!.unit, to: last.unit };
  }
  return null;
}
