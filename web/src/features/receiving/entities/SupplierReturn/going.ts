// The goods that are put on a return: of which lot, from where, how much, and what sends them back.
import { http, type Schemas } from "@/lib/client";
import { answered } from "@/lib/scan/find";
import { asDecimal, compare, minus } from "@/lib/quantities";

export interface Going {
  lotId: string;
  lot: string;
  material: string;
  unit: string;
  balances: Schemas["BalanceOut"][];
  balanceId: string;
  quantity: string;
  /** The disposition that sends blocked goods back. */
  voucher: { kind: string; id: string; number: string } | null;
  isBlocked: boolean;
}

type Disposition = Schemas["DispositionOut"];

/** What of a disposition has not gone back yet, at most what stands there. */
export function stillToGo(disposition: Disposition | undefined, there: string): string {
  if (!disposition) return there;
  const left = minus(disposition.quantity, disposition.posted);
  return compare(left, there) < 0 ? left : there;
}

/** A lot as it is put on the return; blocked goods come with the disposition that waits for it. */
export async function goingOf(lotId: string): Promise<Going | null> {
  const [{ lot }, { items: balances }] = await Promise.all([
    answered(http.GET("/api/v1/lots/{lot_id}", { params: { path: { lot_id: lotId } } })),
    answered(http.GET("/api/v1/balances", { params: { query: { lot_id: lotId, limit: 100 } } })),
  ]);
  const first = balances[0];
  if (!first) return null;
  const isBlocked = lot.status === "blocked";
  const query = { lot_id: lotId, kind: "return_to_vendor", state: "decided", limit: 1 } as const;
  const disposition = isBlocked ? (await answered(http.GET("/api/v1/dispositions", { params: { query } }))).items[0] : undefined;
  return {
    lotId,
    lot: lot.number,
    material: `${lot.material_number} ${lot.material_name}`,
    unit: lot.unit,
    balances,
    balanceId: first.id,
    quantity: stillToGo(disposition, first.quantity),
    voucher: disposition ? { kind: "nonconformance.disposition", id: disposition.id, number: disposition.number } : null,
    isBlocked,
  };
}

export function linesOf(goods: Going[]): Schemas["ReturnLineIn"][] {
  return goods.map((one) => {
    const balance = one.balances.find((b) => b.id === one.balanceId);
    return {
      lot_id: one.lotId,
      place_id: balance?.place_id ?? "",
      owner_id: balance?.owner_id ?? null,
      quantity: asDecimal(one.quantity) ?? one.quantity,
      serials: [],
      voucher: one.voucher,
    };
  });
}
