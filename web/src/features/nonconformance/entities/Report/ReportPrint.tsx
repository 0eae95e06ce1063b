import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { openAttachment } from "@/lib/files";
import { PrintButton } from "@/ui/PrintButton";
import type { Report } from "../../queries";

export function ReportPrint({ report }: { report: Report }) {
  const { t } = useTranslation("nonconformance");
  const print = useAct("post", "/api/v1/nonconformance-reports/{report_id}/print", {
    onDone: (file) => openAttachment(file.id),
  });
  return (
    <PrintButton
      label={t("print", { number: report.number })}
      isLoading={print.isPending}
      problem={print.error}
      onPrint={(language) => print.mutate({ path: { report_id: report.id }, body: { language } })}
      onDismiss={print.reset}
    />
  );
}
