// By when goods under a report should have a disposition, loud when that is over.
import { useTranslation } from "react-i18next";
import { fromNow, moment } from "@/lib/dates";
import type { ReportRow } from "../../queries";

export function Due({ report }: { report: Pick<ReportRow, "due_at" | "state"> }) {
  const { t } = useTranslation("nonconformance");
  if (report.state !== "open") return <span className="quiet">{t("in_time_no_more")}</span>;
  const isLate = new Date(report.due_at) < new Date();
  return (
    <span className={isLate ? "late" : ""} title={moment(report.due_at)}>
      {t(isLate ? "late" : "due_when", { when: fromNow(report.due_at) })}
    </span>
  );
}
