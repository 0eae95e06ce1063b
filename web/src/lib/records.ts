// Where a record of a kind is shown. Whatever names a record (search, scan, timeline, event) links
// by kind and id, and only here is it said which page that is.

const PAGES: Record<string, string> = {
  lot: "/lots",
  order: "/orders",
  arrival: "/arrivals",
  inspection: "/inspections",
  nonconformance_report: "/nonconformance",
  urgent_release: "/urgent-releases",
  concession: "/concessions",
  gauge: "/gauges",
  material: "/materials",
  partner: "/partners",
  supplier_return: "/supplier-returns",
  user: "/users",
};

/** The address of the record's page; null when records of this kind have none of their own. */
export function pathOf(kind: string, id: string): string | null {
  const page = PAGES[kind];
  return page ? `${page}/${id}` : null;
}
