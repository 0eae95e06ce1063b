// Until when a gauge may measure: loud when that is over, amber when it is near.
import { useTranslation } from "react-i18next";
import { dayFromNow } from "@/lib/dates";
import { Shape } from "@/ui/Shape";

const SOON_DAYS = 14;

interface Props {
  gauge: { due_date: string | null; is_overdue: boolean; state: string };
}

export function DueDate({ gauge }: Props) {
  const { t } = useTranslation("equipment");
  if (!gauge.due_date) return <span className="quiet">{t("due.never")}</span>;
  if (gauge.is_overdue) {
    return (
      <span className="late row gauge-due">
        <Shape name="st-alert" size={14} />
        {gauge.due_date} {t("due.over")}
      </span>
    );
  }
  const isSoon = gauge.state === "in_service" && gauge.due_date <= dayFromNow(SOON_DAYS);
  return <span className={isSoon ? "soon" : ""}>{gauge.due_date}</span>;
}
