// What a person sees at home follows from what he may do; no role is named anywhere.
import { dayFromNow } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { aGauge, anOrder, aReport } from "./items";
import { source, type Source } from "./source";
import { waiting } from "./waiting-sources";

const GAUGE_DAYS = 30;

export function allSources(): Source[] {
  return [
    source({
      name: "inspections",
      may: ["inspections.record_readings", "inspections.record_result", "inspections.accept"],
      path: "/api/v1/inspections",
      filters: { state: "open" },
      sort: "due_at",
      page: "/inspections",
      isMain: true,
      item: (row) => ({
        id: row.id,
        due: row.due_at,
        kind: "inspections.inspection",
        recordId: row.id,
        number: row.number,
        to: row.plan_version_id ? `/inspections/${row.id}/readings` : undefined,
        code: row.material,
        title: row.material_name,
        partner: row.supplier_name ?? undefined,
        amount: quantity(row.presented),
        unit: row.unit,
        why: row.read
          ? { key: "readings", values: { read: row.read, cells: row.cells } }
          : { key: row.reason === "original" ? (row.severity ? `severity_${row.severity}` : "by_due") : row.reason },
        act: row.read || row.result_count ? "continue" : "start",
      }),
    }),
    source({
      name: "reports",
      may: ["nonconformance.dispose"],
      path: "/api/v1/nonconformance-reports",
      filters: { state: "open" },
      sort: "due_at",
      page: "/nonconformance",
      pageOnly: { view: "list" },
      isMain: true,
      item: (row) => ({ ...aReport(row), act: "decide" }),
    }),
    source({
      name: "expected",
      may: ["receiving.receive_goods"],
      path: "/api/v1/expected-orders",
      filters: { due_to: dayFromNow(7) },
      sort: "due_date",
      page: "/receive",
      isMain: true,
      item: (row) => ({ ...anOrder(row), to: `/receive/${row.id}`, act: "receive" }),
    }),
    source({
      name: "late_orders",
      may: ["purchasing.confirm_order"],
      path: "/api/v1/expected-orders",
      filters: { due_to: dayFromNow(-1) },
      sort: "due_date",
      page: "/receive",
      isMain: true,
      item: (row) => ({ ...anOrder(row), act: "see_order" }),
    }),
    source({
      name: "gauges",
      may: ["equipment.record_calibration"],
      path: "/api/v1/gauges",
      filters: { state: "in_service", due_before: dayFromNow(GAUGE_DAYS) },
      sort: "due",
      page: "/gauges",
      isMain: true,
      item: (row) => ({ ...aGauge(row), act: "calibrate" }),
    }),
    source({
      name: "put_away",
      may: ["stock.move_goods"],
      path: "/api/v1/balances",
      filters: { status: "released", place_kind: "arrival" },
      page: "/balances",
      isMain: true,
      item: (row) => ({
        id: row.id,
        due: null,
        kind: "stock.lot",
        recordId: row.lot_id,
        number: row.lot,
        to: "/move",
        code: row.material_number,
        title: row.material_name,
        amount: quantity(row.quantity),
        unit: row.unit,
        why: { key: "at_place", values: { place: row.place } },
        act: "put_away",
      }),
    }),
    source({
      name: "unreleased",
      may: ["inspections.request_urgent_release"],
      path: "/api/v1/inspections",
      filters: { state: "open" },
      sort: "due_at",
      page: "/inspections",
      isMain: true,
      item: (row) => ({
        id: row.id,
        due: row.due_at,
        kind: "inspections.inspection",
        recordId: row.id,
        number: row.number,
        code: row.material,
        title: row.material_name,
        partner: row.supplier_name ?? undefined,
        amount: quantity(row.presented),
        unit: row.unit,
        why: { key: row.read ? "being_inspected" : "not_begun" },
        act: "see",
      }),
    }),
    ...reading(),
    ...waiting(),
  ];
}

/** What somebody reads who decides nothing: the same lists, seen by the right to read them. */
function reading(): Source[] {
  return [
    source({
      name: "open_reports",
      may: ["nonconformance.read"],
      path: "/api/v1/nonconformance-reports",
      filters: { state: "open" },
      sort: "due_at",
      page: "/nonconformance",
      pageOnly: { view: "list" },
      isMain: true,
      isReading: true,
      item: (row) => ({ ...aReport(row), act: "see" }),
    }),
    source({
      name: "overdue_gauges",
      may: ["equipment.read"],
      path: "/api/v1/gauges",
      filters: { overdue: "true" },
      sort: "due",
      page: "/gauges",
      isMain: true,
      isReading: true,
      item: (row) => ({ ...aGauge(row), act: "see" }),
    }),
  ];
}
