import { describe, expect, test } from "vitest";
import { centre, characteristic, gridOf, look, reading, thread, wall } from "./testing";
import { specOf } from "./spec";
import { isComposing, press } from "./keys";

const NAMES = [["THREAD"], ["CENTRE"], ["LOOK"]];
const at = (g: ReturnType<typeof gridOf>) => `${g.grid.state.at.column}.${g.grid.state.at.unit}`;
const status = (g: ReturnType<typeof gridOf>, unit: number, code = "THREAD") => g.cells.get(code, unit)?.status;

describe("typing", () => {
  test("whole values with Enter, across and down", () => {
    const g = gridOf([thread, centre]);
    g.keys("12.98\n170.04\n12.9\n");
    expect([g.text(thread, 1), g.text(centre, 1), g.text(thread, 2), at(g)]).toEqual(["12.98", "170.04", "12.9", "1.2"]);
  });

  test("the last digits, the cursor goes on by itself: two keys a value", () => {
    const g = gridOf([thread, centre], { mode: "last" });
    g.keys("980402");
    expect([g.text(thread, 1), g.text(centre, 1), g.text(thread, 2), at(g)]).toEqual(["12.98", "170.04", "13.02", "1.2"]);
  });

  test("down one characteristic before the next", () => {
    const g = gridOf([thread, centre], { mode: "last", direction: "characteristic" });
    g.keys("98".repeat(13) + "04");
    expect([g.text(thread, 13), g.text(centre, 1), at(g)]).toEqual(["12.98", "170.04", "1.2"]);
  });

  test("what is no reading keeps the cursor and is said", () => {
    const g = gridOf([thread]);
    g.keys("12.345\n");
    expect([at(g), g.grid.state.problem, g.grid.state.typed, g.text(thread, 1)]).toEqual(["0.1", "too_fine", "12.345", undefined]);
  });

  test("left for another cell it stays, marked, and is not counted", () => {
    const g = gridOf([thread]);
    g.keys("abc");
    g.key("ArrowDown");
    expect([at(g), status(g, 1), g.cells.counted().size, g.cells.nextBatch()]).toEqual(["0.2", "refused", 0, null]);
  });

  test("the next empty cell follows, past what is filled", () => {
    const g = gridOf([thread, look]);
    g.cells.take([reading("THREAD", 2, "12.95"), reading("LOOK", 1, "ok")]);
    g.keys("12.98\n");
    expect(at(g)).toBe("1.2");
  });

  test("Backspace in an empty cell goes back to the last one", () => {
    const g = gridOf([thread], { mode: "last" });
    g.keys("98");
    expect([g.key("Backspace"), at(g), g.grid.state.typed]).toEqual([true, "0.1", "12.98"]);
    g.keys("97");
    expect(g.text(thread, 1)).toBe("12.97");
  });

  test("F2 takes the whole value, with the caret free inside it", () => {
    const g = gridOf([thread], { mode: "last" });
    g.key("F2");
    g.keys("12.98");
    expect([at(g), g.key("ArrowLeft"), g.key("Home")]).toEqual(["0.1", false, false]);
    g.key("Enter");
    expect([g.text(thread, 1), at(g)]).toEqual(["12.98", "0.2"]);
  });

  test("Escape brings back what stood there", () => {
    const g = gridOf([thread]);
    g.cells.take([reading("THREAD", 1, "12.95")]);
    g.keys("99");
    g.key("Escape");
    expect([g.grid.state.typed, g.grid.state.isFresh, g.text(thread, 1)]).toEqual(["12.95", true, "12.95"]);
  });
});

