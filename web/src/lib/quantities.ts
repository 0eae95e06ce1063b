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
