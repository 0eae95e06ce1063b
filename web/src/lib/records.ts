// Where a record of a kind is shown. Whatever names a record (search, scan, timeline, event) links
// by kind and id, and only here is it said which page that is. The kinds are those of the server.

const PAGES = {
  "stock.lot": "/lots",
  "purchasing.order": "/orders",
  "receiving.arrival": "/arrivals",
  "inspections.inspection": "/inspections",
  "nonconformance.report": "/nonconformance",
  "inspections.urgent_release": "/urgent-releases",
  "nonconformance.concession": "/concessions",
  "equipment.gauge": "/gauges",
  "equipment.calibration": "/calibrations",
  "catalog.material": "/materials",
  "partners.partner": "/partners",
  "receiving.supplier_return": "/supplier-returns",
  "access.user": "/users",
  "access.role": "/roles",
  "catalog.specification": "/specifications",
  "inspections.plan": "/plans",
  "inspections.sampling_state": "/sampling-states",
} as const;

export type RecordKind = keyof typeof PAGES;

/** The address of the record's page; null when records of this kind have none of their own. */
export function pathOf(kind: string, id: string): string | null {
  return kind in PAGES ? `${PAGES[kind as RecordKind]}/${id}` : null;
}
