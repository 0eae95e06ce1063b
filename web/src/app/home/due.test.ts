import { expect, test } from "vitest";
import { byDue, eachOnce, groupOf } from "./due";

const NOW = new Date(2026, 10, 24, 10, 30);
const at = (date: number, hour: number, month = 10) => new Date(2026, month, date, hour).toISOString();

test.each([
  [at(24, 10), "overdue"],
  [at(24, 11), "today"],
  [at(25, 0), "tomorrow"],
  [at(30, 8), "week"],
  [at(24, 8, 11), "later"],
  [null, "no_date"],
])("%s is %s", (due, group) => {
  expect(groupOf(due, NOW)).toBe(group);
});

test("work is grouped, the first due first, what has no date last", () => {
  const items = [
    { number: "C", due: null },
    { number: "B", due: at(24, 12) },
    { number: "A", due: at(24, 11) },
    { number: "D", due: at(23, 9) },
  ];

  expect(byDue(items, NOW).map(({ group, items: found }) => [group, found.map((one) => one.number).join("")])).toEqual([
    ["overdue", "D"],
    ["today", "AB"],
    ["no_date", "C"],
  ]);
});

test("a record of two lists is shown once, as the first list has it", () => {
  const items = [
    { kind: "order", recordId: "1", act: "receive" },
    { kind: "order", recordId: "1", act: "see" },
    { kind: "lot", recordId: "1", act: "see" },
  ];

  expect(eachOnce(items).map((one) => `${one.kind} ${one.act}`)).toEqual(["order receive", "lot see"]);
});
