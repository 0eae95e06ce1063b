// What the inspection screens read.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { asProblem, NO_ANSWER } from "@/lib/acts";
import { api, http, type Schemas } from "@/lib/client";
import { live } from "@/lib/live";

export type Inspection = Schemas["InspectionDetailOut"];
export type Sampled = Schemas["SampledOut"];
export type Gauge = Schemas["GaugeOut"];
export type QualityCode = Schemas["QualityCodeOut"];
export type ReadingOut = Schemas["ReadingOut"];

const PAGE = 500;

/** An inspection; asked again by itself while no signals arrive. */
export function useInspection(id: string) {
  const isLive = useSyncExternalStore(live.subscribe, () => live.state === "connected");
  return api.useQuery(
    "get",
    "/api/v1/inspections/{inspection_id}",
    { params: { path: { inspection_id: id } } },
    { refetchInterval: isLive ? false : 5_000 },
  );
}

interface PageOf<Row> {
  items: Row[];
  next_cursor: string | null;
}

type Answer<Row> = Promise<{ data?: PageOf<Row>; error?: unknown }>;

/** Every page of a list, one after the other. */
async function allPages<Row>(ask: (cursor: string | undefined) => Answer<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const { data, error } = await ask(cursor).catch(() => ({ data: undefined, error: NO_ANSWER }));
    if (!data) throw asProblem(error);
    rows.push(...data.items);
    cursor = data.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}

function pageOfReadings(inspectionId: string, query: { cursor?: string; limit: number; sort?: string; is_current?: boolean }) {
  return http.GET("/api/v1/inspections/{inspection_id}/readings", {
    params: { path: { inspection_id: inspectionId }, query },
  });
}

/** The readings that count when the grid is opened; what comes later is taken by `newestReadings`. */
const openingReadings = (inspectionId: string) =>
  queryOptions({
    queryKey: ["inspections", "opening-readings", inspectionId],
    queryFn: () => allPages((cursor) => pageOfReadings(inspectionId, { cursor, limit: PAGE, is_current: true })),
    staleTime: "static",
    gcTime: 0,
  });

export function useOpeningReadings(inspectionId: string) {
  return useQuery(openingReadings(inspectionId));
}

/** All readings, corrected ones too, for the record. */
export function useAllReadings(inspectionId: string, isAsked: boolean) {
  return useQuery({
    queryKey: ["get", "/api/v1/inspections/{inspection_id}/readings", "all", inspectionId],
    queryFn: () => allPages((cursor) => pageOfReadings(inspectionId, { cursor, limit: PAGE })),
    enabled: isAsked,
  });
}

/** The newest readings first, as far back as `isNews` says that they are. */
export async function newestReadings(inspectionId: string, isNews: (readings: ReadingOut[]) => boolean): Promise<void> {
  let cursor: string | undefined;
  do {
    const { data } = await pageOfReadings(inspectionId, { cursor, limit: 100, sort: "-id", is_current: true }).catch(() => ({ data: undefined }));
    if (!data || !isNews(data.items)) return;
    cursor = data.next_cursor ?? undefined;
  } while (cursor);
}

/** The sort that this inspection carries out: every unit of its goods is judged, whatever its plan draws. */
export function useSort(inspection: Inspection) {
  const query = { lot_id: inspection.lot_id, kind: "sort", state: "decided", limit: PAGE } as const;
  return api.useQuery(
    "get",
    "/api/v1/dispositions",
    { params: { query } },
    { enabled: inspection.reason === "reinspection", select: (page) => page.items.find((one) => one.inspection_id === inspection.id) ?? null },
  );
}

export function useGauges(siteId: string) {
  return useQuery({
    queryKey: ["get", "/api/v1/gauges", "all", siteId],
    queryFn: () => allPages((cursor) => http.GET("/api/v1/gauges", { params: { query: { site_id: siteId, limit: PAGE, cursor } } })),
    staleTime: 60_000,
  });
}

/** The defects that may be chosen. */
export function useDefects() {
  return useQuery({
    queryKey: ["get", "/api/v1/quality-codes", "defects"],
    queryFn: () =>
      allPages((cursor) =>
        http.GET("/api/v1/quality-codes", { params: { query: { catalogue: "defect", is_active: true, limit: PAGE, cursor } } }),
      ),
    staleTime: 300_000,
  });
}
