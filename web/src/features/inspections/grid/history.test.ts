import { expect, test } from "vitest";
import { BEYOND, drawnOf, type LotBefore, lotsOf } from "./history";

const SPEC = { lower: 9_000_000n, width: 2_000_000n };

test("limits stand at the ends of the tolerance, the middle in the middle", () => {
  const drawn = drawnOf({ least: "9", mean: "10", greatest: "11" }, SPEC);

  expect(drawn?.from).toBeCloseTo(BEYOND);
  expect(drawn?.mean).toBeCloseTo(0.5);
  expect(drawn?.to).toBeCloseTo(1 - BEYOND);
});

test("what lies far outside stays on the strip", () => {
  expect(drawnOf({ least: "-50", mean: "8.99", greatest: "900" }, SPEC)).toMatchObject({ from: 0, to: 1 });
});

test("without both limits there is no strip", () => {
  expect(drawnOf({ least: "9", mean: "10", greatest: "11" }, { lower: null, width: null })).toBeNull();
  expect(drawnOf({ least: "9", mean: "10", greatest: "11" }, { lower: 1n, width: null })).toBeNull();
});

test("only the lots of the characteristic are shown", () => {
  const lots = [{ characteristic: "D1", lot: "L-2" }, { characteristic: "D2", lot: "L-2" }] as LotBefore[];

  expect(lotsOf(lots, "D1")).toEqual([lots[0]]);
});
