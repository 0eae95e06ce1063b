// Where the cursor goes: the cells of the grid, and which of them are filled in by hand.
import { isEntered, type Spec } from "./spec";

/** A cell: its column from 0, its unit from 1. */
export interface Place {
  column: number;
  unit: number;
}

export type Direction = "unit" | "characteristic";

export interface Shape {
  specs: Spec[];
  /** How many units the longest column has. */
  rows: number;
  /** Codes of characteristics that were counted as a whole: nothing is read of single units. */
  counted: ReadonlySet<string>;
}

export function shapeOf(specs: Spec[], counted: Iterable<string> = []): Shape {
  return { specs, rows: Math.max(0, ...specs.map((s) => s.units)), counted: new Set(counted) };
}

export function keyOf(code: string, unit: number): string {
  return `${code}#${unit}`;
}

/** Whether a unit is read of this characteristic at all. */
export function exists({ specs }: Shape, { column, unit }: Place): boolean {
  const spec = specs[column];
  return spec !== undefined && unit >= 1 && unit <= spec.units;
}

/** Whether something may be entered there. */
export function isOpen(shape: Shape, place: Place): boolean {
  const spec = shape.specs[place.column];
  return spec !== undefined && exists(shape, place) && isEntered(spec) && !shape.counted.has(spec.code);
}

const same = (a: Place, b: Place) => a.column === b.column && a.unit === b.unit;

function step(shape: Shape, { column, unit }: Place, direction: Direction, back: boolean): Place | null {
  const by = back ? -1 : 1;
  const wraps = direction === "unit" ? shape.specs.length - 1 : shape.rows;
  const first = direction === "unit" ? 0 : 1;
  const along = (direction === "unit" ? column : unit) + by;
  const across = direction === "unit" ? unit : column;
  if (along >= first && along <= wraps) return direction === "unit" ? { column: along, unit } : { column, unit: along };
  const next = across + by;
  const start = back ? wraps : first;
  if (direction === "unit") return next >= 1 && next <= shape.rows ? { column: start, unit: next } : null;
  return next >= 0 && next < shape.specs.length ? { column: next, unit: start } : null;
}

/** The next cell to fill in that direction, past what is calculated, counted or not sampled. */
export function nextOpen(
  shape: Shape,
  from: Place,
  direction: Direction,
  { back = false, isFilled = () => false }: { back?: boolean; isFilled?: (place: Place) => boolean } = {},
): Place | null {
  let at = step(shape, from, direction, back);
  while (at && (!isOpen(shape, at) || isFilled(at))) at = step(shape, at, direction, back);
  return at;
}

/** The first cell that waits for a reading, or the very first. */
export function firstOpen(shape: Shape, direction: Direction, isFilled: (place: Place) => boolean): Place {
  const start: Place = { column: 0, unit: 1 };
  if (isOpen(shape, start) && !isFilled(start)) return start;
  return (
    nextOpen(shape, start, direction, { isFilled }) ?? (isOpen(shape, start) ? start : (nextOpen(shape, start, direction) ?? start))
  );
}

/** Where the cursor goes after an entry: the next empty cell, from the top when none is left below. */
export function afterEntry(shape: Shape, from: Place, direction: Direction, isFilled: (place: Place) => boolean): Place {
  const next = nextOpen(shape, from, direction, { isFilled });
  if (next) return next;
  const first = firstOpen(shape, direction, (place) => same(place, from) || isFilled(place));
  return isFilled(first) ? from : first;
}

/** By arrows: to the neighbour, past cells of units that are not sampled there; else it stays. */
export function neighbour(shape: Shape, from: Place, right: number, down: number): Place {
  let at = from;
  do {
    at = { column: at.column + right, unit: at.unit + down };
    if (at.column < 0 || at.column >= shape.specs.length || at.unit < 1 || at.unit > shape.rows) return from;
  } while (!exists(shape, at));
  return at;
}

/** The first or last cell of a row, or of the grid. */
export function edge(shape: Shape, from: Place, end: boolean, wholeGrid: boolean): Place {
  const unit = wholeGrid ? (end ? shape.rows : 1) : from.unit;
  const columns = shape.specs.map((_, column) => ({ column, unit })).filter((place) => exists(shape, place));
  return (end ? columns.at(-1) : columns[0]) ?? from;
}

/** The rectangle between two cells, row by row. */
export function between(a: Place, b: Place): { columns: number[]; units: number[] } {
  const range = (from: number, to: number) => Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
  return { columns: range(a.column, b.column), units: range(a.unit, b.unit) };
}
