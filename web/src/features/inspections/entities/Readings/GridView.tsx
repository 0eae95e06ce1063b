// The readings as an ARIA grid: one tab stop, the focus roves with the cursor; only the rows in sight
// are drawn.
import { type ClipboardEvent, type KeyboardEvent, type UIEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHeight } from "@/lib/size";
import { TAKES_SCANS } from "@/lib/scan/wedge";
import type { Outside } from "../../grid/control";
import { between } from "../../grid/layout";
import { Heads } from "./Heads";
import { Row } from "./Row";
import { type Desk, useGridState } from "./useDesk";
import { nameOf } from "./words";

const HEAD = 78;
const UNIT = 98;
const SPARE = 6; // rows drawn beyond what is seen

interface Props {
  desk: Desk;
  hasPad: boolean;
  onOutside: (act: Outside) => void;
  onPasted: (count: number) => void;
}

/** As high as leaves a small sample in sight as a whole, within what a finger and an eye need. */
function heightOf(rows: number, space: number, hasPad: boolean): number {
  const fitting = Math.floor((space - HEAD - 1) / Math.max(rows, 1));
  return hasPad ? 48 : Math.min(44, Math.max(32, fitting));
}

export function GridView({ desk, hasPad, onOutside, onPasted }: Props) {
  const { t, i18n } = useTranslation("inspections");
  const { grid, sampled, specs } = desk;
  const state = useGridState(grid);
  const [box, space] = useHeight<HTMLDivElement>();
  const [first, setFirst] = useState(0);
  const { characteristics, units } = sampled;
  const names = useStable(characteristics.map((c) => nameOf(c, i18n.language)));
  const rows = grid.shape.rows;
  const height = heightOf(rows, space, hasPad);
  const scrolled = useRef(0);
  const top = Math.max(0, first - SPARE);
  const end = Math.min(rows, first + Math.ceil(space / height) + SPARE);
  const shown = Array.from({ length: Math.max(end - top, 0) }, (_, i) => top + i + 1);
  // the cursor's row keeps the focus wherever one scrolls
  if (!shown.includes(state.at.unit)) shown.push(state.at.unit);

  useLayoutEffect(() => {
    if (box.current) reveal(box.current, (state.at.unit - 1) * height, height);
  }, [state.at, height, box]);

  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    scrolled.current = event.currentTarget.scrollTop;
    const now = Math.floor(scrolled.current / height);
    if (Math.abs(now - first) >= SPARE / 2 || now === 0) setFirst(now);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target as HTMLElement).closest("[data-cell]")) return;
    const { key, ctrlKey, metaKey, shiftKey, altKey, keyCode } = event;
    const press = { key, ctrlKey, metaKey, shiftKey, altKey, keyCode, isComposing: event.nativeEvent.isComposing };
    const isDone = grid.press(press, (act) => {
      if (act === "copy") return copy(grid.copyText());
      onOutside(act);
      return true;
    });
    if (isDone) event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent<HTMLDivElement>) => {
    const text = event.clipboardData.getData("text/plain");
    const isOne = !/[\t\n\r]/.test(text.trim());
    if (isOne && (event.target as HTMLElement).tagName === "INPUT") return; // one value is typed
    event.preventDefault();
    onPasted(grid.paste(text, characteristics.map((c) => [c.code, c.name_en, c.name_zh])));
  };
  const block = state.anchor ? between(state.at, state.anchor) : null;
  return (
    <div
      ref={box}
      role="grid"
      className="rd-grid"
      aria-label={t("grid.title")}
      aria-rowcount={rows + 1}
      aria-colcount={specs.length + 1}
      style={{ ["--rd-columns" as string]: columnsOf(desk), ["--rd-row" as string]: `${height}px` }}
      {...{ [TAKES_SCANS]: "" }}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    >
      <Heads desk={desk} state={state} names={names} />
      <div role="presentation" className="rd-rows" style={{ height: rows * height }}>
        {shown.map((unit) => (
          <div key={unit} role="presentation" className="rd-place" style={{ top: (unit - 1) * height }}>
            <Row
              grid={grid}
              shape={grid.shape}
              unit={unit}
              piece={units[unit - 1]}
              cells={specs.map((spec) => grid.cells.get(spec.code, unit))}
              names={names}
              state={state.at.unit === unit ? state : null}
              chosen={block?.units.includes(unit) ? [block.columns[0]!, block.columns.at(-1)!] : null}
              hasPad={hasPad}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Scrolls the row at `y` into what is left under the heads, and the cursor's cell beside the units. */
function reveal(element: HTMLElement, y: number, height: number): void {
  const seen = element.clientHeight - HEAD;
  if (y < element.scrollTop) element.scrollTop = y;
  else if (y + height > element.scrollTop + seen) element.scrollTop = y + height - seen;
  const cell = element.querySelector<HTMLElement>("[data-active]");
  if (!cell) return;
  if (cell.offsetLeft < element.scrollLeft + UNIT) element.scrollLeft = cell.offsetLeft - UNIT;
  const right = cell.offsetLeft + cell.offsetWidth - element.clientWidth;
  if (right > element.scrollLeft) element.scrollLeft = right;
}

function copy(text: string | null): boolean {
  if (text === null) return false; // the text chosen in the field, as everywhere
  void navigator.clipboard.writeText(text);
  return true;
}

function columnsOf({ specs }: Desk): string {
  const widths = specs.map((spec) => (spec.kind === "attribute" ? "minmax(186px, 1fr)" : "minmax(172px, 1fr)"));
  return `${UNIT}px ${widths.join(" ")}`;
}

/** The same array as long as its texts are the same. */
function useStable(texts: string[]): string[] {
  const [kept, setKept] = useState(texts);
  if (kept.length === texts.length && kept.every((text, i) => text === texts[i])) return kept;
  setKept(texts);
  return texts;
}
