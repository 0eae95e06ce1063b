import { describe, expect, test } from "vitest";
import { asBody, boundsOf, firstParts, problemOf, type Part } from "./parts";

const lot = (id: string, open: string, consumed = "0") => ({ lot_id: id, open, consumed }) as never;
const part = (given: Partial<Part>): Part => ({ key: 1, lotId: "a", balanceId: null, quantity: "1", serials: [], ...given });

test("all nonconforming units are named, less at most what the test destroyed", () => {
  expect(boundsOf({ nonconforming: "3", lots: [lot("a", "80", "2")] })).toEqual({ least: "1", most: "3" });
  expect(boundsOf({ nonconforming: "1", lots: [lot("a", "80", "2")] })).toEqual({ least: "0", most: "1" });
  expect(boundsOf({ nonconforming: null, lots: [] })).toEqual({ least: "0", most: "0" });
});

test("one lot is meant without asking, of several none is", () => {
  expect(firstParts({ nonconforming: "2", lots: [lot("a", "80"), lot("b", "0")] })).toMatchObject([{ lotId: "a", quantity: "2" }]);
  expect(firstParts({ nonconforming: "2", lots: [lot("a", "80"), lot("b", "5")] })).toMatchObject([{ lotId: null }]);
});

describe("what is wrong is said before the server is asked", () => {
  const bounds = { least: "1", most: "3" };
  test.each([
    [[part({})], 1, null],
    [[part({ quantity: "２" }), part({})], 1, null],
    [[part({ quantity: "4" })], 1, "sum"],
    [[part({ quantity: "x" })], 1, "quantity"],
    [[part({ quantity: "0" })], 1, "quantity"],
    [[part({ lotId: null })], 2, "lot"],
  ])("%#", (parts, lots, problem) => expect(problemOf(parts, bounds, lots)).toBe(problem));
});

test("the body names place and owner, and the pieces", () => {
  const balance = { id: "x", lot_id: "a", place_id: "p", place: "A-1", owner_id: "o", owner: "Own", quantity: "5" };
  expect(asBody([part({ balanceId: "x", quantity: "２", serials: ["S1", "S2"] })], [balance])).toEqual([
    { quantity: "2", lot_id: "a", place_id: "p", owner_id: "o", serials: ["S1", "S2"] },
  ]);
});
