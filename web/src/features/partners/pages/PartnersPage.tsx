import { useTranslation } from "react-i18next";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";

type Row = RowOf<"/api/v1/partners">;

export function PartnersPage() {
  const { t } = useTranslation(["partners", "states"]);
  const yesNo = (yes: string, no: string) => [{ value: "true", label: yes }, { value: "false", label: no }];
  const columns: Column<Row>[] = [
    { key: "number", title: t("partner"), width: 200, sort: "number", render: (row) => <RecordLink kind="partners.partner" id={row.id} number={row.number} /> },
    { key: "name", title: t("name"), width: 380, sort: "name", render: (row) => row.name },
    { key: "roles", title: t("roles"), width: 240, render: (row) => row.roles.map((role) => t(`states:PartnerRole.${role}`)).join(", ") },
    { key: "active", title: t("state"), width: 130, render: (row) => t(row.is_active ? "active" : "inactive") },
  ];
  return (
    <ListPage
      path="/api/v1/partners"
      title={t("partners")}
      columns={columns}
      defaultSort="number"
      filters={[
        { name: "is_supplier", label: t("states:PartnerRole.supplier"), options: yesNo(t("yes"), t("no")) },
        { name: "is_customer", label: t("states:PartnerRole.customer"), options: yesNo(t("yes"), t("no")) },
        { name: "is_active", label: t("state"), options: yesNo(t("active"), t("inactive")) },
      ]}
      empty={<Empty title={t("no_partners")} />}
    />
  );
}
