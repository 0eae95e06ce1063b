// A page that is not there, one that is not for this person, and one whose own code failed.
import { Button } from "antd";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "@/ui/states";

export function NotFound() {
  const { t } = useTranslation("app");
  return (
    <Empty title={t("not_found")}>
      <Link to="/">{t("to_home")}</Link>
    </Empty>
  );
}

/** A page for doing what the person's roles do not include; lists are refused by the server. */
export function NoRight({ operation }: { operation: string }) {
  const { t } = useTranslation(["app", "history"]);
  return (
    <Empty title={t("no_right.title")}>
      <p role="alert">{t("no_right.why", { what: t(`history:operation.${operation}` as never), operation })}</p>
      <Link to="/">{t("to_home")}</Link>
    </Empty>
  );
}

export function Failed({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation("app");
  return (
    <Empty title={t("page_failed")}>
      <p className="meta">{error instanceof Error ? error.message : String(error)}</p>
      <Button onClick={() => (reset ? reset() : location.reload())}>{t("reload")}</Button>
    </Empty>
  );
}
