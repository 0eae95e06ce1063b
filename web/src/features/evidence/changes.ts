// The changes of an audit entry, in words: which field, from what, to what.
import { moment } from "@/lib/dates";

export interface Change {
  field: string;
  old: unknown;
  new: unknown;
}

/** The enum of the API whose words are those of a field's values. */
const ENUMS: Record<string, string> = {
  "stock.lot.status": "LotStatus",
  "stock.hold.cause": "HoldCause",
  "stock.place.place_kind": "PlaceKind",
  "inspections.inspection.state": "InspectionState",
  "inspections.plan_version.state": "PlanState",
  "inspections.urgent_release.state": "UrgentReleaseState",
  "inspections.sampling_state.status": "SamplingStatus",
  "nonconformance.report.state": "ReportState",
  "nonconformance.report.source": "Source",
  "nonconformance.report.severity_class": "SeverityClass",
  "nonconformance.disposition.state": "DispositionState",
  "nonconformance.disposition.disposition_kind": "DispositionKind",
  "nonconformance.concession.state": "ConcessionState",
  "purchasing.order.state": "OrderState",
  "equipment.gauge.state": "GaugeState",
  "catalog.specification.state": "SpecificationState",
  "catalog.control_profile.lot_control": "LotControl",
  "catalog.control_profile.inspection": "InspectionNeed",
  "partners.supply_block.blocked_function": "BlockedFunction",
  "attachments.attachment.purpose": "Purpose",
};

/** Field by field; the first version of a record has nothing old. */
export function changesOf(changes: Record<string, unknown>): Change[] {
  return Object.entries(changes).map(([field, pair]) => {
    const [old, fresh] = Array.isArray(pair) ? (pair as unknown[]) : [null, pair];
    return { field, old, new: fresh };
  });
}

export type Shown =
  | { kind: "nothing" }
  | { kind: "yes" | "no" | "hidden" }
  | { kind: "state"; name: string; value: string }
  | { kind: "text"; text: string; full?: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** How a value of a field is shown. */
export function shown(recordKind: string, field: string, value: unknown): Shown {
  if (value === null || value === undefined || value === "") return { kind: "nothing" };
  if (typeof value === "boolean") return { kind: value ? "yes" : "no" };
  if (value === "***") return { kind: "hidden" };
  if (typeof value === "string") {
    const name = ENUMS[`${recordKind}.${field}`];
    if (name) return { kind: "state", name, value };
    if (UUID.test(value)) return { kind: "text", text: value.slice(0, 8), full: value };
    return { kind: "text", text: MOMENT.test(value) ? moment(value) : value };
  }
  if (typeof value === "number") return { kind: "text", text: String(value) };
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) {
    return value.length ? { kind: "text", text: value.join(", ") } : { kind: "nothing" };
  }
  return { kind: "text", text: JSON.stringify(value) };
}
