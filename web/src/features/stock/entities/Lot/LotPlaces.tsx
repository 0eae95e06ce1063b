import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { actionOf } from "@/ui/Actions";
import { Amount } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import type { Balance } from "../../queries";
import type { Verb } from "./verbs";

interface Props {
  balances: Balance[];
  actions: Schemas["AllowedAction"][];
  onVerb: (verb: Verb, from: Balance) => void;
}

/** Where a lot stands, whose it is and how much of it is free; acts on what stands there. */
export function LotPlaces({ balances, actions, onVerb }: Props) {
  const { t } = useTranslation("stock");
  const navigate = useNavigate();
  const may = (verb: string) => actionOf(actions, verb)?.is_allowed;
  return (
    <SimpleTable<Balance>
      label={t("places")}
      rows={balances}
      rowKey={(balance) => balance.id}
      none={t("nowhere")}
      columns={[
        { title: t("place"), render: (balance) => <span className="code">{balance.place}</span> },
        { title: t("owner"), render: (balance) => balance.owner },
        { title: t("quantity"), align: "right", render: (balance) => <Amount value={quantity(balance.quantity)} unit={balance.unit} /> },
        { title: t("reserved"), align: "right", render: (balance) => quantity(balance.reserved) },
        { title: t("free"), align: "right", render: (balance) => <b>{quantity(balance.free)}</b> },
        {
          title: t("acts"),
          align: "right",
          render: (balance) => (
            <span className="row-acts">
              {may("move") && (
                <Button type="link" size="small" onClick={() => onVerb("move", balance)}>
                  {t("verb.move")}
                </Button>
              )}
              {may("split") && (
                <Button type="link" size="small" onClick={() => onVerb("split", balance)}>
                  {t("verb.split")}
                </Button>
              )}
              {may("count") && (
                <Button type="link" size="small" onClick={() => void navigate({ to: "/count" as never, search: { place: balance.place_id, lot: balance.lot_id } as never })}>
                  {t("verb.count")}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
