import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "@/lib/me";
import { MENU } from "./pages";

export function SideMenu({ path }: { path: string }) {
  const { t } = useTranslation("app");
  const may = useMay();
  const isHere = (page: string) => (page === "/" ? path === "/" : path.startsWith(page));
  return (
    <nav className="side no-print" aria-label={t("menu.title")}>
      {MENU.map((group) => {
        const pages = group.pages.filter((page) => !page.permission || may(page.permission));
        if (!pages.length) return null;
        return (
          <div key={group.name}>
            <h2>{t(`menu.${group.name}` as never)}</h2>
            {pages.map((page) => (
              <Link
                key={page.path}
                to={page.path as never}
                aria-current={isHere(page.path) ? "page" : undefined}
                aria-label={t(`menu.${page.name}` as never)}
              >
                {page.icon}
                <span>{t(`menu.${page.name}` as never)}</span>
              </Link>
            ))}
          </div>
        );
      })}
    </nav>
  );
}
