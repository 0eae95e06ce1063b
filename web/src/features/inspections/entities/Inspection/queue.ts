// When an inspection is due, as the queue is grouped by: overdue, this half day, today, tomorrow, later.
import { day } from "@/lib/dates";

export type DueGroup = "overdue" | "before_noon" | "today" | "tomorrow" | "later";

export function dueGroup(dueAt: string, now: Date = new Date()): DueGroup {
  const at = new Date(dueAt);
  if (at < now) return "overdue";
  if (day(at) === day(now)) return at.getHours() < 12 ? "before_noon" : "today";
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return day(at) === day(tomorrow) ? "tomorrow" : "later";
}

/** Which row of the rule gave the due time: "first" of "inspections.inspection_due@1#first". */
export function dueRow(rule: string): string {
  return rule.split("#")[1] ?? "";
}
