// A label scanned at the dock: which line of the order it belongs to and what it adds to it.
import { type Code, gs1Date } from "@/lib/scan/gs1";
import { fromMicro, micro } from "@/lib/quantities";
import { addLot, change, type Delivery, type Entry, type Line } from "./delivery";

/** What a scan did to the delivery, or what has to be asked. */
export type Effect =
  | { kind: "line" | "lot" | "repeat" | "another_lot"; entry: string; delivery: Delivery }
  | { kind: "box"; entry: string; delivery: Delivery; added: string }
  /** A text that may be the supplier lot of the open entry, which already has another one. */
  | { kind: "which_lot"; entry: string; text: string }
  /** Nothing of this order. */
  | { kind: "unexpected" };

interface Label {
  supplierLot: string;
  manufacturedDate: string;
  expiresDate: string;
  /** How many are in the box, when the label says it. */
  count: bigint | null;
  serial: string;
  /** What tells this box from every other one. */
  box: string;
}

function labelOf({ elements }: Code): Label {
  return {
    supplierLot: elements["10"] ?? "",
    manufacturedDate: gs1Date(elements["11"]) ?? "",
    expiresDate: gs1Date(elements["17"]) ?? "",
    count: micro(elements["30"] ?? elements["37"]),
    serial: elements["21"] ?? "",
    box: elements["00"] ?? elements["21"] ?? "",
  };
}

const same = (a: string, b: string) => a !== "" && a.toLowerCase() === b.toLowerCase();

/** Whether the code names what the line ordered: GTIN, our number or the supplier's. */
export function isOf(line: Line, { text, elements }: Code): boolean {
  const gtin = elements["01"] ?? elements["02"];
  if (gtin && line.gtin) return line.gtin.padStart(14, "0") === gtin;
  const names = [elements["91"], elements["240"], elements["241"], Object.keys(elements).length ? "" : text];
  return names.some((name) => name !== undefined && (same(name, line.material) || same(name, line.supplier_item)));
}

/** The line that is meant: the one being entered, else the first that still waits for something. */
function lineOf(delivery: Delivery, lines: Line[], code: Code): Line | null {
  const fitting = lines.filter((line) => isOf(line, code));
  const current = delivery.entries.find((e) => e.key === delivery.current && e.isHere)?.lineId;
  const waits = (line: Line) => (micro(line.open) ?? 0n) > 0n;
  return (
    fitting.find((line) => line.order_line_id === current) ??
    fitting.find((line) => waits(line) && delivery.entries.some((e) => e.lineId === line.order_line_id && !e.isHere)) ??
    fitting.find(waits) ??
    fitting[0] ??
    null
  );
}

/** The values that a label gives an entry; what somebody typed stays where the label says nothing. */
function filled(entry: Entry, label: Label): Partial<Entry> {
  return {
    isHere: true,
    supplierLot: label.supplierLot || entry.supplierLot,
    manufacturedDate: label.manufacturedDate || entry.manufacturedDate,
    expiresDate: label.expiresDate || entry.expiresDate,
  };
}

function counted(delivery: Delivery, entry: Entry, label: Label, isSerial: boolean): Effect {
  if (label.box && entry.seen.includes(label.box)) return { kind: "repeat", entry: entry.key, delivery };
  const seen = label.box ? [...entry.seen, label.box] : entry.seen;
  if (isSerial && label.serial) {
    const serials = [...entry.serials, label.serial];
    const values = { ...filled(entry, label), serials, seen, quantity: `${serials.length}` };
    return { kind: "box", entry: entry.key, delivery: change(delivery, entry.key, values), added: "1" };
  }
  if (label.count !== null) {
    // what was filled in as due gives way to what is counted
    const before = entry.boxes ? (micro(entry.quantity) ?? 0n) : 0n;
    const values = { ...filled(entry, label), seen, boxes: entry.boxes + 1, quantity: fromMicro(before + label.count) };
    return { kind: "box", entry: entry.key, delivery: change(delivery, entry.key, values), added: fromMicro(label.count) };
  }
  return { kind: "line", entry: entry.key, delivery: change(delivery, entry.key, { ...filled(entry, label), seen }) };
}

function onLine(delivery: Delivery, lines: Line[], line: Line, label: Label): Effect {
  const own = delivery.entries.filter((e) => e.lineId === line.order_line_id && !e.instead);
  const isSerial = line.lot_control === "serial";
  const fits = (e: Entry) => !label.supplierLot || e.supplierLot === label.supplierLot;
  const entry = own.find((e) => e.isHere && fits(e)) ?? own.find((e) => e.supplierLot === "" && (!e.boxes || fits(e)));
  if (entry) return counted({ ...delivery, current: entry.key }, entry, label, isSerial);
  const added = addLot(delivery, lines, line.order_line_id);
  const another = added.entries.find((e) => e.key === added.current);
  if (!another) return { kind: "unexpected" };
  const effect = counted(added, another, label, isSerial);
  return effect.kind === "line" ? { ...effect, kind: "another_lot" } : effect;
}

export function scanned(delivery: Delivery, lines: Line[], code: Code): Effect {
  const line = lineOf(delivery, lines, code);
  if (line) return onLine(delivery, lines, line, labelOf(code));
  const current = delivery.entries.find((e) => e.key === delivery.current);
  if (!current?.isHere || code.elements["01"] || code.elements["00"]) return { kind: "unexpected" };
  // a label with nothing but the supplier's lot on it, beside the goods that are being entered
  const text = code.elements["10"] ?? code.text;
  if (same(text, current.supplierLot)) return { kind: "repeat", entry: current.key, delivery };
  if (current.supplierLot) return { kind: "which_lot", entry: current.key, text };
  return { kind: "lot", entry: current.key, delivery: change(delivery, current.key, { supplierLot: text }) };
}
