import { describe, expect, test } from "vitest";
import { specsOf, standingOf, verdictOf, type Counted } from "./counting";
import { keyOf } from "./layout";
import { look, sample, thread, wall } from "./testing";

const out: Counted = { result: "out" };
const fine: Counted = { result: "in" };

function cells(code: string, ...results: (Counted | null)[]): [string, Counted][] {
  return results.flatMap((r, i) => (r ? [[keyOf(code, i + 1), r] as [string, Counted]] : []));
}

const all = (code: string, first: Counted[] = []) => cells(code, ...first, ...Array.from({ length: 13 - first.length }, () => fine));

test("a unit counts once for its class, however many characteristics are out", () => {
  const found = standingOf(sample("major", { cells: 26, reject: 2, accept: 1 }), [thread, { ...thread, code: "B" }], new Map([...all("THREAD", [out]), ...all("B", [out])]));
  expect(found).toMatchObject({ found: 1, missing: 0, status: "acceptable", units: [1] });
});

test("each nonconformity counts where the plan says so", () => {
  const each = sample("minor", { basis: "nonconformities", accept: 3, reject: 4 });
  const found = standingOf(each, [look], new Map(all("LOOK", [{ result: "out", nonconformities: 3 }, out])));
  expect(found).toMatchObject({ found: 4, status: "rejected", units: [1, 2] });
});

test("what is calculated counts when it is out, and is never missing", () => {
  const found = standingOf(sample("major"), [thread, wall], new Map([...cells("THREAD", fine), ...cells("WALL", out)]));
  expect(found).toMatchObject({ found: 1, missing: 12, status: "rejected" });
});

test("near a limit is inside, and not applicable judges nothing but was read", () => {
  const found = standingOf(sample("minor"), [look], new Map(all("LOOK", [{ result: "near" }, { result: "none" }])));
  expect(found).toMatchObject({ found: 0, missing: 0, status: "acceptable" });
});

test("a count of the whole characteristic stands for its readings", () => {
  const found = standingOf(sample("minor", { accept: 1, reject: 2 }), [look], new Map(), new Map([["LOOK", { inspected: 13, found: 1 }]]));
  expect(found).toMatchObject({ found: 1, missing: 0, status: "acceptable", units: [] });
});

test("a characteristic with a sample of its own leaves that of its class", () => {
  const own = sample("major", { characteristic: "B" });
  const samples = [sample("major"), own, sample("minor")];
  const specs = [thread, { ...thread, code: "B" }, look];
  expect(samples.map((s) => specsOf(s, specs, samples).map((x) => x.code))).toEqual([["THREAD"], ["B"], ["LOOK"]]);
});

describe("the verdict", () => {
  const standing = (given: object) => ({ ...standingOf(sample("major", given), [thread], new Map()) });

  test("is open, names what is left and what reaches Re next", () => {
    const found = verdictOf([standing({}), standing({ reject: 3, accept: 2 })]);
    expect(found).toMatchObject({ status: "open", missing: 26 });
    expect(found.closest?.sample.reject).toBe(1);
  });

  test("is rejected as soon as one sample is", () => {
    const bad = standingOf(sample("major"), [thread], new Map(cells("THREAD", out)));
    expect(verdictOf([standing({}), bad])).toMatchObject({ status: "rejected", rejected: [bad], closest: null });
  });

  test("is acceptable when all are", () => {
    const good = standingOf(sample("major"), [thread], new Map(all("THREAD")));
    expect(verdictOf([good]).status).toBe("acceptable");
  });
});
