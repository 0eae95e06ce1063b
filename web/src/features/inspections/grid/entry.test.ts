import { describe, expect, test } from "vitest";
import { interpret, isComplete, prefixOf, type Mode } from "./entry";
import { specOf } from "./spec";
import { centre, characteristic, look, thread } from "./testing";

const rough = specOf(characteristic("RA", { nominal: null, lower: null, upper: "3.2", resolution: "0.01" }));
const wide = specOf(characteristic("FORCE", { nominal: "500", lower: "400", upper: "600", resolution: "0.1" }));
const fine = specOf(characteristic("D2", { nominal: "24", lower: "23.987", upper: "24", resolution: "0.001" }));

function read(typed: string, mode: Mode = "full", spec = thread) {
  const found = interpret(typed, mode, spec);
  return found.kind === "value" ? [found.text, found.result] : found.kind === "problem" ? found.problem : found.kind;
}

describe("a whole value", () => {
  test.each([
    ["12.98", "12.98", "in"],
    ["12.9", "12.9", "in"],
    ["+12.98", "12.98", "in"],
    ["１２．９８", "12.98", "in"],
    ["12。98", "12.98", "in"],
    ["12,98", "12.98", "in"],
    [" 12 .98 ", "12.98", "in"],
    ["13", "13", "in"],
    ["12.87", "12.87", "near"],
    ["12.88", "12.88", "near"],
    ["12.89", "12.89", "in"],
    ["13.03", "13.03", "near"],
    ["13.04", "13.04", "out"],
  ])("%s", (typed, text, result) => expect(read(typed)).toEqual([text, result]));

  test.each([
    ["", "empty"],
    ["  ", "empty"],
    ["abc", "not_a_number"],
    ["1,234", "comma_ambiguous"],
    ["12.981", "too_fine"],
    ["1234567890123.5", "too_large"],
    ["12.5.3", "not_a_number"],
  ])("%s is refused as %s", (typed, problem) => expect(read(typed)).toBe(problem));

  test("digits without a point are steps of the resolution where only that lies near the tolerance", () => {
    expect(read("1298")).toEqual(["12.98", "in"]);
    expect(read("１３０４")).toEqual(["13.04", "out"]);
    expect(read("1003", "full", specOf(characteristic("X", { nominal: "10", lower: "9.95", upper: "10.05" })))).toEqual(["10.03", "in"]);
    expect(read("23995", "full", fine)).toEqual(["23.995", "in"]);
  });

  test("a number that may be what it says is what it says", () => {
    expect(read("500", "full", wide)).toEqual(["500", "in"]);
    expect(read("2", "full", rough)).toEqual(["2", "in"]);
    expect(read("120", "full", rough)).toEqual(["120", "out"]);
    expect(read("170", "full", centre)).toEqual(["170", "in"]);
  });

  test("thousands are understood as the server does", () => {
    expect(read("1,234,567", "full", rough)).toEqual(["1234567", "out"]);
    expect(read("1,234.5", "full", rough)).toEqual(["1234.5", "out"]);
  });
});

describe("the last digits", () => {
  test.each([
    ["98", "12.98", "in"],
    ["02", "13.02", "near"],
    ["03", "13.03", "near"],
    ["60", "12.60", "out"],
    ["９８", "12.98", "in"],
  ])("%s of 12.95", (typed, text, result) => expect(read(typed, "last")).toEqual([text, result]));

  test("go over the whole number, up and down", () => {
    expect(read("98", "last", centre)).toEqual(["169.98", "in"]);
    expect(read("04", "last", centre)).toEqual(["170.04", "in"]);
    expect(read("999", "last", specOf(characteristic("Z", { nominal: "0", lower: "-1", upper: "1", resolution: "0.01" })))).toEqual(["-0.01", "in"]);
  });

  test("are as many as tell the values of the tolerance apart", () => {
    expect([thread.digits, centre.digits, fine.digits, wide.digits, rough.digits]).toEqual([2, 2, 2, 4, 0]);
  });

  test("wait for all digits, and take a whole value too", () => {
    expect(read("9", "last")).toBe("more_digits");
    expect(read("12.98", "last")).toEqual(["12.98", "in"]);
    expect(read("2.5", "last", rough)).toEqual(["2.5", "in"]);
  });

  test("are complete by themselves, in half width or full", () => {
    expect([isComplete("9", "last", thread), isComplete("98", "last", thread), isComplete("９８", "last", thread)]).toEqual([false, true, true]);
    expect([isComplete("98", "full", thread), isComplete("98", "last", rough), isComplete("ok", "last", look)]).toEqual([false, false, false]);
  });

  test("stand behind what is not typed", () => {
    expect([prefixOf("last", thread), prefixOf("last", centre), prefixOf("full", thread), prefixOf("last", wide)]).toEqual(["12.", "170.", "", ""]);
  });
});

describe("the deviation", () => {
  test.each([
    ["3", "12.98", "in"],
    ["-3", "12.92", "in"],
    ["+8", "13.03", "near"],
    ["－９", "12.86", "out"],
    ["0", "12.95", "in"],
    [".03", "12.98", "in"],
    ["-0.09", "12.86", "out"],
  ])("%s from 12.95", (typed, text, result) => expect(read(typed, "deviation")).toEqual([text, result]));

  test("of what has no middle is the value itself", () => expect(read("2.5", "deviation", rough)).toEqual(["2.5", "in"]));
  test("is a number", () => expect(read("x", "deviation")).toBe("not_a_number"));
});

describe("a gauge", () => {
  test.each([
    ["12.98", "12.98"],
    ["+00012.98", "12.98"],
    ["01A+00012.98", "12.98"],
    ["12.980", "12.980"],
    ["12.98mm", "12.98"],
    ["-0.02", "-0.02"],
    ["0.5", "0.5"],
  ])("sends %s", (sent, text) => expect(interpret(sent, "gauge", specOf(characteristic("G", { nominal: null, lower: null, upper: null })))).toMatchObject({ text }));

  test("finer than the resolution is not rounded in silence", () => expect(read("12.983", "gauge")).toBe("too_fine"));
  test("without a point is no implied decimal", () => expect(read("1298", "gauge")).toEqual(["1298", "out"]));
});

describe("a button", () => {
  test.each([["OK", "ok"], ["合格", "ok"], ["ＯＫ", "ok"], ["ng", "ng"], ["不合格", "ng"], ["N/A", "na"], ["不适用", "na"]])("%s", (typed, text) => {
    expect(interpret(typed, "full", look)).toMatchObject({ text });
  });
  test("takes nothing else", () => expect(read("maybe", "full", look)).toBe("not_a_button"));
});

test("a slip is further off than three tolerance widths from the middle", () => {
  const wild = (typed: string) => (interpret(typed, "gauge", thread) as { isWild: boolean }).isWild;
  expect([wild("13.43"), wild("13.44"), wild("12.47"), wild("12.46"), wild("129.8")]).toEqual([false, true, false, true, true]);
});
