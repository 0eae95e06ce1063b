// @vitest-environment node
// Both languages are equal: the same texts with the same placeholders, and words for every enum.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

type Texts = { [key: string]: Texts | string | string[] };

const FOLDERS = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /locales\/en\/\w+\.json$/.test(path.replaceAll("\\", "/")))
  .map((path) => join("src", path));

function read(path: string): Texts {
  return JSON.parse(readFileSync(path, "utf8")) as Texts;
}

/** Every text by its path; a list counts line by line. */
function flat(texts: Texts, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(above + key, value);
    else if (Array.isArray(value)) value.forEach((line, i) => found.set(`${above}${key}[${i}]`, line));
    else for (const [path, text] of flat(value, `${above}${key}.`)) found.set(path, text);
  }
  return found;
}

const chineseOf = (path: string) => path.replace(/locales([\\/])en/, "locales$1zh-CN");

/** Chinese has one form for all numbers where English has two. */
const withoutSingular = (texts: Map<string, string>) =>
  [...texts.keys()].filter((path) => !(path.endsWith("_one") && texts.has(path.replace(/_one$/, "_other")))).sort();

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((found) => found[1]).sort();

it("finds the catalogues", () => {
  expect(FOLDERS.length).toBeGreaterThan(10);
});

it("has each catalogue in both languages, and no name twice", () => {
  const names = FOLDERS.map((path) => path.replace(/.*[\\/]/, ""));
  const chinese = FOLDERS.flatMap((path) => readdirSync(dirname(chineseOf(path))));

  expect([...new Set(chinese)].sort()).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

it("types each catalogue, so that a missing key is a type error", () => {
  const declared = readFileSync("src/i18next.d.ts", "utf8");

  const names = FOLDERS.map((path) => /(\w+)\.json$/.exec(path)?.[1] ?? "");
  expect(names.filter((name) => !declared.includes(`${name}: typeof ${name};`))).toEqual([]);
});

describe.each(FOLDERS)("%s", (path) => {
  const english = flat(read(path));
  const chinese = flat(read(chineseOf(path)));

  it("has the same texts in both languages", () => {
    expect(withoutSingular(chinese)).toEqual(withoutSingular(english));
  });

  it("fills the same placeholders", () => {
    const different = [...chinese].filter(([key, text]) => {
      const other = english.get(key) ?? "";
      return placeholders(text).join() !== placeholders(other).join();
    });
    expect(different).toEqual([]);
  });

  it("leaves no text empty or in the other language", () => {
    const empty = [...english].filter(([key, text]) => chinese.has(key) && !text.trim() !== !chinese.get(key)?.trim());
    // a word of small letters stands in a Chinese text only beside Chinese
    const untranslated = [...chinese].filter(([, text]) => /[a-z]{4}/.test(text.replace(/\{\{.*?\}\}/g, "")) && !/[\u4e00-\u9fff]/.test(text));
    const foreign = [...english].filter(([key, text]) => /[\u4e00-\u9fff]/.test(text) && !/languages?\b|other_(?:name|language)/.test(key));
    expect(empty).toEqual([]);
    expect(untranslated.filter(([, text]) => !NAMES.has(text))).toEqual([]);
    expect(foreign.filter(([, text]) => !NAMES.has(text))).toEqual([]);
  });
});

/** Names that are the same in both languages. */
const NAMES = new Set(["English", "Zhiliu", "Excel（.xlsx）"]);

it("has a word for every value of every enum of the API", () => {
  const document = JSON.parse(readFileSync("../openapi.json", "utf8")) as { components: { schemas: Record<string, { enum?: string[] }> } };
  const enums = Object.entries(document.components.schemas).filter(([, schema]) => schema.enum);
  expect(enums.length).toBeGreaterThan(20);
  for (const language of ["en", "zh-CN"]) {
    const words = flat(read(`src/ui/locales/${language}/states.json`));
    const missing = enums.flatMap(([name, schema]) => (schema.enum ?? []).map((value) => `${name}.${value}`)).filter((key) => !words.has(key));
    expect(missing).toEqual([]);
  }
});

it("gives every page of the menu its name and its help", () => {
  const menu = [...readFileSync("src/app/shell/pages.tsx", "utf8").matchAll(/path: "(\/[^"]*)", name: "(\w+)"/g)];
  expect(menu.length).toBeGreaterThan(15);
  const app = read("src/app/locales/en/app.json").menu as Texts;
  const help = read("src/app/locales/en/help.json");
  const screenOf = (path: string) => path.slice(1).replaceAll("-", "_") || "home";

  expect(menu.filter(([, , name]) => !((name ?? "") in app)).map(([, path]) => path)).toEqual([]);
  expect(menu.map(([, path]) => screenOf(path ?? "")).filter((screen) => !(screen in help))).toEqual([]);
});
