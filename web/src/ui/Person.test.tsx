import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { changeLanguage, startLanguage } from "@/lib/i18n";
import { Person } from "./Person";

const LI = "01900000-0000-7000-8000-000000000001";
const GONE = "01900000-0000-7000-8000-000000000002";
const asked: string[][] = [];

beforeAll(() => startLanguage());
afterEach(() => {
  cleanup();
  asked.splice(0);
});

vi.mock("@/lib/client", () => ({
  isProblem: () => false,
  http: {
    GET: (_: string, init: { params: { query: { id: string[] } } }) => {
      asked.push(init.params.query.id);
      const items = [
        { id: LI, name: "李检", is_active: true },
        { id: GONE, name: "王工", is_active: false },
      ].filter((one) => init.params.query.id.includes(one.id));
      return Promise.resolve({ data: { items } });
    },
  },
}));

function show(children: React.ReactNode) {
  render(<QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>);
}

test("every person on screen is asked for in one question", async () => {
  await changeLanguage("en");
  show(<><Person id={LI} /><Person id={GONE} /><Person id={LI} /></>);

  expect(await screen.findAllByText("李检")).toHaveLength(2);
  expect(screen.getByText("王工").title).toBe("王工 has left");
  expect(asked).toEqual([[LI, GONE]]);
});

test("the system has its word in each language, a known name and nobody need no question", async () => {
  await changeLanguage("zh-CN");
  show(<><Person id="00000000-0000-0000-0000-000000000001" name="import" /><Person id={GONE} name="王工" /><Person id={null} /></>);

  expect(screen.getByText("导入")).toBeTruthy();
  expect(screen.getByText("王工")).toBeTruthy();
  expect(screen.getByText("–")).toBeTruthy();
  expect(asked).toEqual([]);
});
