// The lot in hand, large enough to be read from a step away.
import { Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { RecordLink } from "@/ui/RecordLink";
import { LotStatusChips } from "../Lot/LotStatus";
import type { InHand } from "./inHand";

interface Props {
  inHand: InHand;
  onQuantity: (quantity: string) => void;
  onEnter?: () => void;
  children?: ReactNode;
}

export function HandCard({ inHand: { detail, balance, quantity: chosen }, onQuantity, onEnter, children }: Props) {
  const { t } = useTranslation("stock");
  const { lot } = detail;
  return (
    <section className="panel in-hand" aria-label={t("in_hand", { number: lot.number })}>
      <div className="body stack">
        <div className="row">
          <h2>
            <RecordLink kind="stock.lot" id={lot.id} number={lot.number} />
          </h2>
          <LotStatusChips lot={lot} />
        </div>
        <p>
          <span className="code">{lot.material_number}</span> {lot.material_name}
          {lot.supplier_lot && <span className="quiet"> · {lot.supplier_lot}</span>}
        </p>
        <label className="row">
          <span className="quiet">{t("quantity")}</span>
          <Input
            className="count-input"
            inputMode="decimal"
            aria-label={t("quantity")}
            value={chosen}
            suffix={lot.unit}
            onFocus={(event) => event.target.select()}
            onChange={(event) => onQuantity(event.target.value)}
            onPressEnter={onEnter}
          />
          <span className="meta">{t("of_free", { free: quantity(balance.free), quantity: quantity(balance.quantity), place: balance.place })}</span>
        </label>
        {children}
      </div>
    </section>
  );
}
