import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { ByWhom } from "@/ui/Person";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

type Labels = Schemas["LabelsOut"];

/** Which labels were printed of a lot; a counted print can be had again. */
export function LotLabels({ lotId }: { lotId: string }) {
  const { t } = useTranslation("stock");
  const { t: state } = useTranslation("states");
  const prints = api.useQuery("get", "/api/v1/label-prints", { params: { query: { lot_id: lotId, limit: 100 } } });
  return (
    <Shown of={prints}>
      {({ items }) => (
        <SimpleTable<Labels>
          label={t("parts.labels")}
          rows={items}
          rowKey={(row) => row.id}
          none={t("no_labels")}
          columns={[
            { title: t("at"), render: (row) => <ByWhom at={moment(row.occurred_at)} id={row.printed_by} /> },
            { title: t("copies"), align: "right", render: (row) => row.copies },
            { title: t("size"), render: (row) => `${state(`LabelSize.${row.size}`)} · ${state(`LabelFormat.${row.file_format}`)}` },
            { title: t("code"), render: (row) => row.code },
            { title: t("acts"), align: "right", render: (row) => <a href={`/api/v1/label-prints/${row.id}/file`}>{t("file_again")}</a> },
          ]}
        />
      )}
    </Shown>
  );
}
