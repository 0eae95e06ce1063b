import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Shape } from "@/ui/Shape";
import type { LotDetail } from "../../queries";
import "@/ui/problem.css";

interface Bounds {
  quantity?: string | null;
  until?: string | null;
  reference_ids?: string[] | null;
  customer_ids?: string[] | null;
}

/** Within which bounds a restricted lot may be used; nothing for other lots. */
export function LotBound({ detail: { lot, bound, versions } }: { detail: LotDetail }) {
  const { t } = useTranslation("stock");
  if (lot.status !== "restricted") return null;
  const latest = versions.at(-1);
  const bounds = (latest?.bounds ?? {}) as Bounds;
  const parts = [
    bound && t("bound.quantity", { remaining: quantity(bound.remaining), quantity: quantity(bound.quantity), unit: lot.unit }),
    bounds.until && t("bound.until", { at: moment(bounds.until) }),
    bounds.reference_ids?.length && t("bound.orders", { count: bounds.reference_ids.length }),
    bounds.customer_ids?.length && t("bound.customers", { count: bounds.customer_ids.length }),
  ].filter(Boolean);
  return (
    <section className="problem" role="note" data-kind="failed" aria-label={t("bound.title")}>
      <Shape name="st-restricted" size={20} />
      <div className="problem-words">
        <h3>{t("bound.title")}</h3>
        <p>{parts.join(" · ") || t("bound.none")}</p>
        {latest?.voucher_number && <p className="meta">{`${latest.voucher_number} · ${moment(latest.occurred_at)}`}</p>}
      </div>
    </section>
  );
}
