// What a scan did at the dock, in words.
import type { TFunction } from "i18next";
import { quantity } from "@/lib/quantities";
import type { Outcome } from "@/lib/scan/scans";
import { type Entry, type Line } from "./delivery";
import type { Effect } from "./scanning";

type Taken = Extract<Effect, { delivery: unknown }>;

export function wordsOf(effect: Taken, lines: Line[], t: TFunction<"receiving">): Outcome {
  const entry = effect.delivery.entries.find((e) => e.key === effect.entry) as Entry;
  const line = lines.find((one) => one.order_line_id === entry.lineId);
  const number = entry.instead?.number ?? line?.material ?? "";
  const words = [number, entry.supplierLot].filter(Boolean).join(" · ");
  const amount = `${quantity(entry.quantity) || "0"} / ${quantity(line?.due)} ${entry.unit}`;
  switch (effect.kind) {
    case "repeat":
      return { state: "refused", words, detail: t("scan.repeat") };
    case "box":
      return { state: "done", words, detail: `${t("scan.box", { n: entry.boxes || entry.serials.length })} · +${quantity(effect.added)} · ${amount}` };
    case "lot":
      return { state: "done", words, detail: t("scan.lot") };
    case "another_lot":
      return { state: "done", words, detail: t("scan.another_lot") };
    case "line":
      return { state: "done", words, detail: amount };
  }
}
