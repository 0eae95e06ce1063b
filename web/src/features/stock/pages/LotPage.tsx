import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { day, fromNow } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { PrintLabels } from "@/ui/labels/PrintLabels";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { LotActDialog } from "../entities/Lot/LotActDialog";
import { LotActions } from "../entities/Lot/LotActions";
import { LotBound } from "../entities/Lot/LotBound";
import { LotHolds } from "../entities/Lot/LotHolds";
import { LotLabels } from "../entities/Lot/LotLabels";
import { LotMoves } from "../entities/Lot/LotMoves";
import { LotPlaces } from "../entities/Lot/LotPlaces";
import { LotReservations } from "../entities/Lot/LotReservations";
import { LotStatusChips } from "../entities/Lot/LotStatus";
import { LotTrace } from "../entities/Lot/LotTrace";
import { LotVersions } from "../entities/Lot/LotVersions";
import { Unusable } from "../entities/Lot/Unusable";
import type { Verb } from "../entities/Lot/verbs";
import { type Balance, type LotDetail, useBalances, useLot } from "../queries";
import "../entities/Lot/stock.css";

const PARTS = ["trace", "moves", "versions", "reservations", "labels"] as const;
type Part = (typeof PARTS)[number];

export function LotPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const detail = useLot(id);
  useTab(`/lots/${id}`, detail.data?.lot.number);
  return <Shown of={detail}>{(lot) => <LotRecord key={id} detail={lot} />}</Shown>;
}

function LotRecord({ detail }: { detail: LotDetail }) {
  const { t } = useTranslation("stock");
  const { lot } = detail;
  const navigate = useNavigate();
  const balances = useBalances(lot.id).data?.items ?? [];
  const [asked, setAsked] = useState<{ verb: Verb; from?: Balance } | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  const born = detail.versions[0]?.occurred_at;
  return (
    <RecordPage
      record={{ kind: "stock.lot", id: lot.id }}
      kind={t("lot")}
      number={lot.number}
      status={<LotStatusChips lot={lot} />}
      fields={[
        {
          label: t("material"),
          value: (
            <>
              <RecordLink kind="catalog.material" id={lot.material_id} number={lot.material_number} /> {lot.material_name}
            </>
          ),
        },
        { label: t("supplier_lot"), value: lot.supplier_lot || "–" },
        {
          label: t("received_now"),
          value: (
            <>
              {quantity(lot.initial_quantity)} · <Amount value={quantity(lot.quantity)} unit={lot.unit} />
            </>
          ),
        },
        { label: t("usable"), value: <Amount value={quantity(detail.usable_quantity)} unit={lot.unit} /> },
        ...(lot.expires_at ? [{ label: t("expires"), value: <span className={new Date(lot.expires_at) <= new Date() ? "late" : ""}>{day(lot.expires_at)}</span> }] : []),
        { label: t("came"), value: born ? fromNow(born) : "–" },
      ]}
      actions={<LotActions lot={detail} onVerb={(verb) => setAsked({ verb })} onLabels={() => setPrinting(true)} />}
    >
      <Unusable lot={detail} />
      <LotBound detail={detail} />
      {detail.holds.length > 0 && (
        <Panel title={t("holds")} isFlush>
          <LotHolds holds={detail.holds} />
        </Panel>
      )}
      <Panel title={t("places")} isFlush note={detail.measures.map((one) => t("measure", { unit: one.unit, factor: quantity(one.factor), stock: lot.unit })).join(" · ")}>
        <LotPlaces balances={balances} actions={detail.allowed_actions} onVerb={(verb, from) => setAsked({ verb, from })} />
      </Panel>
      <Parts detail={detail} />
      {asked && (
        <LotActDialog
          lot={detail}
          balances={balances}
          verb={asked.verb}
          from={asked.from}
          onClose={() => setAsked(null)}
          onMade={(made) => void navigate({ to: `/lots/${made.id}` as never, search: { part: "labels", made: lot.number } as never })}
        />
      )}
      {isPrinting && (
        <PrintLabels lots={[{ id: lot.id, number: lot.number, detail: lot.material_number, copies: 1 }]} onClose={() => setPrinting(false)} />
      )}
    </RecordPage>
  );
}

/** What is looked at one at a time; which of it, the address says. */
function Parts({ detail }: { detail: LotDetail }) {
  const { t } = useTranslation("stock");
  const { lot } = detail;
  const { part: given } = useSearch({ strict: false }) as { part?: string };
  const navigate = useNavigate();
  const part = PARTS.find((one) => one === given) ?? "trace";
  const show = (next: Part) =>
    void navigate({ to: ".", search: ((before: Record<string, unknown>) => ({ ...before, part: next })) as never, replace: true });
  return (
    <Panel
      title={t(`parts.${part}`)}
      isFlush
      end={<Segmented<Part> size="small" aria-label={t("parts.title")} value={part} onChange={show} options={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))} />}
    >
      {part === "trace" && <LotTrace lotId={lot.id} />}
      {part === "moves" && <LotMoves lotId={lot.id} unit={lot.unit} />}
      {part === "versions" && <LotVersions versions={detail.versions} />}
      {part === "reservations" && <LotReservations lotId={lot.id} unit={lot.unit} />}
      {part === "labels" && <LotLabels lotId={lot.id} />}
    </Panel>
  );
}
