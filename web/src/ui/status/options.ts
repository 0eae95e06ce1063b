import { useTranslation } from "react-i18next";
import { type StatusName, STATUSES } from "./statuses";

/** The values of a status as the choices of a filter. */
export function useStatusOptions(of: StatusName): { value: string; label: string }[] {
  const { t } = useTranslation("states");
  return Object.keys(STATUSES[of]).map((value) => ({
    value,
    label: t(`${of}.${value}` as never) as string,
  }));
}
