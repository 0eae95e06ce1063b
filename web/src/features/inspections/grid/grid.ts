// The grid with what is done to many cells at once: paste, fill down, "the rest are OK", undo.
import type { Entry } from "./cells";
import { GridControl, type Outside } from "./control";
import { interpret } from "./entry";
import { isComposing, type KeyPress } from "./keys";
import { between, isOpen, keyOf, type Place } from "./layout";
import { asText, cellsOf, lay } from "./paste";

export interface BlockCount {
  all: number;
  near: number;
  out: number;
  refused: number;
}

export class Grid extends GridControl {
  override press(press: KeyPress, outside: (act: Outside) => boolean): boolean {
    if (press.key === "Enter" && !press.ctrlKey && !isComposing(press) && this.state.isFresh && this.held.length) {
      this.keepHeld();
      return true;
    }
    return super.press(press, (act) => {
      switch (act) {
        case "undo":
          this.undo();
          return true;
        case "cancel":
          if (this.held.length) this.undo();
          else this.set({ anchor: null, problem: null });
          return true;
        case "fill_down":
          this.fillDown();
          return true;
        case "rest_ok":
          this.restOk();
          return true;
        default:
          return outside(act);
      }
    });
  }

  /** What was pasted and is neither kept nor taken back. */
  get held(): Entry[] {
    return this.cells.asking("held");
  }

  // ---- paste

  /** Lays a block over the grid; it is shown and judged, and sent when it is kept. */
  paste(text: string, names: string[][]): number {
    if (this.held.length) this.undo();
    const laid = lay(cellsOf(text), this.state.at, this.shape, names);
    this.enter(
      laid.flatMap(({ place, text: typed }) => {
        const spec = this.spec(place);
        const entered = interpret(typed, "gauge", spec);
        if (entered.kind === "empty" || (entered.kind === "value" && this.cellAt(place)?.text === entered.text)) return [];
        return [{ place, entry: entered.kind === "value" ? { text: entered.text, isHeld: true } : { text: typed, problem: entered.problem } }];
      }),
    );
    this.goTo(laid[0]?.place ?? this.state.at);
    return laid.length;
  }

  /** The pasted block is right: it is sent as soon as nothing of it asks anything. */
  keepHeld(): void {
    this.cells.change(this.held, { isHeld: false });
    this.changed();
  }

  countHeld(): BlockCount {
    const refused = this.cells.asking("refused").length;
    const cells = this.held.map((e) => this.cells.get(e.code, e.unit));
    const count = (result: string) => cells.filter((cell) => cell?.result === result).length;
    return { all: cells.length, near: count("near"), out: count("out"), refused };
  }

  // ---- many cells

  private block(): Place[] {
    const { at, anchor } = this.state;
    const { columns, units } = between(at, anchor ?? at);
    return columns.flatMap((column) => units.map((unit) => ({ column, unit })));
  }

  /** The top of the block all the way down it; without a block, what stands above the cursor. */
  fillDown(): void {
    const { at, anchor } = this.state;
    const top = anchor ? Math.min(at.unit, anchor.unit) : at.unit - 1;
    this.enter(
      this.block().flatMap((place) => {
        const above = place.unit > top ? this.cellAt({ column: place.column, unit: top }) : undefined;
        if (!above || above.status === "refused" || !isOpen(this.shape, place) || this.cellAt(place)?.text === above.text) return [];
        return [{ place, entry: { text: above.text, defect: above.defect } }];
      }),
    );
    if (anchor) this.set({ anchor: null, typed: this.cellAt(at)?.text ?? "", isFresh: true });
    else if (!this.asksHere()) this.advance();
  }

  /** The attribute that "the rest are OK" means now: under the cursor, else the first with gaps. */
  restColumn(): number | null {
    const gaps = this.shape.specs.flatMap((spec, column) => (spec.kind === "attribute" && this.gaps(column).length ? [column] : []));
    return gaps.includes(this.state.at.column) ? this.state.at.column : (gaps[0] ?? null);
  }

  private gaps(column: number): Place[] {
    const units = Array.from({ length: this.spec({ column, unit: 1 }).units }, (_, i) => i + 1);
    return units.map((unit) => ({ column, unit })).filter((place) => isOpen(this.shape, place) && !this.isFilled(place));
  }

  restOk(): void {
    const column = this.restColumn();
    if (column === null) return;
    this.enter(this.gaps(column).map((place) => ({ place, entry: { text: "ok" } })));
    if (this.isFilled(this.state.at)) this.advance();
  }

  /**
   * Takes back the last act. What was not sent is as it was before; of what is on the server already
   * the cursor goes to it, where another value corrects it with a reason.
   */
  undo(): void {
    const last = this.undone.pop();
    if (!last) return;
    let isKept = false;
    for (const { place, before } of last) {
      const { code } = this.spec(place);
      const now = this.cells.entry(code, place.unit);
      if (now && this.cells.get(code, place.unit)?.status !== "sending") this.cells.put(code, place.unit, before ?? null);
      else if (this.cells.shown.has(keyOf(code, place.unit))) isKept = true;
    }
    this.changed();
    this.goTo(last[0]!.place);
    if (isKept) this.set({ problem: "no_removing" });
  }

  /** The chosen block, as text for Excel; null without one. */
  copyText(): string | null {
    const { at, anchor } = this.state;
    if (!anchor) return null;
    const { columns, units } = between(at, anchor);
    return asText(units.map((unit) => columns.map((column) => this.cellAt({ column, unit })?.text ?? "")));
  }
}
