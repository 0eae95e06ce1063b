import { describe, expect, it } from "vitest";
import { asDecimal, compare, fromMicro, micro, minus, money, quantity, shareOf, sum } from "./quantities";

describe("quantities", () => {
  it.each([
    ["12300.500000", "12,300.5"],
    ["0", "0"],
    ["1000000", "1,000,000"],
    ["", ""],
  ])("shows %s as %s", (given, shown) => {
    expect(quantity(given)).toBe(shown);
  });

  it("keeps two places of money at least", () => {
    expect(money("1820.4", "CNY")).toBe("CNY 1,820.40");
  });

  it.each([
    ["１２．５", "12.5"],
    ["1,200", "1200"],
    [" 7 ", "7"],
    ["7x", null],
    ["", null],
  ])("takes %j as %j", (typed, taken) => {
    expect(asDecimal(typed)).toBe(taken);
  });

  it("adds and subtracts without binary floats", () => {
    expect(sum(["0.1", "0.2"])).toBe("0.3");
    expect(minus("1", "0.000001")).toBe("0.999999");
    expect(minus("20", "30")).toBe("-10");
    expect(sum([])).toBe("0");
    expect(sum(["123456789012345678.5", "0.5"])).toBe("123456789012345679");
  });

  it("compares by value, not by text", () => {
    expect(compare("10.0", "10")).toBe(0);
    expect(compare("9", "10")).toBe(-1);
    expect(compare("-1", "-2")).toBe(1);
  });

  it("gives the share of an amount", () => {
    expect(shareOf("149000", "208", "552")).toBe("56144.92");
    expect(shareOf("10", "1", "0")).toBe("0");
  });

  it.each([
    ["550", 550_000_000n, "550"],
    ["0.1", 100_000n, "0.1"],
    ["-2.500000", -2_500_000n, "-2.5"],
    [".5", 500_000n, "0.5"],
    ["-0.25", -250_000n, "-0.25"],
  ])("%s is exact in millionths", (text, value, back) => {
    expect(micro(text)).toBe(value);
    expect(fromMicro(value)).toBe(back);
  });

  it("what is no number has no millionths", () => {
    expect(micro("ten")).toBeNull();
    expect(micro(undefined)).toBeNull();
  });
});
