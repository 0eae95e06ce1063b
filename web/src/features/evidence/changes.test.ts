import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { changesOf, shown } from "./changes";

it("takes the pairs of an entry apart", () => {
  expect(changesOf({ status: ["awaiting_inspection", "released"], name: [null, "M6"] })).toEqual([
    { field: "status", old: "awaiting_inspection", new: "released" },
    { field: "name", old: null, new: "M6" },
  ]);
});

it.each([
  ["stock.lot", "status", "released", { kind: "state", name: "LotStatus", value: "released" }],
  ["stock.lot", "is_urgent", false, { kind: "no" }],
  ["access.user", "password", "***", { kind: "hidden" }],
  ["access.user", "email", "", { kind: "nothing" }],
  ["access.role", "operations", ["stock.read", "stock.ship"], { kind: "text", text: "stock.read, stock.ship" }],
  ["access.role", "operations", [], { kind: "nothing" }],
  ["stock.lot", "open_holds", 0, { kind: "text", text: "0" }],
  ["stock.lot", "lot_id", "01a20df6-2d81-7244-b3fd-7d5edd564be0", { kind: "text", text: "01a20df6", full: "01a20df6-2d81-7244-b3fd-7d5edd564be0" }],
  ["x", "template", { a: 1 }, { kind: "text", text: '{"a":1}' }],
])("shows %s.%s = %j", (kind, field, value, expected) => {
  expect(shown(kind, field, value)).toEqual(expected);
});

it("names only enums that have words", () => {
  const states = JSON.parse(readFileSync("src/ui/locales/en/states.json", "utf8")) as Record<string, unknown>;
  const source = readFileSync("src/features/evidence/changes.ts", "utf8");
  const named = [...source.matchAll(/": "([A-Z]\w+)",/g)].map((found) => found[1] ?? "");

  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !(name in states))).toEqual([]);
});
