// @vitest-environment node
// Every rule of the lint bites: a violation of it, planted where it would stand, is found by it.
import { ESLint } from "eslint";
import { beforeAll, expect, it } from "vitest";

const PLANTED: [rule: string, path: string, text: string][] = [
  ["import-x/no-restricted-paths", "src/lib/planted.ts", 'import { StatusChip } from "@/ui/status/StatusChip";\nexport const x = StatusChip;\n'],
  ["import-x/no-restricted-paths", "src/ui/planted.ts", 'import { LotPage } from "@/features/stock/pages/LotPage";\nexport const x = LotPage;\n'],
  ["import-x/no-restricted-paths", "src/features/stock/planted.ts", 'import { MENU } from "@/app/shell/pages";\nexport const x = MENU;\n'],
  ["import-x/no-restricted-paths", "src/features/stock/planted.ts", 'import { UserPage } from "@/features/access/pages/UserPage";\nexport const x = UserPage;\n'],
  ["import-x/no-cycle", "src/lib/i18n.ts", 'import { http } from "./client";\nexport const x = http;\n'],
  ["no-restricted-globals", "src/lib/planted.ts", 'export const x = () => fetch("/api/v1/lots");\n'],
  ["no-restricted-globals", "src/lib/planted.ts", "export const x = () => new XMLHttpRequest();\n"],
  ["no-restricted-syntax", "src/lib/planted.ts", 'export * from "./dates";\n'],
  ["no-restricted-syntax", "src/ui/planted.ts", 'export const red = "#ff0000";\n'],
  ["i18next/no-literal-string", "src/ui/Planted.tsx", "export function Planted() {\n  return <p>Accepted goods</p>;\n}\n"],
  ["i18next/no-literal-string", "src/ui/Planted.tsx", "export function Planted() {\n  return <p>合格放行</p>;\n}\n"],
  ["max-lines", "src/lib/planted.ts", "export let x = 0;\n".repeat(251).replace(/export let x/g, () => `export const x${Math.random().toString(36).slice(2)}`)],
  ["react-hooks/rules-of-hooks", "src/ui/Planted.tsx", 'import { useState } from "react";\nexport function X({ a }: { a: boolean }) {\n  if (a) useState(0);\n  return null;\n}\n'],
  ["@typescript-eslint/no-explicit-any", "src/lib/planted.ts", "export const x: any = 1;\n"],
  ["@typescript-eslint/no-unused-vars", "src/lib/planted.ts", "const x = 1;\nexport {};\n"],
];

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint();
});

it.each(PLANTED)("%s bites in %s", async (rule, filePath, text) => {
  const [result] = await eslint.lintText(text, { filePath });

  expect(result?.messages.filter((message) => message.severity === 2).map((message) => message.ruleId)).toContain(rule);
}, 60_000);

it("lets honest code through", async () => {
  const honest = 'import { useTranslation } from "react-i18next";\nexport function X() {\n  const { t } = useTranslation("ui");\n  return <p className="meta">{t("loading")}</p>;\n}\n';

  const [result] = await eslint.lintText(honest, { filePath: "src/ui/Planted.tsx" });

  expect(result?.messages).toEqual([]);
}, 60_000);
