// Reads that several screens of stock share.
import { api, http, type Schemas } from "@/lib/client";
import { answered } from "@/lib/scan/find";

export type Lot = Schemas["LotOut"];
export type LotDetail = Schemas["LotDetailOut"];
export type Balance = Schemas["BalanceOut"];
export type Place = Schemas["PlaceOut"];

export function useLot(id: string) {
  return api.useQuery("get", "/api/v1/lots/{lot_id}", { params: { path: { lot_id: id } } });
}

/** Where a lot stands. */
export function useBalances(lotId: string) {
  return api.useQuery("get", "/api/v1/balances", { params: { query: { lot_id: lotId, limit: 100 } } });
}

/** Free stock of a material that could be used instead of a lot. */
export function useUsable(materialId: string, isAsked = true) {
  return api.useQuery("get", "/api/v1/usable-stock", { params: { query: { material_id: materialId, limit: 20 } } }, { enabled: isAsked });
}

/** For what is asked while a scan is worked off. */
export const ask = {
  lot: (id: string) => answered(http.GET("/api/v1/lots/{lot_id}", { params: { path: { lot_id: id } } })),
  balances: (query: { lot_id?: string; place_id?: string }) => answered(http.GET("/api/v1/balances", { params: { query: { ...query, limit: 500 } } })),
  serials: (query: { lot_id: string; place_id: string }) => answered(http.GET("/api/v1/serials", { params: { query: { ...query, limit: 500 } } })),
  places: (code: string) => answered(http.GET("/api/v1/places", { params: { query: { code, is_internal: true } } })),
};
