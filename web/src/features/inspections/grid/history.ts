// The lots before beside the tolerance of now: where mean, least and greatest stand between the limits.
import type { Schemas } from "@/lib/client";
import { micros, share } from "./decimals";
import type { Spec } from "./spec";

export type LotBefore = Schemas["HistoryOut"];

/** What stands left of the lower limit and right of the upper one, as a share of the strip. */
export const BEYOND = 0.14;

export interface Drawn {
  from: number;
  to: number;
  mean: number;
}

/** The range and the mean as shares of the strip, 0 to 1; null where a side is open. */
export function drawnOf(lot: Pick<LotBefore, "mean" | "least" | "greatest">, spec: Pick<Spec, "lower" | "width">): Drawn | null {
  const { lower, width } = spec;
  if (lower === null || !width) return null;
  const at = (text: string) => {
    const value = micros(text);
    return value === null ? 0 : Math.min(1, Math.max(0, BEYOND + share(value - lower, width) * (1 - 2 * BEYOND)));
  };
  return { from: at(lot.least), to: at(lot.greatest), mean: at(lot.mean) };
}

/** The lots of one characteristic, the latest first, as the server sorts them. */
export function lotsOf(lots: LotBefore[], code: string): LotBefore[] {
  return lots.filter((lot) => lot.characteristic === code);
}
