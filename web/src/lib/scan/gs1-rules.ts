// The rules that components of GS1 elements must keep, by their name in the syntax dictionary.

const CSET_82 = /^[A-Za-z0-9!"%&'()*+,\-./:;<=>?_]*$/;
const CSET_39 = /^[A-Z0-9#\-/]*$/;
const CSET_64 = /^[A-Za-z0-9\-_=]*$/;

/** The characters that a component may hold, by the letter of its type. */
export const CHARACTERS: Record<string, RegExp> = { N: /^\d*$/, X: CSET_82, Y: CSET_39, Z: CSET_64 };

/** The modulo 10 check digit at the end (GS1 General Specifications 7.9). */
export function hasCheckDigit(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** The pair of check characters at the end of a GMN (GS1 General Specifications 7.9.5). */
export function hasCheckPair(text: string): boolean {
  const weights = [83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2];
  const values = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const pairs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  if (text.length < 2 || text.length > weights.length + 2 || !CSET_82.test(text)) return false;
  const body = text.slice(0, -2);
  const used = weights.slice(weights.length - body.length);
  const sum = [...body].reduce((total, c, i) => total + values.indexOf(c) * (used[i] ?? 0), 0) % 1021;
  return text.slice(-2) === `${pairs[sum >> 5]}${pairs[sum & 31]}`;
}

function isDate(year: number, month: number, day: number, mayLackDay: boolean): boolean {
  if (month < 1 || month > 12) return false;
  if (day === 0) return mayLackDay;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const two = (text: string, at: number) => Number(text.slice(at, at + 2));

/** The full year of two digits: 49 years ahead or 50 behind (GS1 General Specifications 7.12). */
export function fullYear(short: number, now: number = new Date().getFullYear()): number {
  const century = now - (now % 100);
  const ahead = short - (now % 100);
  if (ahead >= 51) return century - 100 + short;
  return ahead <= -50 ? century + 100 + short : century + short;
}

const shortDate = (v: string, mayLackDay: boolean) =>
  /^\d{6}$/.test(v) && isDate(fullYear(two(v, 0)), two(v, 2), two(v, 4), mayLackDay);
const longDate = (v: string, mayLackDay: boolean) =>
  /^\d{8}$/.test(v) && isDate(Number(v.slice(0, 4)), two(v, 4), two(v, 6), mayLackDay);
const below = (v: string, limit: number) => /^\d\d$/.test(v) && Number(v) < limit;
const share = (v: string) => /^\d+$/.test(v) && v.length % 2 === 0 && !/^0+$/.test(v);

/** Whether a component keeps the rule; what the rules are called comes from the dictionary. */
export const RULES: Record<string, (value: string) => boolean> = {
  csum: hasCheckDigit,
  csumalpha: hasCheckPair,
  yymmd0: (v) => shortDate(v, true),
  yymmdd: (v) => shortDate(v, false),
  yyyymmd0: (v) => longDate(v, true),
  yyyymmdd: (v) => longDate(v, false),
  hh: (v) => below(v, 24),
  mi: (v) => below(v, 60),
  ss: (v) => below(v, 60),
  hhmi: (v) => v.length === 4 && below(v.slice(0, 2), 24) && below(v.slice(2), 60),
  zero: (v) => /^0+$/.test(v),
  nonzero: (v) => /^\d+$/.test(v) && !/^0+$/.test(v),
  nozeroprefix: (v) => /^(?:0|[1-9]\d*)$/.test(v),
  hasnondigit: (v) => /\D/.test(v),
  hyphen: (v) => /^-*$/.test(v),
  yesno: (v) => /^[01]$/.test(v),
  winding: (v) => /^[019]$/.test(v),
  /** Piece and total as two halves: neither is zero, the piece is at most the total. */
  pieceoftotal: (v) => {
    const half = v.length / 2;
    return share(v) && share(v.slice(0, half) + v.slice(0, half)) && Number(v.slice(half)) > 0 && v.slice(0, half) <= v.slice(half);
  },
  posinseqslash: (v) => {
    const [, at, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(v) ?? [];
    return at !== undefined && of !== undefined && Number(at) <= Number(of);
  },
};
