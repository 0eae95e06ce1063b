import { describe, expect, test } from "vitest";
import { Burst, characterOf, type Key } from "./burst";

/** Types the text, one key each `every` milliseconds, and says what became of the keys. */
function type(burst: Burst, keys: (string | Partial<Key>)[], every: number, from = 1000) {
  return keys.map((given, i) => {
    const key = typeof given === "string" ? { key: given } : given;
    return burst.key({ key: "", code: "", time: from + i * every, ...key });
  });
}

describe("a burst of keys", () => {
  test("with Enter is a scan, and only its first two keys pass", () => {
    const steps = type(new Burst(), [..."L-000042", "Enter"], 8);

    expect(steps.map((s) => s.kind)).toEqual(["begin", "pass", "take", ..."000042".slice(1).split("").map(() => "swallow"), "scan"]);
    expect(steps.at(-1)).toEqual({ kind: "scan", text: "L-000042" });
  });

  test("with Tab is a scan, too", () => {
    expect(type(new Burst(), [..."L-000042", "Tab"], 30).at(-1)).toEqual({ kind: "scan", text: "L-000042" });
  });

  test("keeps the separator of a GS1 code, which scanners type as Control with a bracket", () => {
    const steps = type(new Burst(), [..."91A-1", { key: "Control", isControl: true }, { key: "]", isControl: true }, ..."92L-4", "Enter"], 5);

    expect(steps.at(-1)).toEqual({ kind: "scan", text: "91A-1\x1d92L-4" });
  });

  test("keeps capital letters, before which scanners press Shift", () => {
    const steps = type(new Burst(), [{ key: "Shift" }, "A", { key: "Shift" }, "B", { key: "Shift" }, "C", "Enter"], 5);

    expect(steps.at(-1)).toEqual({ kind: "scan", text: "ABC" });
  });

  test("may be late once over radio, when it is fast on the whole", () => {
    const burst = new Burst();
    type(burst, [..."L-0000"], 5);

    const rest = type(burst, [..."42", "Enter"], 5, 1000 + 25 + 80);

    expect(rest.at(-1)).toEqual({ kind: "scan", text: "L-000042" });
  });

  test("without an end is given back", () => {
    const burst = new Burst();
    type(burst, [..."L-000042"], 8);

    expect(burst.giveUp()).toBe("L-000042");
    expect(burst.giveUp()).toBe("");
  });
});

describe("a person", () => {
  test("who types quickly types, and Enter stays Enter", () => {
    const steps = type(new Burst(), [..."550", "Enter"], 60);

    expect(steps.map((s) => s.kind)).toEqual(["begin", "begin", "begin", "pass"]);
  });

  test("who rolls two keys types", () => {
    const burst = new Burst();
    type(burst, [..."th"], 20);

    expect(type(burst, ["e", "Enter"], 90, 1000 + 20 + 90).map((s) => s.kind)).toEqual(["begin", "pass"]);
  });

  test("who holds a key down types", () => {
    const held = [..."00000"].map((key) => ({ key, isRepeat: true }));

    expect(type(new Burst(), ["0", ...held, "Enter"], 33).map((s) => s.kind)).toEqual(["begin", ...held.map(() => "pass"), "pass"]);
  });

  test("who presses Enter long after a burst presses Enter", () => {
    const burst = new Burst();
    type(burst, [..."L-000042"], 8);

    expect(burst.key({ key: "Enter", code: "Enter", time: 2000 }).kind).toBe("pass");
  });

  test("who uses shortcuts uses them", () => {
    expect(type(new Burst(), [{ key: "a", isControl: true }, { key: "c", isControl: true }, { key: "v", isControl: true }], 5).map((s) => s.kind)).toEqual([
      "pass",
      "pass",
      "pass",
    ]);
  });
});

test.each([
  [{ key: "Process", code: "KeyL" }, "l"],
  [{ key: "Process", code: "KeyL", isShift: true }, "L"],
  [{ key: "Process", code: "Digit4" }, "4"],
  [{ key: "Process", code: "Digit9", isShift: true }, "("],
  [{ key: "Process", code: "Numpad4" }, "4"],
  [{ key: "Process", code: "Minus" }, "-"],
  [{ key: "ArrowLeft", code: "ArrowLeft" }, null],
  [{ key: "x", code: "KeyX", isOther: true }, null],
])("under an input method %o types %s", (key, character) => {
  expect(characterOf({ time: 0, ...key })).toBe(character);
});
