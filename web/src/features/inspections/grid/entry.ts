// What was typed into a cell, as the reading it means: the whole value, its last digits, the
// deviation from the nominal, or what a gauge sent.
import { halfWidth } from "@/lib/quantities";
import { decimal, micros } from "./decimals";
import { isWild, judgeButton, judgeValue, type Result } from "./judge";
import type { Spec } from "./spec";

export const MODES = ["full", "last", "deviation", "gauge"] as const;
export type Mode = (typeof MODES)[number];

export const PROBLEMS = ["not_a_number", "comma_ambiguous", "too_large", "too_fine", "more_digits", "not_a_button"] as const;
export type EntryProblem = (typeof PROBLEMS)[number];

export type Entered =
  | { kind: "empty" }
  | { kind: "problem"; problem: EntryProblem }
  | { kind: "value"; text: string; value: bigint | null; result: Result; isWild: boolean };

const LARGEST = 10n ** 18n;
const problem = (found: EntryProblem): Entered => ({ kind: "problem", problem: found });

/** Half-width, with the signs and points that keyboards and input methods give beside the usual ones. */
export function plainText(typed: string): string {
  return halfWidth(typed)
    .replace(/[−–—]/g, "-")
    .replace(/[·]/g, ".")
    .replace(/、/g, ",")
    .replace(/[\s_'’]/g, "");
}

/** The decimal in a text, its commas understood as the server does. */
function readNumber(plain: string): string | EntryProblem {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain)) return plain;
  const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(\.\d*)?$/.exec(plain);
  if (grouped && plain.split(",").length === 2 && grouped[1] === undefined) return "comma_ambiguous";
  if (grouped) return plain.replace(/,/g, "");
  if (/^[+-]?\d*,\d+$/.test(plain)) return plain.replace(",", ".");
  return "not_a_number";
}

const isProblem = (read: string): read is EntryProblem => read === "not_a_number" || read === "comma_ambiguous";

function entered(spec: Spec, text: string, value: bigint): Entered {
  if (value >= LARGEST || value <= -LARGEST) return problem("too_large");
  if (value % spec.step !== 0n) return problem("too_fine");
  return { kind: "value", text, value, result: judgeValue(spec, value), isWild: isWild(spec, value) };
}

/** A value put together from less than was typed is written with all its places. */
const composed = (spec: Spec, value: bigint) => entered(spec, decimal(value, spec.places), value);

function literal(spec: Spec, plain: string): Entered {
  const read = readNumber(plain);
  if (isProblem(read)) return problem(read);
  const value = micros(read);
  return value === null ? problem("too_fine") : entered(spec, read.replace(/^\+/, ""), value);
}

/**
 * 1003 for 10.03: digits without a point mean steps of the resolution where that lies at the
 * tolerance and the number as it stands is far off it. Otherwise the number is what it says.
 */
function impliedOr(spec: Spec, plain: string): Entered {
  const asTyped = literal(spec, plain);
  const digits = /^[+-]?\d+$/.exec(plain);
  if (!digits || spec.places === 0 || asTyped.kind !== "value" || !asTyped.isWild) return asTyped;
  const value = BigInt(plain) * 10n ** BigInt(6 - spec.places);
  return isWild(spec, value) ? asTyped : composed(spec, value);
}

/** The value nearest to the middle that ends in these digits. */
function lastDigits(spec: Spec, digits: string): Entered {
  const cycle = 10n ** BigInt(spec.digits) * 10n ** BigInt(6 - spec.places);
  const tail = BigInt(digits) * 10n ** BigInt(6 - spec.places);
  const middle = spec.twiceMiddle! / 2n;
  let best = middle - (((middle % cycle) + cycle) % cycle) + tail;
  for (const other of [best - cycle, best + cycle]) {
    if (abs(other - middle) < abs(best - middle)) best = other;
  }
  return composed(spec, best);
}

const abs = (value: bigint) => (value < 0n ? -value : value);

/** What a gauge sends: a number with leading zeros, perhaps after its channel and before its unit. */
function fromGauge(spec: Spec, plain: string): Entered {
  const found = /^(?:\d\d[A-Z])?([+-]?)0*(?=\d)(\d+(?:\.\d+)?)[a-zA-Zµ°%"]*$/.exec(plain);
  return found ? literal(spec, `${found[1]}${found[2]}`) : literal(spec, plain);
}

/** The reading that a text means in this mode. */
export function interpret(typed: string, mode: Mode, spec: Spec): Entered {
  if (spec.kind === "text") {
    const text = typed.trim();
    return text ? { kind: "value", text, value: null, result: "none", isWild: false } : { kind: "empty" };
  }
  if (spec.kind === "attribute") return button(typed);
  const plain = plainText(typed);
  if (!plain) return { kind: "empty" };
  if (mode === "gauge") return fromGauge(spec, plain);
  if (mode === "last" && spec.digits > 0 && /^\d+$/.test(plain) && plain.length <= spec.digits) {
    return plain.length === spec.digits ? lastDigits(spec, plain) : problem("more_digits");
  }
  if (mode === "deviation" && spec.twiceMiddle !== null) {
    const middle = spec.twiceMiddle / 2n;
    if (/^[+-]?\d+$/.test(plain)) return composed(spec, middle + BigInt(plain) * spec.step);
    const read = readNumber(plain);
    const value = isProblem(read) ? null : micros(read);
    return value === null ? problem("not_a_number") : composed(spec, middle + value);
  }
  return impliedOr(spec, plain);
}

/** Whether nothing more needs to be typed: the cursor goes on by itself. */
export function isComplete(typed: string, mode: Mode, spec: Spec): boolean {
  if (mode !== "last" || spec.kind !== "numeric" || spec.digits === 0) return false;
  const plain = plainText(typed);
  return plain.length === spec.digits && /^\d+$/.test(plain);
}

/** What the last digits are put behind, while they are typed: "12." of 12.95. */
export function prefixOf(mode: Mode, spec: Spec): string {
  if (mode !== "last" || spec.digits === 0 || spec.twiceMiddle === null) return "";
  if (spec.places > 0 && spec.digits > spec.places) return ""; // the point lies among the digits
  return decimal(spec.twiceMiddle / 2n, spec.places).slice(0, -spec.digits);
}

const BUTTONS: Record<string, "ok" | "ng" | "na"> = Object.fromEntries(
  [
    ["ok", "ok o y yes pass good 合格 良 是 √ ✓ ✔"],
    ["ng", "ng n no fail bad 不合格 不良 否 × ✗ ✕ x"],
    ["na", "na n/a 不适用 / -"],
  ].flatMap(([button, words]) => words!.split(" ").map((word) => [word, button])),
) as Record<string, "ok" | "ng" | "na">;

function button(typed: string): Entered {
  const word = halfWidth(typed).trim().toLowerCase();
  if (!word) return { kind: "empty" };
  const text = BUTTONS[word];
  return text ? { kind: "value", text, value: null, result: judgeButton(text), isWild: false } : problem("not_a_button");
}
