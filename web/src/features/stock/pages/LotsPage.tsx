import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { PrintLabels } from "@/ui/labels/PrintLabels";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { LotStatusChips } from "../entities/Lot/LotStatus";

type Lot = RowOf<"/api/v1/lots">;

export function LotsPage() {
  const { t } = useTranslation("stock");
  const may = useMay();
  const [printed, setPrinted] = useState<Lot[] | null>(null);
  const statuses = useStatusOptions("LotStatus");
  const columns: Column<Lot>[] = [
    { key: "number", title: t("number"), width: 170, sort: "number", render: (lot) => <RecordLink kind="stock.lot" id={lot.id} number={lot.number} /> },
    {
      key: "material",
      title: t("material"),
      width: 260,
      render: (lot) => (
        <>
          <span className="code">{lot.material_number}</span> {lot.material_name}
        </>
      ),
    },
    { key: "status", title: t("status"), width: 240, render: (lot) => <LotStatusChips lot={lot} plain /> },
    { key: "quantity", title: t("quantity"), width: 130, align: "right", render: (lot) => <Amount value={quantity(lot.quantity)} unit={lot.unit} /> },
    { key: "reserved", title: t("reserved"), width: 110, align: "right", render: (lot) => quantity(lot.reserved) },
    { key: "places", title: t("places"), width: 160, render: (lot) => lot.places.join(", ") },
    { key: "supplier_lot", title: t("supplier_lot"), width: 150, render: (lot) => lot.supplier_lot },
    { key: "origin", title: t("origin"), width: 150, render: (lot) => lot.origin_number },
    { key: "expires", title: t("expires"), width: 120, isExtra: true, render: (lot) => lot.expires_at && day(lot.expires_at) },
  ];
  const list = (
    <ListPage
      path="/api/v1/lots"
      title={t("lots")}
      columns={columns}
      defaultSort="-number"
      filters={[
        { name: "status", label: t("status"), options: statuses },
        { name: "material_number", label: t("material") },
        { name: "supplier_lot", label: t("supplier_lot") },
      ]}
      empty={<Empty title={t("none")} />}
      bulk={may("stock.print_labels") ? (chosen) => <Button onClick={() => setPrinted(chosen)}>{t("print_chosen", { count: chosen.length })}</Button> : undefined}
    />
  );
  return (
    <>
      {list}
      {printed && (
        <PrintLabels
          lots={printed.map((lot) => ({ id: lot.id, number: lot.number, detail: lot.material_number, copies: 1 }))}
          onClose={() => setPrinted(null)}
        />
      )}
    </>
  );
}
