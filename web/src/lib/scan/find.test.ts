import { expect, test } from "vitest";
import { hasWhole, searchedOf } from "./find";
import { readCode } from "./gs1";

const hit = { kind: "stock.lot", id: "1", number: "L-000042", title: "Bearing 6204", detail: "VC-2611-0453" };

test.each(["L-000042", "l-000042", "VC-2611-0453"])("a scan of %s means the record that has it whole", (q) => {
  expect(hasWhole(hit, q)).toBe(true);
});

test.each(["L-0000", "VC-2611", "042", "6204", ""])("a scan of %s means no record that only contains it", (q) => {
  expect(hasWhole(hit, q)).toBe(false);
});

test.each([
  ["(01)09501101020917(10)LOT-1(21)SN-7", "SN-7"],
  ["(01)09501101020917(10)LOT-1", "LOT-1"],
  ["9501101020917", "09501101020917"],
  ["VC-2611-0453", "VC-2611-0453"],
])("of %s the most particular part is searched", (scanned, q) => {
  expect(searchedOf(readCode(scanned))).toBe(q);
});
