import { describe, expect, test } from "vitest";
import { shapeOf } from "./layout";
import { asText, cellsOf, lay } from "./paste";
import { centre, look, thread, wall } from "./testing";

const shape = shapeOf([thread, wall, look, centre]);
const names = [["THREAD", "Pedal thread", "踏板螺纹"], ["WALL", "", ""], ["LOOK", "Surface", "外观"], ["CENTRE", "Centre distance", "中心距"]];
const laid = (text: string, column = 0, unit = 1) =>
  lay(cellsOf(text), { column, unit }, shape, names).map((p) => `${p.place.column}.${p.place.unit}=${p.text}`);

describe("copied text", () => {
  test("as Excel puts it on the clipboard", () => expect(cellsOf("1\t2\r\n3\t4\r\n")).toEqual([["1", "2"], ["3", "4"]]));
  test("with quotes, tabs and lines in a cell", () => expect(cellsOf('"a\tb"\t"say ""x"""\n"1\n2"\t')).toEqual([["a\tb", 'say "x"'], ["1\n2", ""]]));
  test("comes out as it went in", () => {
    const rows = [["12.98", "a\tb"], ['"', ""]];
    expect(cellsOf(asText(rows))).toEqual(rows);
  });
});

describe("a block", () => {
  test("as wide as the columns that are filled in by hand skips the calculated one", () => {
    expect(laid("12.95\tOK\t170\n12.96\tNG\t169.9")).toEqual(["0.1=12.95", "2.1=OK", "3.1=170", "0.2=12.96", "2.2=NG", "3.2=169.9"]);
  });
  test("of another width lies over the grid as it is seen", () => {
    expect(laid("12.95\t6.4\tOK\t170")).toEqual(["0.1=12.95", "2.1=OK", "3.1=170"]);
    expect(laid("12.95\t6.4")).toEqual(["0.1=12.95"]);
  });
  test("begins where the cursor is", () => expect(laid("OK\t170", 2, 12)).toEqual(["2.12=OK", "3.12=170"]));
  test("loses what lies outside, and leaves out what is empty", () => expect(laid("1\t\t2\n3\tOK\t4", 0, 13)).toEqual(["0.13=1", "3.13=2"]));
  test("with heads goes by them, in any order and language", () => {
    expect(laid("样件\t中心距\tSurface\tthread\n1\t170\tOK\t12.9")).toEqual(["3.1=170", "2.1=OK", "0.1=12.9"]);
  });
});
