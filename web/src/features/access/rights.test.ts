import { describe, expect, it } from "vitest";
import { grouped, matching } from "./rights";

const permission = (operation: string, name_en = operation, name_zh = operation) => ({ operation, name_en, name_zh });

describe("grouped", () => {
  it("puts the work before what keeps it running, and what it does not know last", () => {
    const groups = grouped([permission("access.read"), permission("zebra.run"), permission("stock.read"), permission("stock.move_goods")]);

    expect(groups.map((group) => group.context)).toEqual(["stock", "access", "zebra"]);
    expect(groups[0]?.permissions.map((one) => one.operation)).toEqual(["stock.read", "stock.move_goods"]);
  });
});

describe("matching", () => {
  const all = [permission("stock.place_hold", "Place holds", "冻结批次"), permission("stock.read", "See stock", "查看库存")];

  it.each([
    ["HOLD", 1],
    ["冻结", 1],
    ["stock.", 2],
    ["  ", 2],
    ["nothing", 0],
  ])("finds by %j in either language", (typed, count) => {
    expect(matching(all, typed)).toHaveLength(count);
  });
});
