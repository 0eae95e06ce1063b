// The lots under inspection, and what became of each: presented is the sum of the others.
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";
import type { Inspection } from "../../queries";

const COLUMNS = ["presented", "accepted", "not_accepted", "open", "consumed", "retained"] as const;

export function Lots({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation("inspections");
  return (
    <Panel title={t("record.lots")} note={inspection.unit} isFlush>
      <SimpleTable
        label={t("record.lots")}
        rows={inspection.lots}
        rowKey={(lot) => lot.lot_id}
        columns={[
          { title: t("queue.lot"), render: (lot) => <RecordLink kind="stock.lot" id={lot.lot_id} number={lot.lot} /> },
          {
            title: t("queue.status"),
            render: (lot) => (
              <span className="row">
                {lot.is_on_hold && <HoldChip plain />}
                <StatusChip of="LotStatus" value={lot.status} plain />
              </span>
            ),
          },
          ...COLUMNS.map((name) => ({
            title: t(`lots.${name}`),
            align: "right" as const,
            render: (lot: Inspection["lots"][number]) => (lot[name] === "0" ? <span className="quiet">0</span> : quantity(lot[name])),
          })),
        ]}
      />
    </Panel>
  );
}
