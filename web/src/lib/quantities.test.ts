import { expect, test } from "vitest";
import { asDecimal, compare, fromMicro, micro, minus, money, quantity, rounded, shareOf, sum } from "./quantities";

test.each([
  ["12300.500000", "12,300.5"],
  ["5000", "5,000"],
  ["0.25", "0.25"],
  ["-1234", "-1,234"],
  [null, ""],
])("%s is shown as %s", (value, shown) => {
  expect(quantity(value)).toBe(shown);
});

test("money keeps two places at least", () => {
  expect(money("34.5", "CNY")).toBe("CNY 34.50");
  expect(money("1234.125", "CNY")).toBe("CNY 1,234.125");
});

test.each([
  ["５５０", "550"],
  ["1,200", "1200"],
  ["１０．０２", "10.02"],
  ["10。5", "10.5"],
  ["+3", "+3"],
  ["", null],
  ["ten", null],
  ["1.2.3", null],
])("what is typed as %s goes out as %s", (typed, sent) => {
  expect(asDecimal(typed)).toBe(sent);
});

test.each([
  ["550", 550_000_000n, "550"],
  ["0.1", 100_000n, "0.1"],
  ["-2.500000", -2_500_000n, "-2.5"],
  [".5", 500_000n, "0.5"],
  ["-0.25", -250_000n, "-0.25"],
])("%s is exact in millionths", (text, value, back) => {
  expect(micro(text)).toBe(value);
  expect(fromMicro(value)).toBe(back);
});

test("what is no number has no millionths", () => {
  expect(micro("ten")).toBeNull();
  expect(micro(undefined)).toBeNull();
});

test("sums and differences are exact", () => {
  expect(sum(["0.1", "0.2"])).toBe("0.3");
  expect(sum([])).toBe("0");
  expect(minus("1", "0.000001")).toBe("0.999999");
  expect(minus("20", "30")).toBe("-10");
});

test("decimals are compared by value, not by text", () => {
  expect(compare("10.0", "10")).toBe(0);
  expect(compare("9", "10")).toBe(-1);
  expect(compare("-1", "-2")).toBe(1);
});

test("a share of an amount", () => {
  expect(shareOf("149000", "208", "552")).toBe("56144.93");
  expect(shareOf("10", "1", "0")).toBe("0");
});

test.each([
  ["57.0255", "57.03"],
  ["57.004", "57"],
  ["-0.005", "-0.01"],
])("%s is shown rounded as %s", (value, shown) => {
  expect(rounded(value, 2)).toBe(shown);
});
