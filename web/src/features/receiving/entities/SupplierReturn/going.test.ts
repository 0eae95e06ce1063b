import { expect, test } from "vitest";
import type { Schemas } from "@/lib/client";
import { type Going, linesOf, stillToGo } from "./going";

const disposition = { quantity: "70", posted: "20" } as Schemas["DispositionOut"];

test.each([
  [undefined, "100", "100"],
  [disposition, "100", "50"],
  [disposition, "30", "30"],
])("of %o with %s there goes back %s", (decided, there, goes) => {
  expect(stillToGo(decided, there)).toBe(goes);
});

test("each line names its place, its owner and what sends it back", () => {
  const going = { lotId: "l1", balances: [{ id: "b1", place_id: "p1", owner_id: "o1" }], balanceId: "b1", quantity: "１０", voucher: { kind: "k", id: "v", number: "D-1" } };

  expect(linesOf([going as unknown as Going])).toEqual([
    { lot_id: "l1", place_id: "p1", owner_id: "o1", quantity: "10", serials: [], voucher: { kind: "k", id: "v", number: "D-1" } },
  ]);
});
