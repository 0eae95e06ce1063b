// Quantities and money come as decimal texts and stay texts: no binary float touches them.

const FULL_WIDTH = /[\uFF01-\uFF5E]/g;

/** Full-width digits, signs and letters, as a Chinese input method gives them, in half width. */
export function halfWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ")
    .replace(/\u3002/g, ".");
}

/** "12300.500000" as "12,300.5": thousands with a comma, no idle zeros. */
export function quantity(value: string | null | undefined): string {
  if (value === null || value === undefined || value === "") return "";
  const [whole = "", fraction = ""] = value.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const kept = fraction.replace(/0+$/, "");
  return kept ? `${grouped}.${kept}` : grouped;
}

/** Money keeps two places at least. */
export function money(value: string, currency: string): string {
  const [whole = "", fraction = ""] = value.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const kept = fraction.replace(/0+$/, "").padEnd(2, "0");
  return `${currency} ${grouped}.${kept}`;
}

/** What a person typed as the decimal text that the API takes; null when it is no number. */
export function asDecimal(typed: string): string | null {
  const text = halfWidth(typed).replace(/[,\s]/g, "");
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? text : null;
}

const MICRO = 6;

/** A decimal text in millionths, in which sums and comparisons are exact; null when it is none. */
export function micro(value: string | null | undefined): bigint | null {
  const text = asDecimal(value ?? "");
  if (text === null) return null;
  const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = BigInt(`${whole || "0"}${fraction.slice(0, MICRO).padEnd(MICRO, "0")}`);
  return sign === "-" ? -digits : digits;
}

/** Millionths as the shortest decimal text: 12300500000n is "12300.5". */
export function fromMicro(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(MICRO + 1, "0");
  const fraction = digits.slice(-MICRO).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -MICRO)}${fraction && `.${fraction}`}`;
}

/** The exact sum of decimal texts; what is no number counts as nothing. */
export function sum(values: string[]): string {
  return fromMicro(values.reduce((total, value) => total + (micro(value) ?? 0n), 0n));
}

/** a - b, exactly. */
export function minus(a: string, b: string): string {
  return fromMicro((micro(a) ?? 0n) - (micro(b) ?? 0n));
}

/** Below, equal to or above zero as a is less than, equal to or more than b. */
export function compare(a: string, b: string): number {
  const difference = (micro(a) ?? 0n) - (micro(b) ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Half away from zero to so many places; for what is only shown. */
export function rounded(value: string, places: number): string {
  const step = 10n ** BigInt(MICRO - places);
  const given = micro(value) ?? 0n;
  const half = given < 0n ? -step / 2n : step / 2n;
  return fromMicro(((given + half) / step) * step);
}

/** The share of `amount` that `part` is of `whole`, rounded to two places. */
export function shareOf(amount: string, part: string, whole: string): string {
  const all = micro(whole) ?? 0n;
  if (all === 0n) return "0";
  return rounded(fromMicro(((micro(amount) ?? 0n) * (micro(part) ?? 0n)) / all), 2);
}