describe("an input method", () => {
  const composing = { isComposing: true };

  test("keeps its keys to itself", () => {
    const g = gridOf([thread, look]);
    for (const key of ["Enter", "Tab", "ArrowDown", "F8", "1", "Escape"]) {
      expect(g.key(key, composing)).toBe(false);
      expect(g.key(key, { keyCode: 229 })).toBe(false);
    }
    expect(at(g)).toBe("0.1");
  });

  test("nothing follows from digits until the composition ends", () => {
    const g = gridOf([thread], { mode: "last" });
    g.grid.type("9", true);
    g.grid.type("98", true);
    expect([at(g), g.text(thread, 1)]).toEqual(["0.1", undefined]);
    g.grid.type("98");
    expect([at(g), g.text(thread, 1)]).toEqual(["0.2", "12.98"]);
  });

  test("Enter that ends a composition does not take the value over, the next one does", () => {
    const g = gridOf([thread]);
    g.grid.type("12.98", true);
    expect([g.key("Enter", composing), at(g)]).toEqual([false, "0.1"]);
    g.grid.type("12.98");
    expect([g.key("Enter"), at(g), g.text(thread, 1)]).toEqual([true, "0.2", "12.98"]);
  });

  test("full-width digits and points are digits and points", () => {
    const g = gridOf([thread, centre], { mode: "last" });
    g.keys("９８");
    g.grid.type("１７０．０４");
    g.key("Enter");
    expect([g.text(thread, 1), g.text(centre, 1)]).toEqual(["12.98", "170.04"]);
  });

  test("letters of a composition that was given up are no reading", () => {
    const g = gridOf([thread]);
    g.grid.type("hege");
    g.key("Enter");
    expect([g.grid.state.problem, at(g)]).toEqual(["not_a_number", "0.1"]);
  });

  test("is told by either sign", () => {
    expect([isComposing(press("a", composing)), isComposing(press("Process", { keyCode: 229 })), isComposing(press("a", { keyCode: 65 }))]).toEqual([true, true, false]);
  });
});

describe("a likely slip", () => {
  test("is asked about once, and the cursor stays in its cell", () => {
    const g = gridOf([thread]);
    g.keys("129.8\n");
    expect([at(g), status(g, 1), g.cells.nextBatch(), g.cells.counted().size]).toEqual(["0.1", "slip", null, 0]);
    g.key("Enter");
    expect([at(g), status(g, 1), g.cells.nextBatch()]).toMatchObject(["0.2", "waiting", { confirm: true }]);
  });

  test("is put right by typing it again", () => {
    const g = gridOf([thread]);
    g.keys("129.8\n12.98\n");
    expect([at(g), g.text(thread, 1), g.cells.nextBatch()]).toMatchObject(["0.2", "12.98", { confirm: false }]);
  });
});

describe("an attribute", () => {
  test("by its keys, and NG asks for the defect", () => {
    const g = gridOf([look]);
    g.key("o");
    g.key("3");
    g.key("F7");
    expect([g.text(look, 1), g.text(look, 2), status(g, 3, "LOOK"), at(g)]).toEqual(["ok", "na", "defect", "0.3"]);
    g.grid.answer(g.cells.asking("defect"), { defect: "SCRATCH" });
    expect([status(g, 3, "LOOK"), at(g)]).toEqual(["waiting", "0.4"]);
  });

  test("F8: the rest are OK, and only the rest", () => {
    const g = gridOf([thread, look]);
    g.grid.goTo({ column: 1, unit: 2 });
    g.key("2");
    g.grid.answer(g.cells.asking("defect"), { defect: "SCRATCH" });
    g.grid.goTo({ column: 0, unit: 1 });
    g.key("F8");
    expect([g.text(look, 1), g.text(look, 2), g.text(look, 13), at(g)]).toEqual(["ok", "ng", "ok", "0.1"]);
    expect(g.grid.restColumn()).toBeNull();
  });
});

