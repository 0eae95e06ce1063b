// GS1 codes: what a reader reports of a DataMatrix, a GS1-128 or a QR code, as elements. Source: GS1
// General Specifications sections 3 and 7.8, GS1 Digital Link standard (URI syntax), ISO/IEC 15424.
import { IDENTIFIERS } from "./gs1-identifiers";
import { CHARACTERS, fullYear, hasCheckDigit, RULES } from "./gs1-rules";

export interface Element {
  /** The application identifier: "01" GTIN, "10" lot, "17" last day, "21" serial, … */
  ai: string;
  value: string;
}

interface Component {
  type: string;
  least: number;
  most: number;
  isOptional: boolean;
  rules: string[];
}

interface Identifier {
  components: Component[];
  isFixed: boolean;
  isQuery: boolean;
  /** What may follow it in the path of a Digital Link, in this order; null when it may not lead. */
  qualifiers: string[][] | null;
}

const SEPARATOR = "\x1d";
/** What readers say before a code that holds elements: GS1-128, DataBar, DataMatrix, QR, DotCode. */
const GS1_SYMBOLS = /^\](?:C1|e0|d2|Q3|J1)/;
const ANY_SYMBOL = /^\][A-Za-z][0-9A-Za-z]/;

function component(text: string): Component {
  const isOptional = text.startsWith("[");
  const [shape = "", ...rules] = text.replace(/[[\]]/g, "").split(",");
  const [, type = "X", dots, length] = /^([NXYZ])(\.\.)?(\d+)$/.exec(shape) ?? [];
  return { type, least: dots ? 1 : Number(length), most: Number(length), isOptional, rules };
}

function table(): Map<string, Identifier> {
  const found = new Map<string, Identifier>();
  for (const line of IDENTIFIERS.trim().split("\n")) {
    const [range = "", flags = "", ...rest] = line.trim().split(/\s+/);
    const key = rest.find((part) => part.startsWith("key="))?.slice(4);
    const identifier = {
      components: rest.filter((part) => !part.startsWith("key=")).map(component),
      isFixed: flags.includes("*"),
      isQuery: flags.includes("?"),
      qualifiers: key === undefined ? null : key.split("|").map((q) => (q === "-" ? [] : q.split(","))),
    };
    const [first = "", last = first] = range.split("-");
    for (let n = Number(first); n <= Number(last); n += 1) {
      found.set(String(n).padStart(first.length, "0"), identifier);
    }
  }
  return found;
}

let known: Map<string, Identifier> | undefined;
const identifierOf = (ai: string) => (known ??= table()).get(ai);

/** How much of the text is a value of this identifier; null when it is none. */
function valueLength(identifier: Identifier, text: string): number | null {
  let at = 0;
  for (const part of identifier.components) {
    const piece = text.slice(at, at + part.most);
    if (piece === "" && part.isOptional) continue;
    if (piece.length < part.least || !CHARACTERS[part.type]?.test(piece)) return null;
    if (part.rules.some((rule) => !RULES[rule]?.(piece))) return null;
    at += piece.length;
  }
  return at;
}

function isValue(identifier: Identifier, value: string): boolean {
  return value !== "" && valueLength(identifier, value) === value.length;
}

/** The same identifier twice with different values says nothing certain. */
function withoutContradiction(elements: Element[]): Element[] | null {
  const values = new Map<string, string>();
  for (const { ai, value } of elements) {
    if (values.has(ai) && values.get(ai) !== value) return null;
    values.set(ai, value);
  }
  return elements.length ? elements : null;
}

/** "^0109501101020917^10L-42", FNC1 as the character 29 or "^"; null when it is none or not valid. */
export function readElementString(text: string): Element[] | null {
  let rest = text.replace(/\^/g, SEPARATOR);
  if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  const elements: Element[] = [];
  while (rest !== "") {
    const ai = [2, 3, 4].map((n) => rest.slice(0, n)).find((start) => identifierOf(start));
    const identifier = ai === undefined ? undefined : identifierOf(ai);
    if (ai === undefined || identifier === undefined) return null;
    rest = rest.slice(ai.length);
    const end = rest.indexOf(SEPARATOR);
    let value = end < 0 ? rest : rest.slice(0, end);
    if (identifier.isFixed) value = value.slice(0, identifier.components.reduce((sum, c) => sum + c.most, 0));
    if (!isValue(identifier, value)) return null;
    elements.push({ ai, value });
    rest = rest.slice(value.length);
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
    else if (rest !== "" && !identifier.isFixed) return null;
  }
  return withoutContradiction(elements);
}

/** "(01)09501101020917(10)L-42", as people read a code; a bracket of a value is written "\(". */
export function readBracketed(text: string): Element[] | null {
  if (!text.startsWith("(")) return null;
  const elements: Element[] = [];
  for (const part of text.slice(1).split(/(?<!\\)\((?=\d{2,4}\))/)) {
    const [, ai = "", written = ""] = /^(\d{2,4})\)(.*)$/s.exec(part) ?? [];
    const identifier = identifierOf(ai);
    const value = written.replace(/\\\(/g, "(");
    if (!identifier || !isValue(identifier, value)) return null;
    elements.push({ ai, value });
  }
  return withoutContradiction(elements);
}

