// The catalogues of defects, causes and places on the part.
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Empty } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";

type Row = RowOf<"/api/v1/quality-codes">;
const CATALOGUES = ["defect", "cause", "position"] as const;

export function PlansCodesPage() {
  const { t } = useTranslation(["plans", "states"]);
  const columns: Column<Row>[] = [
    { key: "code", title: t("code"), width: 160, render: (row) => <span className="code">{row.code}</span> },
    { key: "catalogue", title: t("catalogue"), width: 140, render: (row) => t(`states:Catalogue.${row.catalogue}`) },
    { key: "name_zh", title: t("name_zh"), width: 260, render: (row) => row.name_zh },
    { key: "name_en", title: t("name_en"), width: 260, render: (row) => row.name_en },
    { key: "class", title: t("class"), width: 110, render: (row) => <SeverityMark value={(row.severity_class || null) as Schemas["SeverityClass"] | null} /> },
    { key: "active", title: t("active"), width: 100, render: (row) => t(row.is_active ? "yes" : "no") },
  ];
  return (
    <ListPage
      path="/api/v1/quality-codes"
      title={t("codes")}
      columns={columns}
      filters={[
        { name: "catalogue", label: t("catalogue"), options: CATALOGUES.map((value) => ({ value, label: t(`states:Catalogue.${value}`) })) },
        { name: "is_active", label: t("active"), options: [{ value: "true", label: t("yes") }, { value: "false", label: t("no") }] },
      ]}
      empty={<Empty title={t("no_codes")} />}
    />
  );
}