describe("correcting what is on the server", () => {
  test("asks for the reason and keeps the old value until it is given", () => {
    const g = gridOf([thread]);
    g.cells.take([reading("THREAD", 1, "12.95")]);
    g.keys("12.96\n");
    expect([status(g, 1), g.cells.get("THREAD", 1)?.was, at(g), g.cells.nextBatch()]).toEqual(["reason", "12.95", "0.1", null]);
    g.grid.answer(g.cells.asking("reason"), { reason: "typing error" });
    expect([at(g), g.cells.nextBatch()]).toMatchObject(["0.2", { reason: "typing error" }]);
  });

  test("the same value once more changes nothing", () => {
    const g = gridOf([thread]);
    g.cells.take([reading("THREAD", 1, "12.95")]);
    g.keys("12.95\n");
    expect([g.cells.pending, at(g)]).toEqual([[], "0.2"]);
  });

  test("it cannot be emptied", () => {
    const g = gridOf([thread]);
    g.cells.take([reading("THREAD", 1, "12.95")]);
    g.key("Delete");
    expect([g.text(thread, 1), g.grid.state.problem]).toEqual(["12.95", "no_removing"]);
  });

  test("a value that is under way counts as there", () => {
    const g = gridOf([thread]);
    g.keys("12.95\n");
    g.cells.begin(g.cells.nextBatch()!);
    g.key("ArrowUp");
    g.keys("12.96\n");
    expect(status(g, 1)).toBe("reason");
  });
});

describe("a pasted block", () => {
  const block = "12.95\t170\tOK\n12.96\t169.99\tNG\n129.6\t170.3\tOK";

  test("is shown and judged, and sent when it is kept", () => {
    const g = gridOf([thread, centre, look]);
    expect(g.grid.paste(block, NAMES)).toBe(9);
    expect([g.grid.countHeld(), g.cells.nextBatch(), at(g)]).toEqual([{ all: 9, near: 0, out: 3, refused: 0 }, null, "0.1"]);
    g.grid.keepHeld();
    expect([g.cells.nextBatch()?.entries.length, status(g, 3), status(g, 2, "LOOK")]).toEqual([7, "slip", "defect"]);
  });

  test("is kept with Enter, and the cursor stays", () => {
    const g = gridOf([thread]);
    g.grid.paste("12.95\n12.96", NAMES);
    expect([g.key("Enter"), g.grid.held, at(g), g.cells.nextBatch()?.entries.length]).toEqual([true, [], "0.1", 2]);
  });

  test("goes away with one Ctrl+Z", () => {
    const g = gridOf([thread, centre, look]);
    g.keys("12.9\n");
    g.grid.goTo({ column: 0, unit: 1 });
    g.grid.paste(block, NAMES);
    g.key("z", { ctrlKey: true });
    expect([g.text(thread, 1), g.text(thread, 2), g.grid.held]).toEqual(["12.9", undefined, []]);
  });

  test("names what cannot be read and takes the rest", () => {
    const g = gridOf([thread]);
    g.grid.paste("12.95\nbad\n12.961", NAMES);
    expect(g.grid.countHeld()).toEqual({ all: 1, near: 0, out: 0, refused: 2 });
  });

  test("asks one reason for all the values that it corrects", () => {
    const g = gridOf([thread]);
    g.cells.take([reading("THREAD", 1, "12.95"), reading("THREAD", 2, "12.96")]);
    g.grid.paste("12.94\n12.96\n12.97", NAMES);
    g.grid.keepHeld();
    expect([g.cells.asking("reason").length, g.cells.asking("waiting").length]).toEqual([1, 1]);
  });
});

describe("many cells", () => {
  test("Ctrl+D takes what stands above", () => {
    const g = gridOf([thread, look]);
    g.keys("12.98\n");
    g.grid.goTo({ column: 0, unit: 2 });
    g.key("d", { ctrlKey: true });
    expect([g.text(thread, 2), at(g)]).toEqual(["12.98", "1.2"]);
  });

  test("Ctrl+D fills a chosen block from its top", () => {
    const g = gridOf([thread]);
    g.keys("12.98\n");
    g.grid.goTo({ column: 0, unit: 1 });
    for (let i = 0; i < 3; i += 1) g.key("ArrowDown", { shiftKey: true });
    g.key("d", { ctrlKey: true });
    expect([1, 2, 3, 4, 5].map((u) => g.text(thread, u))).toEqual(["12.98", "12.98", "12.98", "12.98", undefined]);
  });

  test("a chosen block is copied as Excel takes it", () => {
    const g = gridOf([thread, centre]);
    g.keys("12.98\n170\n12.97\n");
    expect(g.grid.copyText()).toBeNull();
    g.grid.goTo({ column: 0, unit: 1 });
    g.key("ArrowRight", { shiftKey: true });
    g.key("ArrowDown", { shiftKey: true });
    expect(g.grid.copyText()).toBe("12.98\t170\n12.97\t");
  });

  test("Ctrl+Z takes back act by act, and first what is being typed", () => {
    const g = gridOf([thread]);
    g.keys("12.98\n12.97\n1");
    const undo = () => g.key("z", { ctrlKey: true });
    undo();
    expect([g.grid.state.typed, g.text(thread, 2)]).toEqual(["", "12.97"]);
    undo();
    expect([g.text(thread, 2), g.text(thread, 1), at(g)]).toEqual([undefined, "12.98", "0.2"]);
    undo();
    expect([g.text(thread, 1), at(g)]).toEqual([undefined, "0.1"]);
  });

  test("Ctrl+Z of what is on the server already shows it, to be corrected", () => {
    const g = gridOf([thread]);
    g.keys("12.98\n");
    g.cells.take([reading("THREAD", 1, "12.98")]);
    g.key("z", { ctrlKey: true });
    expect([at(g), g.text(thread, 1), g.grid.state.problem]).toEqual(["0.1", "12.98", "no_removing"]);
  });
});

