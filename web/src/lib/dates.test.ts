import { expect, test } from "vitest";
import { asDay, dayFromNow } from "./dates";

test.each([
  ["2026-12-31", "2026-12-31"],
  ["20261231", "2026-12-31"],
  ["2026/1/5", "2026-01-05"],
  ["２０２６－０１－０５", "2026-01-05"],
  ["2026年1月5日", "2026-01-05"],
  ["2026-02-30", null],
  ["31-12-2026", null],
  ["soon", null],
])("%s is the day %s", (typed, found) => {
  expect(asDay(typed)).toBe(found);
});

test("days are counted by the calendar", () => {
  expect(dayFromNow(30, new Date(2026, 10, 24, 23, 59))).toBe("2026-12-24");
  expect(dayFromNow(-24, new Date(2026, 10, 24))).toBe("2026-10-31");
});
