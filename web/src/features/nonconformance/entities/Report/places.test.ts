import { expect, test } from "vitest";
import { placesOf } from "./places";

const place = (place_id: string, quantity: string) =>
  ({ place_id, place: place_id, place_name: "", place_kind: "bin", owner_id: "o", owner: "o", quantity }) as const;
const lot = (number: string, ...places: ReturnType<typeof place>[]) =>
  ({ lot_id: number, lot: number, places }) as unknown as Parameters<typeof placesOf>[0][number];

test("goods of several lots at one place are one entry, the fullest place first", () => {
  const found = placesOf([lot("L-1", place("A", "10"), place("B", "60.5")), lot("L-1.1", place("A", "0.5"))]);

  expect(found.map((share) => [share.code, share.quantity])).toEqual([
    ["B", "60.5"],
    ["A", "10.5"],
  ]);
  expect(found[1]?.lots.map((one) => one.lot.lot)).toEqual(["L-1", "L-1.1"]);
});

test("a lot that is gone is nowhere", () => {
  expect(placesOf([lot("L-1")])).toEqual([]);
});
