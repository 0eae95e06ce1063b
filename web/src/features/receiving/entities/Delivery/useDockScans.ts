// Scans at the dock: each goes to its line; what the order does not know is asked about.
import { useTranslation } from "react-i18next";
import { ask } from "@/lib/scan/asking";
import type { Code } from "@/lib/scan/gs1";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { addLot, change, type Line } from "./delivery";
import { scanned } from "./scanning";
import type { Counting } from "./useDelivery";
import { wordsOf } from "./words";

export function useDockScans(counting: Counting, lines: Line[], onUnexpected: (code: Code) => void): void {
  const { t } = useTranslation("receiving");
  useScans(async ({ code }): Promise<Outcome> => {
    const effect = scanned(counting.latest(), lines, code);
    if (effect.kind === "unexpected") {
      onUnexpected(code);
      return { state: "refused", words: code.text, detail: t("scan.unexpected") };
    }
    if (effect.kind !== "which_lot") {
      counting.update(effect.delivery);
      return wordsOf(effect, lines, t);
    }
    const entry = counting.latest().entries.find((e) => e.key === effect.entry);
    const choice = (id: string, title: string) => ({ kind: "", id, number: effect.text, title, detail: "" });
    const chosen = await ask(effect.text, [
      ...(entry?.lineId && !entry.instead ? [choice("another", t("scan.is_another_lot", { lot: entry.supplierLot }))] : []),
      choice("correction", t("scan.is_correction", { lot: entry?.supplierLot ?? "" })),
      choice("unexpected", t("scan.is_unexpected")),
    ], { title: t("scan.what_is", { text: effect.text }), detail: t("scan.what_is_detail") });
    const values = { supplierLot: effect.text };
    if (chosen?.id === "another" && entry?.lineId) counting.update(addLot(counting.latest(), lines, entry.lineId, values));
    else if (chosen?.id === "correction") counting.update(change(counting.latest(), effect.entry, values));
    else if (chosen) onUnexpected(code);
    else return { state: "refused", words: effect.text, detail: t("scan.not_chosen") };
    return { state: chosen.id === "unexpected" ? "refused" : "done", words: effect.text, detail: chosen.title };
  });
}
