import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { moment } from "@/lib/dates";
import { openAttachment } from "@/lib/files";
import { useMay } from "@/lib/me";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { PrintButton } from "@/ui/PrintButton";
import { Named, RecordLink } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

export function SupplierReturnPage() {
  const { t } = useTranslation("receiving");
  const { id } = useParams({ strict: false }) as { id: string };
  const may = useMay();
  const found = api.useQuery("get", "/api/v1/supplier-returns/{return_id}", { params: { path: { return_id: id } } });
  const print = useAct("post", "/api/v1/supplier-returns/{return_id}/note", { onDone: (note) => openAttachment(note.id) });
  useTab(`/supplier-returns/${id}`, found.data?.number);
  return (
    <Shown of={found}>
      {(row) => (
        <RecordPage
          record={{ kind: "receiving.supplier_return", id }}
          kind={t("return.one")}
          number={row.number}
          fields={[
            { label: t("supplier"), value: <Named kind="partners.partner" id={row.supplier_id} number={row.supplier} name={row.supplier_name} /> },
            { label: t("return.at"), value: <ByWhom at={moment(row.returned_at)} id={row.returned_by} /> },
            { label: t("return.reason"), value: row.reason || "–" },
          ]}
          actions={
            may("receiving.print_return_note") && (
              <PrintButton
                label={t("return.note")}
                isLoading={print.isPending}
                problem={print.error}
                onPrint={(language) => print.mutate({ path: { return_id: id }, body: { language, reason: "" } })}
                onDismiss={() => print.reset()}
              />
            )
          }
        >
          <Panel title={t("return.lines")} isFlush>
            <SimpleTable
              label={t("return.lines")}
              rows={row.lines}
              rowKey={(line) => line.id}
              columns={[
                { title: t("line"), render: (line) => line.line },
                { title: t("lot"), render: (line) => <RecordLink kind="stock.lot" id={line.lot_id} number={line.lot} /> },
                { title: t("quantity"), align: "right", render: (line) => quantity(line.quantity) },
                { title: t("return.voucher"), render: (line) => line.voucher_number || t("return.by_reason") },
              ]}
            />
          </Panel>
        </RecordPage>
      )}
    </Shown>
  );
}
