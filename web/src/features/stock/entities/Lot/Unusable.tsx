// Why a lot may not be used: the reason, who said so and since when, and what could be used instead.
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { ByWhom } from "@/ui/Person";
import { Shape } from "@/ui/Shape";
import { type Balance, type LotDetail, useUsable } from "../../queries";
import "@/ui/problem.css";

interface Props {
  lot: LotDetail;
  /** What was tried, when something was: "L-000042 was not issued". */
  title?: string;
  /** Take this instead; without it the other lot is opened. */
  onInstead?: (balance: Balance) => void;
}

/** Nothing for a lot that can be used now. */
export function Unusable({ lot: detail, title, onInstead }: Props) {
  const { t } = useTranslation("stock");
  const { lot } = detail;
  const isEmpty = lot.quantity === "0";
  const isUnusable = !isEmpty && detail.usable_quantity === "0" && lot.status !== "restricted";
  if (!isUnusable && !title) return null;
  return (
    <section className="problem" role={title ? "alert" : "note"} data-kind="refused" aria-label={t("unusable.title", { number: lot.number })}>
      <Shape name={lot.open_holds ? "st-hold" : "st-alert"} size={20} />
      <div className="problem-words">
        <h3>{title ?? t("unusable.title", { number: lot.number })}</h3>
        <Why detail={detail} />
        <Instead detail={detail} onInstead={onInstead} />
      </div>
    </section>
  );
}

function Why({ detail }: { detail: LotDetail }) {
  const { t } = useTranslation("stock");
  const { t: state } = useTranslation("states");
  const { lot, holds, versions } = detail;
  const open = holds.filter((hold) => hold.state === "open");
  const latest = versions.at(-1);
  const hasExpired = lot.expires_at !== null && new Date(lot.expires_at) <= new Date();
  return (
    <ul className="why">
      {open.map((hold) => (
        <li key={hold.id}>
          {t("unusable.hold", { number: hold.number, cause: [state(`HoldCause.${hold.cause}`), hold.cause_number].filter(Boolean).join(" ") })} {hold.reason}
          <span className="meta"> <ByWhom at={t("unusable.since", { at: moment(hold.placed_at) })} id={hold.placed_by} /></span>
        </li>
      ))}
      {lot.status !== "released" && latest && (
        <li>
          {t("unusable.status", { status: state(`LotStatus.${lot.status}`) })}
          <span className="meta">
            {" "}
            {[latest.voucher_number, t("unusable.since", { at: moment(latest.occurred_at) })].filter(Boolean).join(" · ")}
          </span>
        </li>
      )}
      {hasExpired && lot.expires_at && <li>{t("unusable.expired", { at: moment(lot.expires_at) })}</li>}
    </ul>
  );
}

function Instead({ detail, onInstead }: { detail: LotDetail; onInstead?: (balance: Balance) => void }) {
  const { t } = useTranslation("stock");
  const navigate = useNavigate();
  const usable = useUsable(detail.lot.material_id);
  const others = (usable.data?.items ?? []).filter((balance) => balance.lot_id !== detail.lot.id).slice(0, 4);
  if (!usable.data) return null;
  if (!others.length) return <p className="problem-remedy">{t("unusable.nothing_else", { material: detail.lot.material_number })}</p>;
  return (
    <>
      <p className="problem-remedy">{t("unusable.instead", { material: detail.lot.material_number })}</p>
      <div className="row">
        {others.map((balance) => (
          <Button key={balance.id} onClick={() => (onInstead ? onInstead(balance) : void navigate({ to: `/lots/${balance.lot_id}` as never }))}>
            {t("unusable.use", { number: balance.lot, quantity: quantity(balance.free), unit: balance.unit, place: balance.place })}
          </Button>
        ))}
      </div>
    </>
  );
}
