import { expect, test } from "vitest";
import { errorOf, isOff, pointsOf, resultsOf } from "./points";

test.each([
  ["20", "20.003", "0.003"],
  ["20", "19.998", "-0.002"],
  ["２０", "20", "0"],
  ["20", "", null],
])("a standard of %s shown as %s is off by %s", (reference, shown, error) => {
  expect(errorOf(reference, shown)).toBe(error);
});

test("an error is compared by its size", () => {
  expect(isOff("-0.003", "0.002")).toBe(true);
  expect(isOff("0.002", "0.002")).toBe(false);
  expect(isOff("0.002", "")).toBe(null);
});

test("one point that is off fails, adjusted it passes as left", () => {
  const points = [
    { reference: "10", as_found: "10.001", max_error: "0.002" },
    { reference: "20", as_found: "20.005", as_left: "20.001", max_error: "0.002" },
  ];

  expect(resultsOf(points)).toEqual({ as_found: "fail", as_left: "pass" });
  expect(resultsOf([{ reference: "10", as_found: "10.001" }])).toBe(null);
});

test("rows that are not filled are not sent", () => {
  expect(pointsOf([{ reference: "10", as_found: "10.0" }, { reference: "20" }, {}])).toEqual([
    { reference: "10", as_found: "10.0", as_left: null, max_error: null },
  ]);
});
