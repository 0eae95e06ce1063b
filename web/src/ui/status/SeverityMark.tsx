// How bad a nonconformity is: its class as a ruled word.
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import "./status.css";

export function SeverityMark({ value }: { value: Schemas["SeverityClass"] | null }) {
  const { t } = useTranslation("states");
  if (!value) return null;
  return (
    <span className="severity" data-class={value}>
      {t(`SeverityClass.${value}`)}
    </span>
  );
}
