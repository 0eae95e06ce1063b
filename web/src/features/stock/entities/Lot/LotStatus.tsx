import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";

type Lot = Pick<Schemas["LotOut"], "status" | "open_holds" | "is_urgent">;

/** The status of a lot, the hold that beats it, and the mark of an urgent release. */
export function LotStatusChips({ lot, plain = false }: { lot: Lot; plain?: boolean }) {
  const { t } = useTranslation("stock");
  return (
    <span className="row">
      {lot.open_holds > 0 && <HoldChip plain={plain} />}
      <StatusChip of="LotStatus" value={lot.status} plain={plain} />
      {lot.is_urgent && <span className="meta">{t("urgent")}</span>}
    </span>
  );
}
