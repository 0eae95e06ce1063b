// The grid as one thing to act on: the cursor, what is being typed, and what becomes of it. It knows
// no screen; whoever shows it subscribes, and every change is one new state.
import { Cells, type Cell, type Entry } from "./cells";
import { interpret, isComplete, type EntryProblem, type Mode } from "./entry";
import type { Keeper } from "./keeping";
import { actOf, isComposing, type KeyAct, type KeyPress } from "./keys";
import { afterEntry, edge, firstOpen, isOpen, neighbour, nextOpen, type Direction, type Place, type Shape } from "./layout";
import type { Spec } from "./spec";

export interface GridState {
  at: Place;
  /** The other corner of a chosen block; null while only the cursor's cell is meant. */
  anchor: Place | null;
  typed: string;
  /** Nothing was typed since the cursor came here: the next key replaces what stands there. */
  isFresh: boolean;
  /** After F2: the caret moves inside the cell, and the whole value is typed. */
  isEditing: boolean;
  mode: Mode;
  direction: Direction;
  /** What is wrong with what was typed last; said, and shown at the cell. */
  problem: EntryProblem | "no_removing" | null;
  /** Rises with every change of a cell. */
  version: number;
}

/** What is not about the cell under the cursor. */
export type Outside = Extract<KeyAct["act"], "photo" | "verdict" | "help" | "copy" | "undo" | "fill_down" | "rest_ok" | "cancel">;

export interface Undone {
  place: Place;
  before: Entry | undefined;
}

export interface GridOptions {
  shape: Shape;
  cells: Cells;
  keeper: Keeper;
  mode: Mode;
  direction: Direction;
  /** The number of the gauge that measures a characteristic now. */
  gaugeOf: (spec: Spec) => string | null;
  /** Told after every change of a cell, so that it is saved. */
  onEntered: () => void;
}

export class GridControl {
  state: GridState;
  shape: Shape;
  readonly cells: Cells;
  readonly undone: Undone[][] = [];
  private readonly options: GridOptions;
  private listeners = new Set<() => void>();

  constructor(options: GridOptions) {
    this.options = options;
    this.shape = options.shape;
    this.cells = options.cells;
    for (const entry of options.keeper.read()) this.cells.put(entry.code, entry.unit, entry);
    const kept = options.keeper.place();
    const column = this.shape.specs.findIndex((s) => s.code === kept?.code);
    const at = kept && isOpen(this.shape, { column, unit: kept.unit }) ? { column, unit: kept.unit } : null;
    this.state = {
      at: at ?? firstOpen(this.shape, options.direction, this.isFilled),
      anchor: null,
      typed: "",
      isFresh: true,
      isEditing: false,
      mode: options.mode,
      direction: options.direction,
      problem: null,
      version: 0,
    };
    this.state.typed = this.cellAt(this.state.at)?.text ?? "";
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): GridState => this.state;

