// What waits beside the table: one card each, with why and one button.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fromNow } from "@/lib/dates";
import { Amount, RecordLink } from "@/ui/RecordLink";
import type { Work } from "./useWork";
import { targetOf, Why } from "./WorkTable";

const MOST = 6;

export function Waiting({ work }: { work: Work[] }) {
  const { t } = useTranslation("home");
  const found = work.filter((one) => one.items.length > 0);
  return (
    <aside className="panel waiting" aria-label={t("waiting")}>
      <header>
        <h2>{t("waiting")}</h2>
      </header>
      {found.map(({ source, items, total }) => (
        <section key={source.name} aria-label={t(`count.${source.name}` as never)}>
          <h3>
            {t(`count.${source.name}` as never)}
            {!source.most && (
              <Link className="waiting-total" to={source.page as never} search={source.search as never} aria-label={t("whole_list", { count: total ?? 0 })}>
                {total}
              </Link>
            )}
          </h3>
          <ul>
            {items.slice(0, source.most ?? MOST).map((item) => (
              <li key={item.id}>
                <p>
                  <RecordLink kind={item.kind} id={item.recordId} number={item.number} /> {item.code && <span className="code">{item.code}</span>} {item.title}{" "}
                  {item.amount && <Amount value={item.amount} unit={item.unit} />}
                </p>
                <p className="meta">
                  <Why item={item} />
                  {item.partner && ` · ${item.partner}`}
                </p>
                <p className="row">
                  <Link className="waiting-act" to={targetOf(item) as never}>
                    {t(`act.${item.act}` as never)}
                  </Link>
                  {item.due && <span className="meta">{fromNow(item.due)}</span>}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </aside>
  );
}
