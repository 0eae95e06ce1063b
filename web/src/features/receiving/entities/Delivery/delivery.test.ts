import { describe, expect, test } from "vitest";
import { readCode } from "@/lib/scan/gs1";
import { addLot, addUnexpected, change, type Delivery, difference, entered, giveLot, lackOf, type Line, linesOf, remove, start } from "./delivery";
import { type Effect, scanned } from "./scanning";

function line(n: number, values: Partial<Line> = {}): Line {
  return {
    order_line_id: `line-${n}`, line: n, material_id: `m-${n}`, material: `CA-${n}`, material_name: "Crank", gtin: "", supplier_item: `VC-${n}`,
    unit_id: "pcs", unit: "pcs", stock_unit_id: "pcs", stock_unit: "pcs", decimals: 0, per_unit: "1", ordered: "550", received: "0",
    open: "550", room: "550", due: "550", due_unit_id: "pcs", due_unit: "pcs", due_date: null, lot_control: "lot", inspection: "required", profile: "CP",
    shelf_life_days: null, ...values,
  };
}

const LINES = [line(1), line(2, { gtin: "09501101020917" }), line(3, { due: "0", open: "0", room: "0" })];

/** The delivery after the scans, and what the last one did. */
function after(codes: string[], lines = LINES, from = start(lines)): { delivery: Delivery; effect: Effect } {
  let delivery = from;
  let effect: Effect = { kind: "unexpected" };
  for (const code of codes) {
    effect = scanned(delivery, lines, readCode(code));
    if ("delivery" in effect) delivery = effect.delivery;
  }
  return { delivery, effect };
}
const here = (delivery: Delivery) => entered(delivery).map((e) => [e.lineId, e.quantity, e.supplierLot]);

describe("a delivery", () => {
  test("starts with all that is due filled in, and nothing ticked", () => {
    const delivery = start(LINES);

    expect(delivery.entries.map((e) => e.quantity)).toEqual(["550", "550", ""]);
    expect(entered(delivery)).toEqual([]);
    expect(delivery.current).toBe("1");
  });

  test("of one open line is ticked at once: it takes no click", () => {
    expect(here(start([line(1), line(2, { due: "0", open: "0" })]))).toEqual([["line-1", "550", ""]]);
  });

  test("goes out with full-width digits and thousands as numbers", () => {
    const delivery = change(start(LINES), "1", { isHere: true, quantity: "１,２００", expiresDate: "2027-01-31" });

    expect(linesOf(delivery)).toMatchObject([{ order_line_id: "line-1", quantity: "1200", unit_id: "pcs", expires_date: "2027-01-31", manufactured_date: null }]);
  });

  test("says what is more and what is less than expected, lots together", () => {
    const two = addLot(change(start(LINES), "1", { isHere: true, quantity: "500" }), LINES, "line-1", { quantity: "80" });

    expect(difference(two, LINES[0]!)).toEqual({ over: "30", under: null });
    expect(difference(change(two, "1", { quantity: "100" }), LINES[0]!)).toEqual({ over: null, under: "370" });
    expect(difference(start(LINES), LINES[0]!)).toEqual({ over: null, under: null });
  });

  test("in cartons is compared in pieces, tolerance included", () => {
    const carton = line(1, { unit_id: "ctn", unit: "ctn", due_unit_id: "ctn", due_unit: "ctn", due: "10", per_unit: "12", open: "120", room: "132" });
    const delivery = change(start([carton]), "1", { quantity: "11" });

    expect(difference(delivery, carton).over).toBeNull();
    expect(difference(change(delivery, "1", { quantity: "12" }), carton).over).toBe("12");
  });

  test("says what an entry lacks", () => {
    const serial = [line(1, { lot_control: "serial", due: "2", open: "2", room: "2" })];
    const delivery = start(serial);

    const lack = (changed: Delivery) => entered(changed).map((e) => lackOf(e, serial));
    expect(lack(delivery)).toEqual(["serials"]);
    expect(lack(change(delivery, "1", { quantity: "" }))).toEqual(["quantity"]);
    expect(lack(change(delivery, "1", { quantity: "0" }))).toEqual(["quantity"]);
    expect(lack(change(delivery, "1", { serials: ["a", "b"] }))).toEqual([null]);
  });

  test("takes a supplier lot of a line, and a second one beside it", () => {
    const one = giveLot(start(LINES), LINES, "line-2", "A");

    expect(here(one)).toEqual([["line-2", "550", "A"]]);
    expect(here(giveLot(one, LINES, "line-2", "B"))).toEqual([
      ["line-2", "550", "A"],
      ["line-2", "", "B"],
    ]);
  });

  test("takes what nobody ordered, and gives it up again", () => {
    const material = { id: "m-9", number: "FC-9", name: "Plate", unit: "pcs" };
    const delivery = addUnexpected(start(LINES), material, "line-1", { quantity: "3" });

    expect(linesOf(delivery)).toMatchObject([{ order_line_id: "line-1", material_id: "m-9", quantity: "3", unit_id: null }]);
    expect(entered(remove(delivery, delivery.current))).toEqual([]);
  });
});

