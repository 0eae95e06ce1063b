// A block out of Excel or a file of a measuring machine: rows of cells, laid over the grid.
import { halfWidth } from "@/lib/quantities";
import { isEntered } from "./spec";
import { isOpen, type Place, type Shape } from "./layout";

/** The cells of copied text: tabs and line ends; a cell with either is in quotes, as Excel writes it. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i]!;
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') cell += source[(i += 1)];
      else isQuoted = false;
    } else if (c === '"' && cell === "") isQuoted = true;
    else if (c === "\t" || c === "\n") {
      rows.at(-1)!.push(cell.trim());
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows.at(-1)!.push(cell.trim());
  return rows;
}

export interface Pasted {
  place: Place;
  text: string;
}

const normal = (text: string) => halfWidth(text).trim().toLowerCase();

/**
 * The heads of the first row as columns, when it names characteristics; null when it is values.
 * `names` are by column all the words that a head may be.
 */
function headed(first: string[], names: string[][]): (number | null)[] | null {
  const columns = first.map((head) => {
    const word = normal(head);
    const found = names.findIndex((all) => all.some((name) => name !== "" && normal(name) === word));
    return word && found >= 0 ? found : null;
  });
  return columns.some((column) => column !== null) ? columns : null;
}

/**
 * Which cell each value goes into, from the cell where the cursor is. A row of heads decides the
 * columns; else a block as wide as the columns that are filled in by hand skips the calculated ones,
 * and any other lies over the grid as it is seen. What falls outside or is empty is left out.
 */
export function lay(cells: string[][], at: Place, shape: Shape, names: string[][]): Pasted[] {
  const heads = headed(cells[0] ?? [], names);
  const rows = heads ? cells.slice(1) : cells;
  const onward = shape.specs.map((_, column) => column).filter((column) => column >= at.column);
  const byHand = onward.filter((column) => isEntered(shape.specs[column]!) && !shape.counted.has(shape.specs[column]!.code));
  const widest = Math.max(0, ...rows.map((row) => row.length));
  const columns = heads ?? (widest === byHand.length ? byHand : onward);
  return rows.flatMap((row, down) =>
    row.flatMap((text, right) => {
      const column = columns[right];
      const place = { column: column ?? -1, unit: at.unit + down };
      return text !== "" && column !== null && column !== undefined && isOpen(shape, place) ? [{ place, text }] : [];
    }),
  );
}

/** A block of the grid as text that Excel takes. */
export function asText(rows: string[][]): string {
  return rows.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join("\t")).join("\n");
}
