import { describe, expect, test } from "vitest";
import { decimal, micros, placesOf, share, signed } from "./decimals";
import { deviation, judgeValue, trendOf } from "./judge";
import { specOf } from "./spec";
import { characteristic, thread } from "./testing";

const m = (text: string) => micros(text)!;

describe("decimals", () => {
  test.each([["12.98", 12_980_000n], ["-0.02", -20_000n], [".5", 500_000n], ["12.", 12_000_000n], ["1.0000001", null], ["", null], ["1e3", null], ["-", null]])(
    "%s", (text, value) => expect(micros(text)).toBe(value),
  );
  test("are written back without loss", () => {
    expect([decimal(m("12.9"), 2), decimal(m("12.987"), 2), decimal(m("-0.5"), 1), decimal(0n), signed(m("0.03"), 2), signed(m("-0.03"), 2)])
      .toEqual(["12.90", "12.987", "-0.5", "0", "+0.03", "-0.03"]);
  });
  test("say their places", () => expect([placesOf("0.01"), placesOf("0.010"), placesOf("1"), placesOf(null), placesOf("0.005")]).toEqual([2, 2, 0, 0, 3]));
  test("as a share", () => expect(share(m("0.04"), m("0.16"))).toBe(0.25));
});

describe("near a limit", () => {
  test("is the share of the tolerance that the plan says", () => {
    const wide = specOf(characteristic("X"), 0.25);
    expect([judgeValue(wide, m("12.91")), judgeValue(wide, m("12.92")), judgeValue(thread, m("12.91"))]).toEqual(["near", "in", "in"]);
  });
  test("cannot be said of one limit alone", () => {
    const rough = specOf(characteristic("RA", { nominal: null, lower: null, upper: "3.2" }));
    expect([judgeValue(rough, m("3.2")), judgeValue(rough, m("3.21")), judgeValue(rough, m("-5"))]).toEqual(["in", "out", "in"]);
  });
});

test("the deviation is from the nominal, else from the middle", () => {
  expect(deviation(thread, m("12.98"))).toBe(m("0.03"));
  expect(deviation(specOf(characteristic("Y", { nominal: null })), m("12.96"))).toBe(m("0.01"));
  expect(deviation(specOf(characteristic("Z", { nominal: null, lower: null })), m("1"))).toBeNull();
});

describe("six in a row", () => {
  const of = (...values: (string | null)[]) => trendOf(values.map((v) => (v === null ? null : m(v))));
  test("rise", () => expect(of("12.95", "12.94", "12.95", "12.96", "12.98", "12.99", "13")).toEqual({ direction: "rising", from: 2, to: 7 }));
  test("fall, past a gap", () => expect(of("6", "5", null, "4", "3", "2", "1")).toEqual({ direction: "falling", from: 1, to: 7 }));
  test("not five", () => expect(of("1", "2", "3", "4", "5")).toBeNull());
  test("not when one is equal", () => expect(of("1", "2", "3", "3", "4", "5", "6")).toBeNull());
});
