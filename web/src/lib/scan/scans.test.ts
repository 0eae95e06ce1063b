import { expect, test } from "vitest";
import { Scans, type Scan } from "./scans";

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("ten scans at once are acknowledged at once and worked off in order, none dropped", async () => {
  const scans = new Scans();
  const worked: string[] = [];
  scans.addTaker(async (scan) => {
    await rest(2);
    worked.push(scan.code.text);
    return { state: "done", words: scan.code.text };
  });

  for (let n = 0; n < 10; n += 1) scans.take(`L-${n}`, "wedge");

  expect(scans.seen).toHaveLength(10);
  expect(scans.seen.every((one) => one.state === "waiting")).toBe(true);
  await rest(60);
  expect(worked).toEqual([...Array(10).keys()].map((n) => `L-${n}`));
  expect(scans.seen.map((one) => one.state)).toEqual(Array(10).fill("done"));
});

test("the page that came last takes the scans, and gives them back when it goes", async () => {
  const scans = new Scans();
  const taken: string[] = [];
  const by = (name: string) => (scan: Scan) => {
    taken.push(`${name} ${scan.code.text}`);
    return Promise.resolve({ state: "done" as const, words: "" });
  };
  scans.addTaker(by("shell"));
  const leave = scans.addTaker(by("page"));

  scans.take("1", "wedge");
  await rest(0);
  leave();
  scans.take("2", "wedge");
  await rest(0);

  expect(taken).toEqual(["page 1", "shell 2"]);
});

test("a scan waits until somebody takes scans", async () => {
  const scans = new Scans();
  scans.take("1", "wedge");
  await rest(0);
  expect(scans.seen[0]?.state).toBe("waiting");

  scans.addTaker(() => Promise.resolve({ state: "refused", words: "no lot", detail: "scan it again" }));
  await rest(0);

  expect(scans.seen[0]).toMatchObject({ state: "refused", words: "no lot", detail: "scan it again" });
});
