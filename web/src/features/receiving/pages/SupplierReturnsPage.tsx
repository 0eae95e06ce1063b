import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";

type Return = RowOf<"/api/v1/supplier-returns">;

export function SupplierReturnsPage() {
  const { t } = useTranslation("receiving");
  const navigate = useNavigate();
  const may = useMay();
  const person = usePersonColumn();
  const columns: Column<Return>[] = [
    { key: "number", title: t("return.number"), width: 160, sort: "number", render: (row) => <RecordLink kind="receiving.supplier_return" id={row.id} number={row.number} /> },
    { key: "returned_at", title: t("return.at"), width: 160, sort: "returned_at", render: (row) => moment(row.returned_at) },
    { key: "supplier", title: t("supplier"), width: 260, render: (row) => <Named kind="partners.partner" id={row.supplier_id} number={row.supplier} name={row.supplier_name} /> },
    { key: "reason", title: t("return.reason"), width: 380, render: (row) => row.reason },
    person("returned", (row: Return) => row.returned_by),
  ];
  return (
    <ListPage
      path="/api/v1/supplier-returns"
      title={t("return.list")}
      columns={columns}
      defaultSort="-returned_at"
      empty={<Empty title={t("return.none")} />}
      actions={may("receiving.return_goods") && <Button onClick={() => void navigate({ to: "/supplier-returns/new" as never })}>{t("return.new")}</Button>}
    />
  );
}
