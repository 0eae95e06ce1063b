import { describe, expect, test } from "vitest";
import { dueGroup, dueRow } from "./queue";

describe("the queue is grouped by when an inspection is due", () => {
  const now = new Date(2026, 10, 24, 10, 30);
  test.each([
    [new Date(2026, 10, 24, 10, 29), "overdue"],
    [new Date(2026, 10, 23, 23, 0), "overdue"],
    [new Date(2026, 10, 24, 11, 30), "before_noon"],
    [new Date(2026, 10, 24, 12, 0), "today"],
    [new Date(2026, 10, 25, 0, 0), "tomorrow"],
    [new Date(2026, 10, 26, 8, 0), "later"],
  ])("%s is %s", (at, group) => expect(dueGroup(at.toISOString(), now)).toBe(group));
});

test("the row of the rule says why", () => {
  expect([dueRow("inspections.inspection_due@1#first"), dueRow("")]).toEqual(["first", ""]);
});