describe("a scan at the dock", () => {
  test.each(["CA-2", "ca-2", "VC-2", "9501101020917", "(01)09501101020917"])("of %s ticks its line with what is due", (code) => {
    const { delivery, effect } = after([code]);

    expect(effect.kind).toBe("line");
    expect(delivery.current).toBe("2");
    expect(here(delivery)).toEqual([["line-2", "550", ""]]);
  });

  test("fills in lot and dates from the supplier's label", () => {
    const { delivery } = after(["(01)09501101020917(10)VC-0453(11)261109(17)271109"]);

    expect(entered(delivery)[0]).toMatchObject({ supplierLot: "VC-0453", manufacturedDate: "2026-11-09", expiresDate: "2027-11-09" });
  });

  test("counts boxes whose label says how many are in them", () => {
    const { delivery, effect } = after(Array<string>(11).fill("(01)09501101020917(10)VC-0453(30)50"));

    expect(effect).toMatchObject({ kind: "box", added: "50" });
    expect(entered(delivery)[0]).toMatchObject({ quantity: "550", boxes: 11 });
  });

  test("does not count the same box twice", () => {
    const box = (n: number) => `(01)09501101020917(10)VC-0453(30)50(21)BOX-${n}`;
    const { delivery, effect } = after([box(1), box(2), box(2)]);

    expect(effect.kind).toBe("repeat");
    expect(here(delivery)).toEqual([["line-2", "100", "VC-0453"]]);
  });

  test("of another lot makes another entry of the same line", () => {
    const { delivery } = after(["(01)09501101020917(10)A(30)50", "(01)09501101020917(10)B(30)20", "(01)09501101020917(10)A(30)50"]);

    expect(here(delivery)).toEqual([
      ["line-2", "100", "A"],
      ["line-2", "20", "B"],
    ]);
  });

  test("of another lot without a count leaves its quantity to be typed", () => {
    const { delivery, effect } = after(["(01)09501101020917(10)A", "(01)09501101020917(10)B"]);

    expect(effect.kind).toBe("another_lot");
    expect(here(delivery)).toEqual([
      ["line-2", "550", "A"],
      ["line-2", "", "B"],
    ]);
  });

  test("of serials counts each of them once", () => {
    const serial = [line(1, { lot_control: "serial", gtin: "09501101020917", due: "3", open: "3" })];
    const { delivery } = after(["(01)09501101020917(21)S1", "(01)09501101020917(21)S2", "(01)09501101020917(21)S1"], serial);

    expect(entered(delivery)[0]).toMatchObject({ quantity: "2", serials: ["S1", "S2"] });
  });

  test("of a bare text is the supplier lot of what is being entered, and asks before it changes one", () => {
    const { delivery, effect } = after(["CA-1", "VC-2611-0453"]);

    expect(effect.kind).toBe("lot");
    expect(here(delivery)).toEqual([["line-1", "550", "VC-2611-0453"]]);
    expect(scanned(delivery, LINES, readCode("VC-2611-0454"))).toEqual({ kind: "which_lot", entry: "1", text: "VC-2611-0454" });
    expect(scanned(delivery, LINES, readCode("VC-2611-0453")).kind).toBe("repeat");
  });

  test.each(["12345670", "(01)09501101021013(10)A"])("of %s, which no line ordered, is asked about", (code) => {
    expect(after(["CA-1", code]).effect.kind).toBe("unexpected");
  });

  test("of a text before anything is entered is asked about, too", () => {
    expect(after(["VC-2611-0453"]).effect.kind).toBe("unexpected");
  });
});
