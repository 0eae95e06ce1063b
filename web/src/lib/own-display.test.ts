import { expect, test } from "vitest";
import { takenFromAccount } from "./own-display";

const LI = { id: "li", language: "zh" as const, preferences: { theme: "dark" as const, density: "comfortable" as const, entry_mode: null, direction: null } };
const NOTHING = { owner: null, language: null, theme: null, density: null };

test("a new browser takes everything from the account", () => {
  expect(takenFromAccount(LI, NOTHING)).toEqual({ language: "zh-CN", theme: "dark", density: "comfortable" });
});

test("what was chosen in a new browser before signing in stands", () => {
  expect(takenFromAccount(LI, { ...NOTHING, language: "en", theme: "light" })).toEqual({ density: "comfortable" });
});

test("the person's own browser keeps what it has", () => {
  expect(takenFromAccount(LI, { ...NOTHING, owner: "li", theme: "light" })).toEqual({});
});

test("after somebody else nothing of his remains", () => {
  const his = { owner: "wang", language: "en", theme: "light", density: "compact" };

  expect(takenFromAccount(LI, his)).toEqual({ language: "zh-CN", theme: "dark", density: "comfortable" });
  const plain = { ...LI, language: "en" as const, preferences: { ...LI.preferences, theme: null, density: null } };
  expect(takenFromAccount(plain, { ...his, theme: "dark", density: "comfortable" })).toEqual({
    language: "en",
    theme: "system",
    density: "compact",
  });
});
