// Readings are exact: a decimal is a whole number of millionths, as fine as the server keeps them.

const PLACES = 6;
const SCALE = 10n ** BigInt(PLACES);

/** "12.98" as 12980000n; null when the text is no plain decimal or finer than a millionth. */
export function micros(text: string | null | undefined): bigint | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text ?? "");
  if (!found) return null;
  const [, sign, whole = "", fraction = ""] = found;
  if (!whole && !fraction) return null;
  if (/[1-9]/.test(fraction.slice(PLACES))) return null;
  const value = BigInt(whole || "0") * SCALE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, "0"));
  return sign === "-" ? -value : value;
}

/** 12980000n with two places as "12.98"; never cut, so it may show more places than asked. */
export function decimal(value: bigint, places = 0): string {
  const sign = value < 0n ? "-" : "";
  const size = value < 0n ? -value : value;
  const fraction = String(size % SCALE).padStart(PLACES, "0").replace(/0+$/, "").padEnd(places, "0");
  return `${sign}${size / SCALE}${fraction ? `.${fraction}` : ""}`;
}

/** With its sign, as deviations are written: "+0.03". */
export function signed(value: bigint, places = 0): string {
  return value > 0n ? `+${decimal(value, places)}` : decimal(value, places);
}

/** How many places a decimal text states: "0.001" has 3. */
export function placesOf(text: string | null | undefined): number {
  return /\.(\d*?)0*$/.exec(text ?? "")?.[1]?.length ?? 0;
}

/** As a fraction of one, for drawing only. */
export function share(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000;
}

/** The sum of decimal texts, as a decimal text. */
export function sum(texts: (string | null | undefined)[]): string {
  return decimal(texts.reduce((total, text) => total + (micros(text) ?? 0n), 0n));
}
