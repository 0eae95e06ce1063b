// The nonconforming units that a verdict takes out: of which lot, at which place, how many.
import { asDecimal } from "@/lib/quantities";
import { decimal, micros } from "../../grid/decimals";
import type { Inspection } from "../../queries";

export interface Part {
  key: number;
  lotId: string | null;
  /** Place and owner together, as balances have them; needed where a lot lies at several. */
  balanceId: string | null;
  quantity: string;
  /** The pieces, where a lot is controlled by serial numbers: exactly as many as the quantity. */
  serials: string[];
}

export interface Balance {
  id: string;
  lot_id: string;
  place_id: string;
  place: string;
  owner_id: string;
  owner: string;
  quantity: string;
}

/** All d of them have to be named, less at most what the test destroyed. */
export function boundsOf(inspection: Pick<Inspection, "nonconforming" | "lots">): { least: string; most: string } {
  const most = micros(inspection.nonconforming ?? "0") ?? 0n;
  const consumed = inspection.lots.reduce((sum, lot) => sum + (micros(lot.consumed) ?? 0n), 0n);
  const least = most > consumed ? most - consumed : 0n;
  return { least: decimal(least), most: decimal(most) };
}

export function openLots(inspection: Pick<Inspection, "lots">) {
  return inspection.lots.filter((lot) => (micros(lot.open) ?? 0n) > 0n);
}

export function firstParts(inspection: Pick<Inspection, "nonconforming" | "lots">): Part[] {
  const lots = openLots(inspection);
  const { most } = boundsOf(inspection);
  return [{ key: 1, lotId: lots.length === 1 ? lots[0]!.lot_id : null, balanceId: null, quantity: most, serials: [] }];
}

/** What is still wrong with the parts; null when the server may see them. */
export function problemOf(parts: Part[], bounds: { least: string; most: string }, lotCount: number): "quantity" | "lot" | "sum" | null {
  let sum = 0n;
  for (const part of parts) {
    const value = micros(asDecimal(part.quantity));
    if (value === null || value <= 0n) return "quantity";
    if (lotCount > 1 && part.lotId === null) return "lot";
    sum += value;
  }
  return sum < micros(bounds.least)! || sum > micros(bounds.most)! ? "sum" : null;
}

/** As the verdict takes them. */
export function asBody(parts: Part[], balances: Balance[]) {
  return parts.map((part) => {
    const balance = balances.find((b) => b.id === part.balanceId);
    return {
      quantity: asDecimal(part.quantity) ?? part.quantity,
      lot_id: part.lotId,
      place_id: balance?.place_id ?? null,
      owner_id: balance?.owner_id ?? null,
      serials: part.serials,
    };
  });
}
