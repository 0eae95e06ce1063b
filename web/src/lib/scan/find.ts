// What a scan means: our own labels by the lot that stands there now, everything else by search. One
// record is opened, several are asked about, none is refused; nothing is guessed.
import { asProblem, NO_ANSWER } from "../acts";
import { http, type Problem } from "../client";
import { ask, type Found } from "./asking";
import { quantity } from "../quantities";
import type { Code } from "./gs1";

type Answer<Data> = Promise<{ data?: Data; error?: unknown }>;

/** The answer, or the refusal thrown as a problem. */
export async function answered<Data>(call: Answer<Data>): Promise<Data> {
  const { data, error } = await call.catch(() => ({ data: undefined, error: NO_ANSWER }));
  if (error !== undefined || data === undefined) throw asProblem(error);
  return data;
}

/** The number that our own label or a plain code says; a code without one leads to no lot of ours. */
function numberOf(code: Code): string | null {
  const { elements } = code;
  return elements["92"] ?? elements["10"] ?? (Object.keys(elements).length ? null : code.text);
}

/** What to search for when it is none of our labels: the most particular thing that the code says. */
export function searchedOf(code: Code): string {
  const { elements } = code;
  return elements["21"] ?? elements["10"] ?? elements["00"] ?? elements["01"] ?? code.text;
}

interface LotSeen {
  id: string;
  number: string;
  material_id: string;
  material_number: string;
  material_name: string;
  places: string[];
  quantity: string;
  unit: string;
}

const asFound = (lot: LotSeen): Found => ({
  kind: "stock.lot",
  id: lot.id,
  number: lot.number,
  title: `${lot.material_number} ${lot.material_name}`,
  detail: [`${quantity(lot.quantity)} ${lot.unit}`, ...lot.places].join(" · "),
});

/** A supplier's label may have a lot number that one of ours has, too: then the GTIN differs. */
async function isOfMaterial(lot: LotSeen, gtin: string | undefined): Promise<boolean> {
  if (!gtin) return true;
  const material = await answered(
    http.GET("/api/v1/materials/{material_id}", { params: { path: { material_id: lot.material_id } } }),
  );
  return material.gtin?.padStart(14, "0") === gtin;
}

/** The lots that one of our labels may mean; several when its lot was split. */
async function findByLabel(code: Code, placeId?: string): Promise<Found[]> {
  const scanned = numberOf(code);
  if (!scanned || scanned.length > 60) return [];
  try {
    const query = placeId ? { scanned, place_id: placeId } : { scanned };
    const lot = await answered(http.GET("/api/v1/lots/by-label", { params: { query } }));
    return (await isOfMaterial(lot, code.elements["01"])) ? [asFound(lot)] : [];
  } catch (thrown) {
    const problem = thrown as Problem;
    if (problem.code === "stock.not_found") return [];
    if (problem.code !== "stock.label_ambiguous") throw problem;
    const numbers = problem.data.candidates as string[];
    const pages = await Promise.all(
      numbers.map((number) => answered(http.GET("/api/v1/lots", { params: { query: { number } } }))),
    );
    return pages.flatMap((page) => page.items.map(asFound));
  }
}

/** Whether a hit has exactly this number, supplier lot or serial: not a part of it, nor of a name. */
export function hasWhole(found: Found, q: string): boolean {
  return [found.number, found.detail].some((text) => text.trim().toLowerCase() === q.toLowerCase() && q !== "");
}

async function findBySearch(code: Code): Promise<Found[]> {
  const q = searchedOf(code);
  if (q.length < 2) return [];
  const { items } = await answered(http.GET("/api/v1/search", { params: { query: { q, limit: 20 } } }));
  return items.filter((hit) => hasWhole(hit, q));
}

/** Everything that a scan may mean. Throws a problem when the server cannot say. */
export async function find(code: Code, placeId?: string): Promise<Found[]> {
  const lots = await findByLabel(code, placeId);
  return lots.length ? lots : findBySearch(code);
}

/** The one record that is meant, asked for when there are several; null when there is none. */
export async function findOne(code: Code, of?: (found: Found) => boolean): Promise<Found | null | "none"> {
  const all = await find(code);
  const found = of ? all.filter(of) : all;
  if (!found.length) return "none";
  return found.length === 1 ? (found[0] ?? null) : ask(code.text, found);
}
