import { expect, test, vi } from "vitest";
import { gathered } from "./people";

const named = (id: string) => ({ id, name: `name of ${id}` });

test("ids asked for at once are one question, each id once", async () => {
  const ask = vi.fn(async (ids: string[]) => ids.map(named));
  const nameOf = gathered(ask, 200);

  const found = await Promise.all([nameOf("a"), nameOf("b"), nameOf("a")]);

  expect(found.map((one) => one?.name)).toEqual(["name of a", "name of b", "name of a"]);
  expect(ask.mock.calls).toEqual([[["a", "b"]]]);
});

test("no question holds more ids than the server takes", async () => {
  const ask = vi.fn(async (ids: string[]) => ids.map(named));
  const nameOf = gathered(ask, 2);

  const found = await Promise.all(["a", "b", "c"].map(nameOf));

  expect(found.map((one) => one?.id)).toEqual(["a", "b", "c"]);
  expect(ask.mock.calls).toEqual([[["a", "b"]], [["c"]]]);
});

test("what the answer leaves out is nobody, and a later question is asked anew", async () => {
  const ask = vi.fn(async (ids: string[]) => ids.filter((id) => id !== "gone").map(named));
  const nameOf = gathered(ask, 200);

  expect(await nameOf("gone")).toBeNull();
  expect((await nameOf("a"))?.name).toBe("name of a");
  expect(ask).toHaveBeenCalledTimes(2);
});

test("a question that fails fails for all who asked it", async () => {
  const nameOf = gathered<{ id: string }>(() => Promise.reject(new Error("no answer")), 200);

  const results = await Promise.allSettled([nameOf("a"), nameOf("b")]);

  expect(results.map((one) => one.status)).toEqual(["rejected", "rejected"]);
});
