// Splitting what is open under a report: rows of kind, quantity and where it is taken from, counted
// live, and turned into what the API is asked.
import type { Schemas } from "@/lib/client";
import { asDecimal, compare, minus, sum } from "@/lib/quantities";

export type Kind = Schemas["DispositionKind"];

/** Goods of one lot at one place; without a place, the lot wherever it lies. */
export interface Source {
  key: string;
  lotId: string;
  lot: string;
  placeId: string | null;
  place: string;
  ownerId: string | null;
  /** What may be taken from here. */
  quantity: string;
  hasSerials: boolean;
}

export interface Row {
  key: string;
  kind: Kind;
  source: string;
  quantity: string;
  reason: string;
  serials: string[];
  material: string | null;
}

export type RowProblem = "not_a_number" | "not_positive" | "too_much" | "no_place" | "no_reason" | "no_material" | "no_serials";

type Lot = Schemas["ReportLotOut"];

export function rowOf(kind: Kind, source: string, reason: string, at = 0): Row {
  return { key: `${kind}/${at}`, kind, source, quantity: "", reason, serials: [], material: null };
}

/** Where open goods of the lots lie: each place, and the whole lot where it lies at several. */
export function sourcesOf(lots: Lot[]): Source[] {
  return lots
    .filter((lot) => compare(lot.open, "0") > 0)
    .flatMap((lot) => {
      const own = { lotId: lot.lot_id, lot: lot.lot, hasSerials: lot.has_serials };
      const places = lot.places.map((place) => ({
        ...own,
        key: `${lot.lot_id}/${place.place_id}/${place.owner_id}`,
        placeId: place.place_id,
        place: place.place,
        ownerId: place.owner_id,
        quantity: least(place.quantity, lot.open),
      }));
      const whole = { ...own, key: lot.lot_id, placeId: null, place: "", ownerId: null, quantity: lot.open };
      return places.length === 1 ? places : [...places, whole];
    });
}

function least(a: string, b: string): string {
  return compare(a, b) < 0 ? a : b;
}

/** The decimal that a row asks for; null while nothing, or no number, is typed. */
export function wantedOf(row: Row): string | null {
  return row.serials.length ? String(row.serials.length) : asDecimal(row.quantity);
}

function isAsked(row: Row): boolean {
  return row.serials.length > 0 || row.quantity.trim() !== "";
}

export function askedRows(rows: Row[]): Row[] {
  return rows.filter(isAsked);
}

function takenFrom(rows: Row[], matches: (row: Row) => boolean): string {
  return sum(askedRows(rows).filter(matches).map((row) => wantedOf(row) ?? "0"));
}

/** What is left of a source when the other rows took theirs: never more than is left of its lot. */
export function leftAt(source: Source, sources: Source[], rows: Row[], except?: Row): string {
  const others = rows.filter((row) => row.key !== except?.key);
  const lotOf = new Map(sources.map((one) => [one.key, one.lotId]));
  const open = sources.filter((one) => one.lotId === source.lotId).map((one) => one.quantity);
  const whole = sources.find((one) => one.key === source.lotId)?.quantity ?? open[0] ?? "0";
  const ofLot = minus(whole, takenFrom(others, (row) => lotOf.get(row.source) === source.lotId));
  if (source.placeId === null) return ofLot;
  return least(ofLot, minus(source.quantity, takenFrom(others, (row) => row.source === source.key)));
}

/** What is open in all, given to a disposition, and left. */
export function countOf(lots: Lot[], rows: Row[]): { open: string; given: string; left: string } {
  const open = sum(lots.map((lot) => lot.open));
  const given = takenFrom(rows, () => true);
  return { open, given, left: minus(open, given) };
}

/** What keeps a row from being sent; nothing when it may be. */
export function problemOf(row: Row, sources: Source[], rows: Row[]): RowProblem | null {
  const source = sources.find((one) => one.key === row.source);
  const wanted = wantedOf(row);
  if (!source || wanted === null) return "not_a_number";
  if (compare(wanted, "0") <= 0) return "not_positive";
  const left = leftAt(source, sources, rows, row);
  if (compare(wanted, left) > 0) return "too_much";
  const isPart = compare(wanted, left) < 0;
  // Of several rows without a place one may be what the others leave: the largest.
  const isShared = rows.some((other) => {
    const more = other.key !== row.key && other.source === row.source && isAsked(other) ? wantedOf(other) : null;
    return more !== null && compare(more, wanted) >= 0;
  });
  if (source.placeId === null && (isPart || isShared)) return "no_place";
  const takesAll = compare(wanted, wholeOf(source, sources)) === 0;
  if (source.hasSerials && !takesAll && !row.serials.length) return "no_serials";
  if (row.kind === "regrade" && !row.material) return "no_material";
  return row.reason.trim() ? null : "no_reason";
}

/** The rows, those of one kind taking whatever the others leave, a row a lot. */
export function withRest(kind: Kind, rows: Row[], sources: Source[], reason: string): Row[] {
  const own = rows.filter((row) => row.kind === kind);
  const others = rows.filter((row) => row.kind !== kind);
  const lots = [...new Set(sources.map((source) => source.lotId))];
  const filled = lots.flatMap((lot, at) => {
    const source = sources.find((one) => one.key === lot) ?? sources.find((one) => one.lotId === lot);
    const left = source ? leftAt(source, sources, others) : "0";
    if (!source || compare(left, "0") <= 0) return [];
    const row = own[at] ?? rowOf(kind, source.key, own[0]?.reason ?? reason, at);
    return [{ ...row, source: source.key, quantity: left, serials: [] }];
  });
  const nothing = own.slice(0, 1).map((row) => ({ ...row, quantity: "" }));
  const at = rows.findIndex((row) => row.kind === kind);
  return [...others.slice(0, at), ...(filled.length ? filled : nothing), ...others.slice(at)];
}

function wholeOf(source: Source, sources: Source[]): string {
  return sources.find((one) => one.key === source.lotId)?.quantity ?? source.quantity;
}

/** As the API takes it: what has a place first, so that a lot without one is all that is left. */
export function partsOf(rows: Row[], sources: Source[]): Schemas["DispositionPartIn"][] {
  const byKey = new Map(sources.map((source) => [source.key, source]));
  return askedRows(rows)
    .map((row) => ({ row, source: byKey.get(row.source) }))
    .sort((a, b) => Number(!a.source?.placeId) - Number(!b.source?.placeId))
    .flatMap(({ row, source }) =>
      source
        ? [
            {
              lot_id: source.lotId,
              place_id: source.placeId,
              owner_id: source.ownerId,
              quantity: wantedOf(row),
              serials: row.serials,
              kind: row.kind,
              to_material_id: row.kind === "regrade" ? row.material : null,
              reason: row.reason.trim(),
            },
          ]
        : [],
    );
}