/** Short names that early Digital Links used instead of identifiers. */
const SHORT_NAMES: Record<string, string> = {
  gtin: "01", itip: "8006", gmn: "8013", cpid: "8010", gln: "414", party: "417", gsrnp: "8017", gsrn: "8018",
  gcn: "255", sscc: "00", gdti: "253", ginc: "401", gsin: "402", grai: "8003", giai: "8004",
  cpv: "22", lot: "10", ser: "21",
};

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** GTIN-8, -12 and -13 stand in a Digital Link without their leading zeros, too. */
function filled(ai: string, value: string): string {
  return ai === "01" && [8, 12, 13].includes(value.length) ? value.padStart(14, "0") : value;
}

function leads(path: [string, string][]): boolean {
  const orders = identifierOf(path[0]?.[0] ?? "")?.qualifiers;
  const given = path.slice(1).map(([ai]) => ai);
  return Boolean(
    orders?.some((order) => {
      let at = -1;
      return given.every((ai) => order.indexOf(ai) > at && (at = order.indexOf(ai)) >= 0);
    }),
  );
}

/** The longest end of the path that is a key with its qualifiers. */
function fromPath(parts: string[]): [string, string][] | null {
  for (let start = parts.length - 2; start >= 0; start -= 2) {
    const pairs: [string, string][] = [];
    for (let i = start; i < parts.length; i += 2) {
      const name = parts[i] ?? "";
      pairs.push([SHORT_NAMES[name] ?? name, parts[i + 1] ?? ""]);
    }
    if (leads(pairs)) return pairs;
  }
  return null;
}

/** "https://id.gs1.org/01/09501101020917/10/L-42?17=271231"; null when it is no Digital Link. */
export function readDigitalLink(text: string): Element[] | null {
  const [, path, query = ""] = /^https?:\/\/[^/?#\s]+(\/[^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  if (path === undefined || /[\s<>{}\\^`|"]/.test(text)) return null;
  const pairs = fromPath(path.slice(1).split("/"));
  if (!pairs) return null;
  for (const part of query.split(/[&;]/)) {
    const [name = "", value] = part.split("=");
    if (value === undefined || !/^\d+$/.test(name)) continue;
    if (!identifierOf(name)?.isQuery && name !== "01") return null;
    pairs.push([name, value.replace(/\+/g, " ")]);
  }
  const elements: Element[] = [];
  for (const [ai, written] of pairs) {
    const identifier = identifierOf(ai);
    const value = decoded(written);
    if (!identifier || value === null || elements.some((e) => e.ai === ai)) return null;
    const whole = filled(ai, value);
    if (!isValue(identifier, whole)) return null;
    elements.push({ ai, value: whole });
  }
  return elements;
}

/** What a scan says: its elements by identifier, or that it is no GS1 code. */
export interface Code {
  /** The text without what the reader put before it. */
  text: string;
  elements: Record<string, string>;
}

/** Separators as readers that cannot send the character 29 are often set up to write them. */
const WRITTEN_SEPARATOR = /␝|<GS>|\{GS\}|\[GS\]/gi;

export function readCode(scanned: string): Code {
  const symbol = ANY_SYMBOL.exec(scanned)?.[0] ?? "";
  const text = scanned.slice(symbol.length).replace(WRITTEN_SEPARATOR, SEPARATOR).trim();
  const isMarked = GS1_SYMBOLS.test(symbol) || /^[\x1d^]/.test(text) || text.includes(SEPARATOR);
  // Without a mark only a text that starts with a whole GTIN or SSCC is taken for a code: a
  // supplier's lot "10ABC" is none.
  const isLikely = /^(?:01|02)\d{14}|^00\d{18}$/.test(text);
  const found =
    readBracketed(text) ??
    readDigitalLink(text) ??
    (isMarked || (isLikely && symbol === "") ? readElementString(text) : null) ??
    gtinAlone(text);
  return { text, elements: Object.fromEntries((found ?? []).map(({ ai, value }) => [ai, value])) };
}

function gtinAlone(text: string): Element[] | null {
  const isGtin = /^(?:\d{8}|\d{12,14})$/.test(text) && hasCheckDigit(text);
  return isGtin ? [{ ai: "01", value: text.padStart(14, "0") }] : null;
}

/** The date of "17", "15" or "11" as YYYY-MM-DD; day 00 means the last day of the month. */
export function gs1Date(yymmdd: string | undefined): string | null {
  if (!yymmdd || !RULES.yymmd0?.(yymmdd)) return null;
  const year = fullYear(Number(yymmdd.slice(0, 2)));
  const month = Number(yymmdd.slice(2, 4));
  const day = Number(yymmdd.slice(4)) || new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