describe("moving", () => {
  test("Tab goes across and leaves the grid at either end", () => {
    const g = gridOf([thread, wall, centre], { direction: "characteristic" });
    expect([g.key("Tab"), at(g)]).toEqual([true, "2.1"]);
    g.grid.goTo({ column: 2, unit: 13 });
    expect(g.key("Tab")).toBe(false);
    g.grid.goTo({ column: 0, unit: 1 });
    expect(g.key("Tab", { shiftKey: true })).toBe(false);
  });

  test("Home, End, page and the keys of the screen", () => {
    const g = gridOf([thread, centre]);
    g.key("End");
    expect(at(g)).toBe("1.1");
    g.key("PageDown");
    expect(at(g)).toBe("1.11");
    g.key("Home", { ctrlKey: true });
    expect(at(g)).toBe("0.1");
    g.key("F6");
    g.key("Enter", { ctrlKey: true });
    g.key("?");
    expect(g.outside).toEqual(["photo", "verdict", "help"]);
  });

  test("leaving and coming back lands on the same cell, with what was not sent", () => {
    const user = crypto.randomUUID();
    const first = gridOf([thread, centre], { user });
    first.keys("12.98\n170\n12.97\n");
    const again = gridOf([thread, centre], { user });
    expect([at(again), again.text(thread, 2), again.cells.nextBatch()?.entries.length]).toEqual(["1.2", "12.97", 3]);
  });
});

test("a characteristic that was counted meanwhile is closed, and the cursor leaves it", () => {
  const g = gridOf([look, thread]);
  g.grid.close(["LOOK"]);
  expect([at(g), g.grid.restColumn()]).toEqual(["1.1", null]);
  g.grid.button("ok", { column: 0, unit: 1 });
  expect(g.text(look, 1)).toBeUndefined();
});

test("what reached the server before the browser was told is not asked about", () => {
  const user = crypto.randomUUID();
  const first = gridOf([thread], { user });
  first.keys("12.98\n12.97\n");
  const again = gridOf([thread], { user, saved: [reading("THREAD", 1, "12.98")] });
  expect([status(again, 1), status(again, 2)]).toEqual(["saved", "waiting"]);
});

test("without the gauge that the plan asks for a value waits for it", () => {
  const gauged = specOf(characteristic("THREAD", { gauge_type: "PLUG" }));
  const g = gridOf([gauged]);
  g.keys("12.98\n");
  expect([status(g, 1), at(g), g.cells.nextBatch()]).toEqual(["gauge", "0.2", null]);
  g.grid.answer(g.cells.asking("gauge"), { gauge: "G-1" });
  expect(g.cells.nextBatch()?.entries[0]).toMatchObject({ gauge: "G-1", text: "12.98" });
  const known = gridOf([gauged], { gauge: "G-2" });
  known.keys("12.98\n");
  expect(known.cells.nextBatch()?.entries[0]).toMatchObject({ gauge: "G-2" });
});