  set(change: Partial<GridState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  spec(place: Place = this.state.at): Spec {
    return this.shape.specs[place.column]!;
  }

  cellAt(place: Place): Cell | undefined {
    return this.cells.get(this.spec(place).code, place.unit);
  }

  isFilled = (place: Place): boolean => {
    const cell = this.cellAt(place);
    return cell !== undefined && cell.status !== "refused";
  };

  /** Cells changed by themselves: the server answered, or somebody else entered something. */
  refresh(): void {
    const { isFresh, at, typed } = this.state;
    this.keep();
    this.set({ version: this.state.version + 1, typed: isFresh ? (this.cellAt(at)?.text ?? "") : typed });
  }

  private keep(): void {
    this.options.keeper.keep(this.cells.pending);
  }

  /** One act of a person: its entries are kept at once, sent soon, and taken back together. */
  enter(changes: { place: Place; entry: Partial<Entry> & { text: string } }[]): void {
    const undone: Undone[] = [];
    for (const { place, entry } of changes) {
      const spec = this.spec(place);
      const { code } = spec;
      undone.push({ place, before: this.cells.entry(code, place.unit) });
      this.cells.put(code, place.unit, { ...emptyEntry(code, place.unit), gauge: this.options.gaugeOf(spec), ...entry });
    }
    if (undone.length) this.undone.push(undone);
    this.changed();
  }

  changed(change: Partial<GridState> = {}): void {
    this.keep();
    this.set({ version: this.state.version + 1, ...change });
    this.options.onEntered();
  }

  /** These characteristics were counted as a whole: nothing is read of single units any more. */
  close(counted: string[]): void {
    if (counted.length === this.shape.counted.size && counted.every((code) => this.shape.counted.has(code))) return;
    this.shape = { ...this.shape, counted: new Set(counted) };
    if (!isOpen(this.shape, this.state.at)) this.goTo(firstOpen(this.shape, this.state.direction, this.isFilled));
    this.refresh();
  }

  // ---- moving

  goTo(at: Place, extend = false): void {
    const anchor = extend ? (this.state.anchor ?? this.state.at) : null;
    const cell = this.cells.get(this.spec(at).code, at.unit);
    this.options.keeper.keepPlace(this.spec(at).code, at.unit);
    this.set({ at, anchor, typed: cell?.text ?? "", isFresh: true, isEditing: false, problem: null });
  }

  /** Leaves the cell for another; what cannot be a reading stays there, marked. */
  moveTo(at: Place, extend = false): void {
    this.commit(false);
    this.goTo(at, extend);
  }

  advance(back = false): void {
    const { at, direction } = this.state;
    const next = back ? nextOpen(this.shape, at, direction, { back: true }) : afterEntry(this.shape, at, direction, this.isFilled);
    this.goTo(next ?? at);
  }

  // ---- typing

  /** What stands in the cell's field now; while a composition lasts, nothing follows from it. */
  type(typed: string, composes = false): void {
    if (!isOpen(this.shape, this.state.at)) return;
    this.set({ typed, isFresh: false, problem: null, anchor: null });
    const { mode, isEditing } = this.state;
    if (!composes && !isEditing && isComplete(typed, mode, this.spec()) && this.commit(true)) this.advance();
  }

  /** Takes over what was typed; false when the cursor shall stay. */
  commit(stays: boolean): boolean {
    const { typed, isFresh, at, isEditing, mode } = this.state;
    if (isFresh) return true;
    const spec = this.spec();
    const shown = this.cellAt(at);
    const entered = interpret(typed, isEditing ? "full" : mode, spec);
    if (entered.kind === "empty") {
      const saved = this.cells.savedText(spec.code, at.unit);
      this.cells.put(spec.code, at.unit, null);
      this.changed({ typed: saved ?? "", isFresh: true, problem: saved === null ? null : "no_removing" });
      return true;
    }
    if (entered.kind === "problem") {
      if (stays) this.set({ problem: entered.problem });
      else this.enter([{ place: at, entry: { text: typed, problem: entered.problem } }]);
      return !stays;
    }
    if (shown?.text === entered.text && shown.status !== "refused") {
      this.set({ typed: shown.text, isFresh: true });
      return true;
    }
    this.enter([{ place: at, entry: { text: entered.text } }]);
    this.set({ typed: entered.text, isFresh: true, isEditing: false });
    return !this.asksHere();
  }

  button(button: "ok" | "ng" | "na", place: Place = this.state.at): void {
    if (this.spec(place).kind !== "attribute" || !isOpen(this.shape, place)) return;
    this.goTo(place);
    const shown = this.cellAt(place);
    if (shown?.text !== button || button === "ng") this.enter([{ place, entry: { text: button } }]);
    if (!this.asksHere()) this.advance();
  }

  /** What was asked about these entries is answered; the cursor goes on if it waited for that. */
  answer(entries: Entry[], change: Partial<Entry>): void {
    const isHere = entries.some((e) => e.code === this.spec().code && e.unit === this.state.at.unit);
    this.cells.change(entries, change);
    this.changed();
    if (isHere && !this.asksHere()) this.advance();
  }

  /** Whether the cell under the cursor asks something first. */
  protected asksHere(): boolean {
    return ASKS_HERE.has(this.cellAt(this.state.at)?.status ?? "");
  }

  // ---- keys

  /** Whether the key was an act of the grid; what only the screen can do is handed to it. */
  press(press: KeyPress, outside: (act: Outside) => boolean): boolean {
    const { typed, isFresh, isEditing, at } = this.state;
    if (press.key === "Backspace" && typed === "" && !isComposing(press)) {
      this.advance(true);
      return true;
    }
    const act = actOf(press, this.spec().kind, isEditing);
    if (!act) return false;
    switch (act.act) {
      case "move":
        this.moveTo(neighbour(this.shape, at, act.right, act.down), act.extend);
        return true;
      case "edge":
        this.moveTo(edge(this.shape, at, act.end, act.wholeGrid));
        return true;
      case "page":
        for (let i = 0, to = at; i < PAGE; i += 1, this.moveTo(to)) to = neighbour(this.shape, to, 0, act.down);
        return true;
      case "enter":
        if (isFresh && this.cellAt(at)?.status === "slip") this.answer(this.entriesAt(at), { isConfirmed: true });
        else if (this.commit(true) && !this.asksHere()) this.advance(act.back);
        return true;
      case "tab": {
        const next = nextOpen(this.shape, at, "unit", { back: act.back });
        this.commit(false);
        if (next) this.goTo(next);
        return next !== null; // at either end Tab leaves the grid
      }
      case "cancel":
        if (isFresh) return outside("cancel");
        this.set({ typed: this.cellAt(at)?.text ?? "", isFresh: true, isEditing: false, problem: null });
        return true;
      case "edit":
        this.set({ isEditing: true, isFresh: false });
        return true;
      case "button":
        this.button(act.button);
        return true;
      case "clear":
        this.set({ typed: "", isFresh: false });
        this.commit(false);
        return true;
      case "undo":
        if (isFresh) return outside("undo");
        this.set({ typed: this.cellAt(at)?.text ?? "", isFresh: true, problem: null });
        return true;
      default:
        return outside(act.act);
    }
  }

  entriesAt(place: Place): Entry[] {
    const entry = this.cells.entry(this.spec(place).code, place.unit);
    return entry ? [entry] : [];
  }
}

const PAGE = 10;
/** What is asked with the cursor staying where it is. */
const ASKS_HERE: ReadonlySet<string> = new Set(["slip", "defect", "reason"]);

export function emptyEntry(code: string, unit: number): Entry {
  return { code, unit, text: "", gauge: null, defect: null, nonconformities: null, reason: "", isAsked: false, isConfirmed: false, isHeld: false, problem: null };
}
