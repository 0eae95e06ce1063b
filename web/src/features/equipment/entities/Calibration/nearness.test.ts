import { expect, test } from "vitest";
import { percentOf } from "./nearness";

const reading = (value: string, lower: string | null, upper: string | null, nearness: string, result: "in" | "out" = "in") =>
  ({ value, lower, upper, nearness, result });

test.each([
  [reading("20.01", "20.00", "20.05", "0.2"), 20],
  [reading("20.06", "20.00", "20.05", "0.2", "out"), 100],
  [reading("5", null, "6", "0.1"), 90],
  [reading("7", null, "6", "0.1", "out"), 100],
  [reading("5", "4", null, "0.25"), 25],
])("%o stands at %s percent", (given, percent) => {
  expect(percentOf(given)).toBeCloseTo(percent);
});
