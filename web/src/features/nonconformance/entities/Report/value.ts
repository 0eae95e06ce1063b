import { money, rounded } from "@/lib/quantities";

/** What the goods are worth at order price, as it is shown; nothing when it is not known. */
export function valueOf(report: { estimated_cost: string | null; currency: string }): string {
  return report.estimated_cost ? money(rounded(report.estimated_cost, 2), report.currency) : "";
}
