import { describe, expect, test } from "vitest";
import { afterEntry, edge, firstOpen, isOpen, neighbour, nextOpen, shapeOf, type Place } from "./layout";
import { centre, look, thread, wall } from "./testing";

// THREAD and WALL of 3 units, LOOK of 5, CENTRE of 3
const shape = shapeOf([{ ...thread, units: 3 }, { ...wall, units: 3 }, { ...look, units: 5 }, { ...centre, units: 3 }]);
const at = (column: number, unit: number): Place => ({ column, unit });
const path = (direction: "unit" | "characteristic") => {
  const found: Place[] = [];
  for (let p: Place | null = at(0, 1); p; p = nextOpen(shape, p, direction)) found.push(p);
  return found.map((p) => `${p.column}.${p.unit}`).join(" ");
};

test("by unit or by characteristic, past what is calculated or not sampled", () => {
  expect(path("unit")).toBe("0.1 2.1 3.1 0.2 2.2 3.2 0.3 2.3 3.3 2.4 2.5");
  expect(path("characteristic")).toBe("0.1 0.2 0.3 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3");
});

test("back the same way, and not out of the grid", () => {
  expect(nextOpen(shape, at(0, 2), "unit", { back: true })).toEqual(at(3, 1));
  expect(nextOpen(shape, at(0, 1), "unit", { back: true })).toBeNull();
  expect(nextOpen(shape, at(2, 1), "characteristic", { back: true })).toEqual(at(0, 3));
});

describe("after an entry", () => {
  const filled = (...keys: string[]) => (p: Place) => keys.includes(`${p.column}.${p.unit}`);

  test("the next empty cell", () => expect(afterEntry(shape, at(0, 1), "unit", filled("0.1", "2.1"))).toEqual(at(3, 1)));
  test("from the top when none is left below", () => {
    expect(afterEntry(shape, at(2, 5), "unit", (p) => `${p.column}.${p.unit}` !== "3.2")).toEqual(at(3, 2));
  });
  test("nowhere when all are full", () => expect(afterEntry(shape, at(2, 5), "unit", () => true)).toEqual(at(2, 5)));
});

test("the first cell that waits", () => {
  expect(firstOpen(shape, "unit", (p) => p.unit === 1)).toEqual(at(0, 2));
  expect(firstOpen(shape, "unit", () => true)).toEqual(at(0, 1));
});

test("arrows jump over units that are not sampled and stop at the edge", () => {
  expect(neighbour(shape, at(0, 3), 0, 1)).toEqual(at(0, 3));
  expect(neighbour(shape, at(0, 1), 1, 0)).toEqual(at(1, 1));
  expect(neighbour(shape, at(2, 4), 1, 0)).toEqual(at(2, 4));
  expect(neighbour(shape, at(2, 3), 0, 1)).toEqual(at(2, 4));
});

test("Home and End, of the row and of the grid", () => {
  expect(edge(shape, at(2, 2), true, false)).toEqual(at(3, 2));
  expect(edge(shape, at(2, 2), false, false)).toEqual(at(0, 2));
  expect(edge(shape, at(0, 1), true, true)).toEqual(at(2, 5));
  expect(edge(shape, at(2, 5), false, true)).toEqual(at(0, 1));
});

test("a counted characteristic is closed", () => {
  const counted = shapeOf(shape.specs, ["LOOK"]);
  expect([isOpen(shape, at(2, 1)), isOpen(counted, at(2, 1)), isOpen(shape, at(1, 1)), isOpen(shape, at(0, 4))]).toEqual([true, false, false, false]);
});
