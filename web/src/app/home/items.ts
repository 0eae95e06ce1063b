// Rows of lists that several sources show, as the things that wait.
import { endOf } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { quantity } from "@/lib/quantities";
import type { Item } from "./source";

export function aReport(row: RowOf<"/api/v1/nonconformance-reports">): Omit<Item, "act"> {
  return {
    id: row.id,
    due: row.due_at,
    kind: "nonconformance.report",
    recordId: row.id,
    number: row.number,
    code: row.material,
    title: row.material_name,
    partner: row.supplier_name ?? undefined,
    amount: quantity(row.open),
    unit: row.unit,
    said: row.description,
  };
}

export function aGauge(row: RowOf<"/api/v1/gauges">): Omit<Item, "act"> {
  return {
    id: row.id,
    due: row.due_date && endOf(row.due_date),
    kind: "equipment.gauge",
    recordId: row.id,
    number: row.number,
    code: row.serial_number,
    title: row.name,
    why: { key: row.is_overdue ? "gauge_over" : "gauge_due" },
  };
}

export function anOrder(row: RowOf<"/api/v1/expected-orders">): Omit<Item, "act"> {
  return {
    id: row.id,
    due: endOf(row.due_date),
    kind: "purchasing.order",
    recordId: row.id,
    number: row.number,
    title: "",
    partner: row.supplier_name,
    why: { key: "lines", values: { count: row.open_lines } },
  };
}
