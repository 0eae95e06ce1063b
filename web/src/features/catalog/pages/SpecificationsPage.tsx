import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { useStatusOptions } from "@/ui/status/options";
import { StatusChip } from "@/ui/status/StatusChip";

type Row = RowOf<"/api/v1/specifications">;

export function SpecificationsPage() {
  const { t } = useTranslation("catalog");
  const person = usePersonColumn();
  const columns: Column<Row>[] = [
    { key: "number", title: t("specification"), width: 180, render: (row) => <RecordLink kind="catalog.specification" id={row.id} number={row.number} /> },
    { key: "issue", title: t("issue"), width: 90, align: "right", render: (row) => row.issue },
    { key: "state", title: t("state"), width: 130, render: (row) => <StatusChip of="SpecificationState" value={row.state} plain /> },
    { key: "material", title: t("material"), width: 260, render: (row) => <Named kind="catalog.material" id={row.material_id} number={row.material} name={row.material_name} /> },
    { key: "revision", title: t("revision"), width: 110, render: (row) => row.revision },
    { key: "from", title: t("valid_from"), width: 120, render: (row) => row.valid_from && day(row.valid_from) },
    { key: "to", title: t("valid_to"), width: 120, render: (row) => row.valid_to && day(row.valid_to) },
    person("approved", (row: Row) => row.approved_by),
    { key: "note", title: t("note"), width: 260, render: (row) => row.note },
  ];
  return (
    <ListPage
      path="/api/v1/specifications"
      title={t("specifications")}
      columns={columns}
      filters={[{ name: "state", label: t("state"), options: useStatusOptions("SpecificationState") }]}
      empty={<Empty title={t("no_specifications")} />}
    />
  );
}
