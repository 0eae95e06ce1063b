import { expect, test } from "vitest";
import { countOf, leftAt, partsOf, problemOf, type Row, sourcesOf, withRest } from "./split";

const place = (id: string, quantity: string) => ({ place_id: id, place: id, owner_id: "own", quantity });
const lot = (id: string, open: string, places: ReturnType<typeof place>[], has_serials = false) =>
  ({ lot_id: id, lot: id.toUpperCase(), open, places, has_serials }) as unknown as Parameters<typeof sourcesOf>[0][number];
const row = (kind: Row["kind"], source: string, quantity: string, more: Partial<Row> = {}): Row => ({
  key: `${kind}/${source}`,
  kind,
  source,
  quantity,
  reason: "cracked",
  serials: [],
  material: null,
  ...more,
});

const ONE = [lot("a", "100", [place("dock", "100")])];
const TWO_PLACES = [lot("a", "100", [place("dock", "60"), place("bin", "40")])];

test("a lot at one place is one source; at several it may also be taken as a whole", () => {
  expect(sourcesOf(ONE).map((source) => source.key)).toEqual(["a/dock/own"]);
  expect(sourcesOf(TWO_PLACES).map((source) => [source.key, source.quantity])).toEqual([
    ["a/dock/own", "60"],
    ["a/bin/own", "40"],
    ["a", "100"],
  ]);
});

test("what has a disposition already is no source", () => {
  expect(sourcesOf([lot("a", "0", [place("dock", "100")])])).toEqual([]);
});

test("no more is offered from a place than is open", () => {
  expect(sourcesOf([lot("a", "30", [place("dock", "100")])])[0]?.quantity).toBe("30");
});

test("what is left is counted while one types", () => {
  const rows = [row("scrap", "a/dock/own", "２０"), row("sort", "a/dock/own", "")];

  expect(countOf(ONE, rows)).toEqual({ open: "100", given: "20", left: "80" });
});

test("what is taken from a place is left neither there nor in the lot", () => {
  const sources = sourcesOf(TWO_PLACES);
  const rows = [row("scrap", "a/dock/own", "50")];

  expect(sources.map((source) => leftAt(source, sources, rows))).toEqual(["10", "40", "50"]);
});

test.each([
  ["ten", "not_a_number"],
  ["0", "not_positive"],
  ["101", "too_much"],
  ["100", null],
  ["0.5", null],
])("%s of 100: %s", (quantity, problem) => {
  const mine = row("scrap", "a/dock/own", quantity);

  expect(problemOf(mine, sourcesOf(ONE), [mine])).toBe(problem);
});

test("rows together take no more than there is", () => {
  const rows = [row("scrap", "a/dock/own", "60"), row("sort", "a/dock/own", "41")];

  expect(rows.map((one) => problemOf(one, sourcesOf(ONE), rows))).toEqual(["too_much", "too_much"]);
});

test("a part of a lot at two places needs its place, all that is left of it does not", () => {
  const sources = sourcesOf(TWO_PLACES);
  const part = row("scrap", "a", "10");
  const rows = [row("sort", "a/dock/own", "60"), row("scrap", "a", "40")];

  expect(problemOf(part, sources, [part])).toBe("no_place");
  expect(rows.map((one) => problemOf(one, sources, rows))).toEqual([null, null]);
  expect(partsOf([...rows].reverse(), sources).map((one) => [one.kind, one.place_id, one.quantity])).toEqual([
    ["sort", "dock", "60"],
    ["scrap", null, "40"],
  ]);
});

test("of two rows without a place, the smaller one needs it", () => {
  const rows = [row("sort", "a", "10"), row("scrap", "a", "90")];

  expect(rows.map((one) => problemOf(one, sourcesOf(TWO_PLACES), rows))).toEqual(["no_place", null]);
});

test("the rest of a lot at two places is taken as a whole", () => {
  const rows = [row("sort", "a/dock/own", "60"), row("scrap", "a/dock/own", "")];

  expect(withRest("scrap", rows, sourcesOf(TWO_PLACES), "").map((one) => [one.source, one.quantity])).toEqual([
    ["a/dock/own", "60"],
    ["a", "40"],
  ]);
});

test("a part of serials names them, a whole lot does not", () => {
  const sources = sourcesOf([lot("a", "5", [place("dock", "5")], true)]);
  const part = row("scrap", "a/dock/own", "2");
  const named = row("scrap", "a/dock/own", "", { serials: ["MC-1", "MC-2"] });
  const whole = row("scrap", "a/dock/own", "5");

  expect([part, named, whole].map((one) => problemOf(one, sources, [one]))).toEqual(["no_serials", null, null]);
  expect(partsOf([named], sources)[0]).toMatchObject({ quantity: "2", serials: ["MC-1", "MC-2"] });
});

test("a regrade names what the goods become, and everything has a reason", () => {
  const sources = sourcesOf(ONE);
  const regrade = row("regrade", "a/dock/own", "5");
  const silent = row("scrap", "a/dock/own", "5", { reason: " " });

  expect(problemOf(regrade, sources, [regrade])).toBe("no_material");
  expect(problemOf({ ...regrade, material: "m" }, sources, [regrade])).toBe(null);
  expect(problemOf(silent, sources, [silent])).toBe("no_reason");
});

test("rows in which nothing is typed are not sent", () => {
  expect(partsOf([row("scrap", "a/dock/own", " ")], sourcesOf(ONE))).toEqual([]);
});

test("one kind takes whatever the others leave, of every lot", () => {
  const lots = [lot("a", "100", [place("dock", "100")]), lot("b", "7", [place("dock", "7")])];
  const sources = sourcesOf(lots);
  const rows = [row("sort", "a/dock/own", "30"), row("scrap", "a/dock/own", "")];

  const filled = withRest("scrap", rows, sources, "cracked");

  expect(filled.map((one) => [one.kind, one.source, one.quantity, one.reason])).toEqual([
    ["sort", "a/dock/own", "30", "cracked"],
    ["scrap", "a/dock/own", "70", "cracked"],
    ["scrap", "b/dock/own", "7", "cracked"],
  ]);
  expect(new Set(filled.map((one) => one.key)).size).toBe(3);
  expect(filled.map((one) => problemOf(one, sources, filled))).toEqual([null, null, null]);
});

test("where nothing is left there is one empty row", () => {
  const rows = [row("sort", "a/dock/own", "100"), row("scrap", "a/dock/own", "70")];

  expect(withRest("scrap", rows, sourcesOf(ONE), "").map((one) => one.quantity)).toEqual(["100", ""]);
});
