// A characteristic as the grid needs it: its limits as exact numbers, and what follows from them.
import type { Schemas } from "@/lib/client";
import { micros, placesOf } from "./decimals";

export type Characteristic = Schemas["CharacteristicOut"];
export type Kind = Characteristic["kind"];

/** A reading this close to a limit is shown as near it: a share of the tolerance width. */
export const NEAR_SHARE = 0.075;
/** Further than this many tolerance widths from the middle is most often a slip (UX.md section 2). */
export const WILD_WIDTHS = 3n;

export interface Spec {
  code: string;
  kind: Kind;
  severityClass: string;
  /** How many units of the sample it is read of, from the first one. */
  units: number;
  unit: string;
  nominal: bigint | null;
  lower: bigint | null;
  upper: bigint | null;
  /** The tolerance; null when a side is open. */
  width: bigint | null;
  /** The middle, twice: the nominal where there is one, else half-way between the limits. */
  twiceMiddle: bigint | null;
  /** The finest difference that may be entered. */
  step: bigint;
  places: number;
  /** How far from a limit is still near it. */
  near: bigint;
  /** How many last digits name a value without doubt; 0 when they cannot. */
  digits: number;
  gaugeType: string | null;
}

export function specOf(c: Characteristic, nearShare: number = NEAR_SHARE): Spec {
  const [nominal, lower, upper] = [micros(c.nominal), micros(c.lower), micros(c.upper)];
  const width = lower !== null && upper !== null ? upper - lower : null;
  const step = micros(c.resolution);
  const twiceMiddle = nominal !== null ? nominal * 2n : lower !== null && upper !== null ? lower + upper : null;
  return {
    code: c.code,
    kind: c.kind,
    severityClass: c.severity_class,
    units: c.units,
    unit: c.unit ?? "",
    nominal,
    lower,
    upper,
    width,
    twiceMiddle,
    step: step ?? 1n,
    places: step !== null ? placesOf(c.resolution) : Math.max(...[c.nominal, c.lower, c.upper].map(placesOf)),
    near: width === null ? 0n : (width * BigInt(Math.round(nearShare * 1_000_000))) / 1_000_000n,
    digits: step !== null && width !== null && twiceMiddle !== null ? shortDigits(width, step) : 0,
    gaugeType: c.gauge_type,
  };
}

/** Two, or as many as tell every value within one tolerance width of the middle from the next. */
function shortDigits(width: bigint, step: bigint): number {
  let digits = 2;
  while (10n ** BigInt(digits) * step < 2n * width) digits += 1;
  return digits;
}

/** Whether something is entered here; what is calculated follows by itself. */
export function isEntered(spec: Spec): boolean {
  return spec.kind !== "calculated";
}
