// A lot's label opens what waits for inspection of that lot; an inspection's number opens it.
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { http, type Problem } from "@/lib/client";
import { answered, findOne } from "@/lib/scan/find";
import { type Outcome, useScans } from "@/lib/scan/scans";

const KINDS = ["stock.lot", "inspections.inspection"];

async function waitingOf(lotId: string) {
  const query = { lot_id: lotId, state: "open", limit: 1 } as const;
  const page = await answered(http.GET("/api/v1/inspections", { params: { query } }));
  return page.items[0];
}

export function useStartByScan(): void {
  const { t } = useTranslation("inspections");
  const navigate = useNavigate();
  useScans(async ({ code }): Promise<Outcome> => {
    const refused = (words: string, detail = ""): Outcome => ({ state: "refused", words, detail });
    try {
      const found = await findOne(code, (one) => KINDS.includes(one.kind));
      if (found === "none") return refused(t("queue.scan.nothing", { text: code.text }), t("queue.scan.nothing_now"));
      if (!found) return refused(t("queue.scan.not_chosen", { text: code.text }));
      const inspection = found.kind === "stock.lot" ? await waitingOf(found.id) : { id: found.id, number: found.number };
      if (!inspection) return refused(t("queue.scan.none_waits", { lot: found.number }), t("queue.scan.none_waits_now"));
      await navigate({ to: `/inspections/${inspection.id}/readings` as never });
      return { state: "done", words: t("queue.scan.opened", { number: inspection.number, what: found.number }) };
    } catch (thrown) {
      const { detail, remedy } = thrown as Problem;
      return refused(detail || t("queue.scan.no_answer"), remedy);
    }
  });
}
