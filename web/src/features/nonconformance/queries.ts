// What the screens of nonconformance ask.
import { api, type Schemas } from "@/lib/client";

export type Report = Schemas["ReportDetailOut"];
export type ReportRow = Schemas["ReportOut"];
export type Disposition = Schemas["DispositionDetailOut"];
export type Concession = Schemas["ConcessionOut"];

export function useReport(id: string) {
  return api.useQuery("get", "/api/v1/nonconformance-reports/{report_id}", {
    params: { path: { report_id: id } },
  });
}

/** One column of the board: reports in a state, the first due first. */
export function useReportsIn(state: Schemas["ReportState"], closedFrom?: string) {
  return api.useQuery("get", "/api/v1/nonconformance-reports", {
    params: {
      query: { state, closed_from: closedFrom, sort: closedFrom ? "-id" : "due_at", limit: 50, with_total: true },
    },
  });
}

export function useCauses() {
  return api.useQuery("get", "/api/v1/quality-codes", {
    params: { query: { catalogue: "cause", is_active: true, limit: 200 } },
  });
}
