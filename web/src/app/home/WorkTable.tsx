// My work, grouped by when it is due: what, why it is here, by when, and one button.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clockTime, day, dayFromNow, fromNow, moment } from "@/lib/dates";
import { pathOf } from "@/lib/records";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { byDue, type Group } from "./due";
import type { Item } from "./source";

/** Overdue for longer than this, the day says more than how long ago it was. */
const LONG_DAYS = 30;

export function WorkTable({ items }: { items: Item[] }) {
  const { t } = useTranslation("home");
  const groups = byDue(items, new Date());
  return (
    <div className="table-scroll">
      <table className="plain-table work">
        <thead>
          <tr>
            <th scope="col">{t("due")}</th>
            <th scope="col">{t("record")}</th>
            <th scope="col">{t("item")}</th>
            <th scope="col">{t("partner")}</th>
            <th scope="col" className="number">{t("quantity")}</th>
            <th scope="col">{t("why_here")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("what_now")}</span>
            </th>
          </tr>
        </thead>
        {groups.map(({ group, items: rows }) => (
          <tbody key={group} data-group={group}>
            <tr className="work-group">
              <th scope="rowgroup" colSpan={7}>
                {t(`group.${group}`)} · {rows.length}
              </th>
            </tr>
            {rows.map((item) => (
              <tr key={item.id}>
                <td>
                  <Due item={item} group={group} />
                </td>
                <td>
                  <RecordLink kind={item.kind} id={item.recordId} number={item.number} />
                </td>
                <td className="work-item" title={`${item.code ?? ""} ${item.title}`}>
                  {item.code && <span className="code">{item.code}</span>} {item.title}
                </td>
                <td className="work-partner" title={item.partner}>
                  {item.partner}
                </td>
                <td className="number">{item.amount && <Amount value={item.amount} unit={item.unit} />}</td>
                <td className="meta work-why" title={item.said}>
                  <Why item={item} />
                </td>
                <td className="number">
                  <Link to={targetOf(item) as never}>{t(`act.${item.act}` as never)}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

export function targetOf(item: Item): string {
  return item.to ?? pathOf(item.kind, item.recordId) ?? "/";
}

export function Why({ item }: { item: Item }) {
  const { t } = useTranslation("home");
  const why = item.why && t(`why.${item.why.key}` as never, item.why.values as never);
  return <>{[why, item.said].filter(Boolean).join(" · ")}</>;
}

function Due({ item, group }: { item: Item; group: Group }) {
  if (!item.due) return <span className="quiet">–</span>;
  const isLong = new Date(item.due) < new Date(dayFromNow(-LONG_DAYS));
  const isToday = group === "today" || group === "tomorrow";
  return (
    <span className={group === "overdue" ? "late" : group === "today" ? "soon" : ""} title={moment(item.due)}>
      {group === "overdue" && !isLong ? fromNow(item.due) : isToday ? clockTime(item.due) : day(item.due)}
    </span>
  );
}
