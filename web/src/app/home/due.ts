// Grouping of work by when it is due, by the calendar of the browser.
import { day, dayFromNow } from "@/lib/dates";

export const GROUPS = ["overdue", "today", "tomorrow", "week", "later", "no_date"] as const;
export type Group = (typeof GROUPS)[number];

const WEEK_DAYS = 7;

export function groupOf(due: string | null, now: Date): Group {
  if (due === null) return "no_date";
  if (new Date(due) < now) return "overdue";
  const date = day(due);
  if (date === day(now)) return "today";
  if (date === dayFromNow(1, now)) return "tomorrow";
  return date <= dayFromNow(WEEK_DAYS, now) ? "week" : "later";
}

interface Dated {
  due: string | null;
  number: string;
}

/** The groups that have something, in order; in each the first due first. */
export function byDue<Item extends Dated>(items: Item[], now: Date): { group: Group; items: Item[] }[] {
  const sorted = [...items].sort(
    (a, b) => (a.due ?? "9").localeCompare(b.due ?? "9") || a.number.localeCompare(b.number),
  );
  return GROUPS.map((group) => ({ group, items: sorted.filter((item) => groupOf(item.due, now) === group) })).filter(
    ({ items: found }) => found.length > 0,
  );
}

/** Each record once: whoever has several rights finds it in several lists. */
export function eachOnce<Item extends { kind: string; recordId: string }>(items: Item[]): Item[] {
  const found = new Map<string, Item>();
  for (const item of items) {
    const key = `${item.kind}/${item.recordId}`;
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}
