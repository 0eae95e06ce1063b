// What the inspection after a sort, rework or repair said of each part.
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { compare, quantity } from "@/lib/quantities";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Disposition } from "../../queries";

export function InspectedResult({ disposition }: { disposition: Disposition }) {
  const { t } = useTranslation("nonconformance");
  const found = api.useQuery("get", "/api/v1/inspections/{inspection_id}", {
    params: { path: { inspection_id: disposition.inspection_id ?? "" } },
  });
  const inspection = found.data;
  const parts = (inspection?.lots ?? []).flatMap((lot) => [
    { key: `${lot.lot_id}+`, lot: lot.lot, amount: lot.accepted, isGood: true },
    { key: `${lot.lot_id}-`, lot: lot.lot, amount: lot.not_accepted, isGood: false },
  ]);
  const judged = parts.filter((part) => compare(part.amount, "0") > 0);
  return (
    <span className="row">
      <RecordLink kind="inspections.inspection" id={disposition.inspection_id} number={disposition.inspection ?? ""} />
      {inspection && judged.length === 0 && <StatusChip of="InspectionState" value={inspection.state} plain />}
      {judged.map((part) => (
        <span key={part.key} className="row judged" data-good={part.isGood}>
          <Shape name={part.isGood ? "rd-in" : "rd-out"} size={12} />
          {t(part.isGood ? "dispositions.accepted" : "dispositions.not_accepted", { quantity: quantity(part.amount), unit: disposition.unit })}
        </span>
      ))}
    </span>
  );
}
