// What stands on the dock, as it is counted: one entry for each material and supplier lot. Nothing is
// booked until all of it is sent at once; the server decides what is surplus, this only says it before.
import type { Schemas } from "@/lib/client";
import { fromMicro, micro } from "@/lib/quantities";

export type Expected = Schemas["ExpectedOrderDetailOut"];
export type Line = Schemas["ExpectedLineOut"];

export interface Material {
  id: string;
  number: string;
  name: string;
  unit: string;
}

export interface Entry {
  key: string;
  /** The order line that it came for, or instead of which `instead` came; null: nobody ordered it. */
  lineId: string | null;
  /** The material that came although another one, or none, was ordered. */
  instead: Material | null;
  isHere: boolean;
  quantity: string;
  unitId: string | null;
  unit: string;
  supplierLot: string;
  manufacturedDate: string;
  expiresDate: string;
  serials: string[];
  /** How many boxes were scanned, and which of them can be told apart. */
  boxes: number;
  seen: string[];
}

export interface Delivery {
  entries: Entry[];
  /** The entry that is being entered. */
  current: string;
  deliveryNote: string;
  placeId: string | null;
}

const BLANK: Omit<Entry, "key" | "lineId" | "quantity" | "unitId" | "unit"> = {
  instead: null,
  isHere: false,
  supplierLot: "",
  manufacturedDate: "",
  expiresDate: "",
  serials: [],
  boxes: 0,
  seen: [],
};

export function entryOf(line: Line, quantity: string, key: string): Entry {
  return { ...BLANK, key, lineId: line.order_line_id, quantity, unitId: line.due_unit_id, unit: line.due_unit };
}

const isPositive = (text: string) => (micro(text) ?? 0n) > 0n;

/** Everything that is due, filled in; ticked at once where the order waits for one line only. */
export function start(lines: Line[]): Delivery {
  const open = lines.filter((line) => isPositive(line.due));
  const entries = lines.map((line) => ({
    ...entryOf(line, isPositive(line.due) ? line.due : "", `${line.line}`),
    isHere: open.length === 1 && line === open[0],
  }));
  const current = entries.find((e) => e.isHere) ?? entries.find((e) => isPositive(e.quantity));
  return { entries, current: current?.key ?? entries[0]?.key ?? "", deliveryNote: "", placeId: null };
}

export function change(delivery: Delivery, key: string, values: Partial<Entry>): Delivery {
  return { ...delivery, entries: delivery.entries.map((e) => (e.key === key ? { ...e, ...values } : e)) };
}

/** Another supplier lot of the same line, after those that it has. */
export function addLot(delivery: Delivery, lines: Line[], lineId: string, values: Partial<Entry> = {}): Delivery {
  const line = lines.find((one) => one.order_line_id === lineId);
  if (!line) return delivery;
  const last = delivery.entries.findLastIndex((e) => e.lineId === lineId);
  const n = delivery.entries.filter((e) => e.lineId === lineId).length + 1;
  const entry = { ...entryOf(line, "", `${line.line}.${n}`), isHere: true, ...values };
  return { ...delivery, current: entry.key, entries: delivery.entries.toSpliced(last + 1, 0, entry) };
}

/** A supplier lot whose label says nothing else: of the line's first entry without one, or another. */
export function giveLot(delivery: Delivery, lines: Line[], lineId: string, supplierLot: string): Delivery {
  const entry = delivery.entries.find((e) => e.lineId === lineId && !e.instead && e.supplierLot === "");
  if (!entry) return addLot(delivery, lines, lineId, { supplierLot });
  return change({ ...delivery, current: entry.key }, entry.key, { supplierLot, isHere: true });
}

/** Goods that no line asked for, or that came instead of what line `lineId` asked for. */
export function addUnexpected(delivery: Delivery, material: Material, lineId: string | null, values: Partial<Entry> = {}): Delivery {
  const n = delivery.entries.filter((e) => e.instead).length + 1;
  const entry: Entry = { ...BLANK, key: `x${n}`, lineId, instead: material, isHere: true, quantity: "", unitId: null, unit: material.unit, ...values };
  return { ...delivery, current: entry.key, entries: [...delivery.entries, entry] };
}

export function remove(delivery: Delivery, key: string): Delivery {
  const entries = delivery.entries.filter((e) => e.key !== key);
  return { ...delivery, entries, current: delivery.current === key ? (entries[0]?.key ?? "") : delivery.current };
}

/** The quantity of an entry in the stock unit, in millionths; null when it is no quantity. */
function inStock(entry: Entry, line: Line): bigint | null {
  const quantity = micro(entry.quantity);
  if (quantity === null || entry.unitId === line.stock_unit_id || line.unit_id === line.stock_unit_id) return quantity;
  return (quantity * (micro(line.per_unit) ?? 0n)) / 1_000_000n;
}

function broughtFor(delivery: Delivery, line: Line): bigint {
  const own = delivery.entries.filter((e) => e.lineId === line.order_line_id && !e.instead && e.isHere);
  return own.reduce((sum, e) => sum + (inStock(e, line) ?? 0n), 0n);
}

/** By how much a line gets more than expected, tolerance included, and less; stock unit. */
export function difference(delivery: Delivery, line: Line): { over: string | null; under: string | null } {
  const brought = broughtFor(delivery, line);
  const over = brought - (micro(line.room) ?? 0n);
  const under = (micro(line.open) ?? 0n) - brought;
  return {
    over: over > 0n ? fromMicro(over) : null,
    under: brought > 0n && under > 0n ? fromMicro(under) : null,
  };
}

/** What will be sent: the entries that are here. */
export function entered(delivery: Delivery): Entry[] {
  return delivery.entries.filter((e) => e.isHere);
}

/** What an entry that is here still lacks; null when it can be sent. */
export function lackOf(entry: Entry, lines: Line[]): "quantity" | "serials" | null {
  if (!isPositive(entry.quantity)) return "quantity";
  const line = lines.find((one) => one.order_line_id === entry.lineId);
  const isSerial = !entry.instead && line?.lot_control === "serial";
  return isSerial && micro(entry.quantity) !== micro(`${entry.serials.length}`) ? "serials" : null;
}

/** The lines as the API takes them. */
export function linesOf(delivery: Delivery): Schemas["DeliveryLineIn"][] {
  return entered(delivery).map((e) => ({
    quantity: fromMicro(micro(e.quantity) ?? 0n),
    order_line_id: e.lineId,
    material_id: e.instead?.id ?? null,
    unit_id: e.unitId,
    supplier_lot: e.supplierLot.trim(),
    maker: "",
    manufactured_date: e.manufacturedDate || null,
    expires_date: e.expiresDate || null,
    serials: e.serials,
  }));
}
