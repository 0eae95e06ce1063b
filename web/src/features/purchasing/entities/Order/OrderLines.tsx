import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { day } from "@/lib/dates";
import { money, quantity } from "@/lib/quantities";
import { Amount, Named } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";

type Line = Schemas["OrderLineOut"];

/** What was ordered, what came of it and what is still to come. */
export function OrderLines({ lines, currency }: { lines: Line[]; currency: string }) {
  const { t } = useTranslation("purchasing");
  const today = day(new Date());
  return (
    <SimpleTable<Line>
      label={t("lines")}
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        { title: t("line"), render: (line) => line.line },
        { title: t("material"), render: (line) => <Named kind="catalog.material" id={line.material_id} number={line.material} name={line.material_name} /> },
        { title: t("ordered"), align: "right", render: (line) => <Amount value={quantity(line.quantity)} unit={line.unit} /> },
        { title: t("received"), align: "right", render: (line) => <Amount value={quantity(line.received)} unit={line.stock_unit} /> },
        { title: t("returned"), align: "right", render: (line) => (Number(line.returned) ? <Amount value={quantity(line.returned)} unit={line.stock_unit} /> : "–") },
        { title: t("open"), align: "right", render: (line) => <Amount value={quantity(line.open)} unit={line.stock_unit} /> },
        { title: t("due"), render: (line) => <span className={!line.is_complete && line.due_date && line.due_date < today ? "late" : ""}>{line.due_date ?? "–"}</span> },
        { title: t("price"), align: "right", render: (line) => money(line.price, currency) },
        { title: t("state"), render: (line) => t(line.is_complete ? "complete" : "incomplete") },
      ]}
    />
  );
}
