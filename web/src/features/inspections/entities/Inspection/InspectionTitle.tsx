// The title block of an inspection, the same on its record and over its readings.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockTime, day, fromNow, hoursUntil, moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { StatusChip } from "@/ui/status/StatusChip";
import { type Field, TitleBlock } from "@/ui/TitleBlock";
import { sum } from "../../grid/decimals";
import type { Inspection } from "../../queries";
import { SamplingWhy } from "./SamplingWhy";

const SOON_HOURS = 2;

/** When it is due, and how long that is; today by the clock, else by the day. */
export function Due({ at, isOver }: { at: string | null; isOver: boolean }) {
  if (!at) return <>–</>;
  const left = hoursUntil(at);
  const isToday = day(at) === day(new Date());
  const look = isOver ? "" : left < 0 ? "late" : left < SOON_HOURS ? "soon" : "quiet";
  return (
    <>
      {isToday ? clockTime(at) : moment(at)} {!isOver && <span className={look}>{fromNow(at)}</span>}
    </>
  );
}

type Words = (key: "material" | "supplier" | "lots" | "sampling" | "due") => string;

/** `hasSampling`: the record shows its sampling in a panel of its own. */
export function fieldsOf(inspection: Inspection, words: Words, hasSampling: boolean): Field[] {
  const { lots, unit } = inspection;
  const sampled = hasSampling ? inspection.sampled : null;
  const first = lots[0];
  const presented = sum(lots.map((lot) => lot.presented));
  return [
    {
      label: words("material"),
      value: (
        <>
          <span className="code">{inspection.material}</span> {inspection.material_name} <span className="quiet">{sampled?.specification}</span>
        </>
      ),
    },
    {
      label: words("supplier"),
      value: [inspection.supplier, inspection.supplier_name].filter(Boolean).join(" ") || "–",
    },
    {
      label: words("lots"),
      value: (
        <>
          {first && <RecordLink kind="stock.lot" id={first.lot_id} number={first.lot} />}
          {lots.length > 1 && ` +${lots.length - 1}`} · <Amount value={quantity(presented)} unit={unit} />
        </>
      ),
    },
    ...(sampled ? [{ label: words("sampling"), value: <SamplingWhy inspection={inspection} sampled={sampled} /> }] : []),
    { label: words("due"), value: <Due at={inspection.due_at} isOver={inspection.state !== "open"} /> },
  ];
}

export function InspectionTitle({ inspection, actions }: { inspection: Inspection; actions?: ReactNode }) {
  const { t } = useTranslation("inspections");
  return (
    <TitleBlock
      kind={t("record.kind")}
      number={inspection.number}
      status={<StatusChip of="InspectionState" value={inspection.state} />}
      fields={fieldsOf(inspection, (key) => t(`title.${key}`), true)}
      actions={actions}
    />
  );
}
