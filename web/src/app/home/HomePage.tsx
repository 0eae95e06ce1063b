import { Empty } from "@/ui/states";
import { useTranslation } from "react-i18next";

export function HomePage() {
  const { t } = useTranslation("app");
  return <Empty title={t("menu.home")} />;
}
