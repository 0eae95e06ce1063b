import { useTranslation } from "react-i18next";
import { StatusChip } from "@/ui/status/StatusChip";

/** Whether somebody may sign in, or a machine act. */
export function UserStatus({ user, plain = false }: { user: { is_active: boolean }; plain?: boolean }) {
  return <StatusChip of="AccountState" value={user.is_active ? "active" : "deactivated"} plain={plain} />;
}

/** The kinds of second factor that a user has, by name, once each. */
export function SecondFactors({ user }: { user: { second_factors: { type: string }[] } }) {
  const { t } = useTranslation("access");
  const types = [...new Set(user.second_factors.map((factor) => factor.type))];
  if (!types.length) return <span className="quiet">{t("factors.none")}</span>;
  return <>{types.map((type) => t(`factors.${type}` as never)).join(", ")}</>;
}
