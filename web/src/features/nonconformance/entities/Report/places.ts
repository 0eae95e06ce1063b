// Where the goods of a report are: one entry a place, and one for each way in which goods left.
import type { Schemas } from "@/lib/client";
import { compare, sum } from "@/lib/quantities";

type Lot = Schemas["ReportLotOut"];

export interface PlaceShare {
  key: string;
  code: string;
  name: string;
  kind: Schemas["PlaceKind"];
  quantity: string;
  lots: { lot: Lot; quantity: string }[];
}

/** Places with what lies there of which lots, the most first. */
export function placesOf(lots: Lot[]): PlaceShare[] {
  const found = new Map<string, PlaceShare>();
  for (const lot of lots) {
    for (const place of lot.places) {
      const share = found.get(place.place_id) ?? {
        key: place.place_id,
        code: place.place,
        name: place.place_name,
        kind: place.place_kind,
        quantity: "0",
        lots: [],
      };
      share.quantity = sum([share.quantity, place.quantity]);
      share.lots.push({ lot, quantity: place.quantity });
      found.set(place.place_id, share);
    }
  }
  return [...found.values()].sort((a, b) => compare(b.quantity, a.quantity));
}

/** Whether goods that left this way are out of reach: somebody outside has them, or will. */
export function isOutOfReach(way: Schemas["MoveKind"]): boolean {
  return way === "ship" || way === "issue";
}
