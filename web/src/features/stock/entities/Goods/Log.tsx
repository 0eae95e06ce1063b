import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockTime } from "@/lib/dates";

export interface Done {
  key: string;
  at: Date;
  words: string;
  /** What can be done about it now, such as taking it back. */
  act?: ReactNode;
}

/** What was done on this page, newest first. */
export function Log({ done }: { done: Done[] }) {
  const { t } = useTranslation("stock");
  if (!done.length) return null;
  return (
    <section className="panel" aria-label={t("log")}>
      <header>
        <h2>{t("log")}</h2>
      </header>
      <ol className="log">
        {done.map((one) => (
          <li key={one.key}>
            <span className="meta">{clockTime(one.at)}</span>
            <span>{one.words}</span>
            <span>{one.act}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
