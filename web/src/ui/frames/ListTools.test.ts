import { expect, it } from "vitest";
import { asQuery, type Filter } from "./ListTools";

const FILTERS: Filter[] = [
  { name: "operation", label: "" },
  { name: "recorded_from", label: "", day: "from" },
  { name: "recorded_before", label: "", day: "to" },
];

it("sends a day as its first moment, or as that of the next, and leaves everything else alone", () => {
  const sent = asQuery(FILTERS, { operation: "stock.hold", recorded_from: "2026-12-31", recorded_before: "2026-12-31", sort: "-id" });

  expect(sent).toEqual({
    operation: "stock.hold",
    sort: "-id",
    recorded_from: new Date(2026, 11, 31).toISOString(),
    recorded_before: new Date(2027, 0, 1).toISOString(),
  });
});

it("sends no day that is none", () => {
  expect(asQuery(FILTERS, { recorded_from: "soon" })).toEqual({});
});
