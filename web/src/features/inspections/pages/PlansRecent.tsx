// The last five outcomes, the newest last, by shape; in words for those who do not see shapes.
import { useTranslation } from "react-i18next";
import { Shape } from "@/ui/Shape";

export function PlansRecent({ outcomes }: { outcomes: string }) {
  const { t } = useTranslation("plans");
  if (!outcomes) return <span className="quiet">–</span>;
  return (
    <span className="recent" title={t("recent_hint")}>
      {[...outcomes].map((one, at) => (
        <span key={at} data-outcome={one}>
          <Shape name={one === "a" ? "rd-in" : "rd-out"} size={14} />
          <span className="visually-hidden">{t(one === "a" ? "accepted" : "not_accepted")}</span>
        </span>
      ))}
    </span>
  );
}
