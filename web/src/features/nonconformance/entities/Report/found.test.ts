import { expect, test } from "vitest";
import { foundWords } from "./found";

const scratch = { code: "SCRATCH", name_en: "Scratch", name_zh: "划痕", position: "EDGE", position_en: "Edge", position_zh: "边缘", count: "2.000000" };
const length = { code: "L", name_en: "Length", name_zh: "", position: "", position_en: "", position_zh: "", count: "1" };

test("each defect has its name in the language shown, its place and how often", () => {
  expect(foundWords([scratch, length], true)).toBe("Scratch (Edge) × 2 · Length × 1");
  expect(foundWords([scratch, length], false)).toBe("划痕 (边缘) × 2 · Length × 1");
  expect(foundWords([], true)).toBe("");
});
