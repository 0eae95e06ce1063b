import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { RecordPage } from "@/ui/frames/RecordPage";
import { Amount } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { LotStatusChips } from "../entities/Lot/LotStatus";

export function LotPage() {
  const { t } = useTranslation("stock");
  const { id } = useParams({ strict: false }) as { id: string };
  const detail = api.useQuery("get", "/api/v1/lots/{lot_id}", { params: { path: { lot_id: id } } });
  useTab(`/lots/${id}`, detail.data?.lot.number);
  return (
    <Shown of={detail}>
      {({ lot, usable_quantity }) => (
        <RecordPage
          record={{ kind: "stock.lot", id }}
          kind={t("lot")}
          number={lot.number}
          status={<LotStatusChips lot={lot} />}
          fields={[
            { label: t("material"), value: `${lot.material_number} ${lot.material_name}` },
            { label: t("quantity"), value: <Amount value={quantity(lot.quantity)} unit={lot.unit} /> },
            { label: t("usable"), value: <Amount value={quantity(usable_quantity)} unit={lot.unit} /> },
            { label: t("supplier_lot"), value: lot.supplier_lot || "–" },
          ]}
        >
          {null}
        </RecordPage>
      )}
    </Shown>
  );
}
