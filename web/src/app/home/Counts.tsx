// At most five counts, each the length of the list that it leads to.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { groupOf } from "./due";
import type { Work } from "./useWork";

const MOST = 5;

export function Counts({ work }: { work: Work[] }) {
  const { t } = useTranslation("home");
  const counted = work.filter((one) => !one.source.most);
  // What has something comes first, since there is room for five.
  const shown = [...counted].sort((a, b) => Number(b.total !== 0) - Number(a.total !== 0)).slice(0, MOST);
  const now = new Date();
  return (
    <ul className="counts">
      {shown.map(({ source, items, total }) => {
        const late = source.isMain ? items.filter((item) => groupOf(item.due, now) === "overdue").length : 0;
        return (
          <li key={source.name}>
            <Link to={source.page as never} search={source.search as never}>
              <span className="meta">{t(`count.${source.name}` as never)}</span>
              <span className="count">{total ?? "–"}</span>
              {late > 0 && <span className="late">{t(late === items.length && (total ?? 0) > late ? "overdue_more" : "overdue", { count: late })}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
