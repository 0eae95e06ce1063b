// The lots of an arrival: as they came, and as they stand now.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";

type Line = Schemas["ArrivalLineOut"];
type Lot = Schemas["LotOut"];

export function ArrivalLots({ lines, lots }: { lines: Line[]; lots: Lot[] }) {
  const { t } = useTranslation("receiving");
  const mayMove = useMay()("stock.move_goods");
  const now = (line: Line) => lots.find((lot) => lot.id === line.lot_id);
  return (
    <SimpleTable<Line>
      label={t("lots")}
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        { title: t("lot"), render: (line) => <RecordLink kind="stock.lot" id={line.lot_id} number={line.lot} /> },
        {
          title: t("material"),
          render: (line) => (
            <>
              <span className="code">{line.material}</span> {line.material_name}
            </>
          ),
        },
        { title: t("supplier_lot"), render: (line) => line.supplier_lot || "–" },
        { title: t("quantity"), align: "right", render: (line) => <Amount value={quantity(line.stock_quantity)} unit={line.stock_unit} /> },
        { title: t("how_it_came"), render: (line) => <StatusChip of="ArrivalLineKind" value={line.line_kind} plain /> },
        {
          title: t("status_now"),
          render: (line) => {
            const lot = now(line);
            return (
              <span className="row">
                {line.is_on_hold && <HoldChip plain />}
                {lot && <StatusChip of="LotStatus" value={lot.status} plain />}
              </span>
            );
          },
        },
        { title: t("where"), render: (line) => now(line)?.places.join(", ") || "–" },
        ...(mayMove ? [{ title: t("acts"), render: (line: Line) => now(line)?.quantity !== "0" && <PutAway line={line} /> }] : []),
      ]}
    />
  );
}

/** Opens the two scans of putting away with this lot scanned already. */
export function PutAway({ line }: { line: Pick<Line, "lot_id" | "lot"> }) {
  const { t } = useTranslation("receiving");
  return (
    <Link to={"/move" as never} search={{ lot: line.lot_id } as never} aria-label={t("put_away_lot", { lot: line.lot })}>
      {t("put_away")}
    </Link>
  );
}
