// Scans of the whole page: heard wherever the focus is, and opened as a record unless the page that
// is open takes them itself.
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/client";
import { findOne } from "@/lib/scan/find";
import { type Outcome, scans, useScans, type Scan } from "@/lib/scan/scans";
import { listenToWedge } from "@/lib/scan/wedge";
import { pathOf } from "@/lib/records";
import { ScanChoice } from "@/ui/scan/ScanChoice";

export function Scanner() {
  const { t } = useTranslation("scan");
  const navigate = useNavigate();
  useEffect(() => listenToWedge((text) => scans.take(text, "wedge")), []);
  useScans(async ({ code }: Scan): Promise<Outcome> => {
    const refused = (words: string, detail = ""): Outcome => ({ state: "refused", words, detail });
    try {
      const found = await findOne(code, (one) => pathOf(one.kind, one.id) !== null);
      if (found === "none") return refused(t("nothing", { text: code.text }), t("nothing_detail"));
      const path = found && pathOf(found.kind, found.id);
      if (!found || !path) return refused(t("not_chosen", { text: code.text }));
      await navigate({ to: path as never });
      return { state: "done", words: t("opened", { number: found.number }) };
    } catch (thrown) {
      const { detail, remedy } = thrown as Problem;
      return refused(detail || t("no_answer"), remedy);
    }
  });
  return <ScanChoice />;
}
