// What a key means in the grid. While an input method composes, every key belongs to it.
import type { Kind } from "./spec";

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

export type KeyAct =
  | { act: "move"; right: number; down: number; extend: boolean }
  | { act: "edge"; end: boolean; wholeGrid: boolean }
  | { act: "page"; down: number }
  | { act: "enter"; back: boolean }
  | { act: "tab"; back: boolean }
  | { act: "fill_down" | "undo" | "cancel" | "clear" | "edit" | "rest_ok" | "photo" | "verdict" | "help" | "copy" }
  | { act: "button"; button: "ok" | "ng" | "na" };

/** Chrome says isComposing, Safari and old Windows say only 229 for the key that ends a composition. */
export function isComposing(press: Pick<KeyPress, "isComposing" | "keyCode">): boolean {
  return press.isComposing || press.keyCode === 229;
}

const MOVES: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PLAIN: Record<string, KeyAct> = {
  Escape: { act: "cancel" },
  Delete: { act: "clear" },
  F2: { act: "edit" },
  F6: { act: "photo" },
  F7: { act: "button", button: "ng" },
  F8: { act: "rest_ok" },
  F9: { act: "button", button: "ok" },
  F10: { act: "button", button: "na" },
  PageDown: { act: "page", down: 1 },
  PageUp: { act: "page", down: -1 },
};
const WITH_CTRL: Record<string, KeyAct> = {
  d: { act: "fill_down" },
  z: { act: "undo" },
  c: { act: "copy" },
  enter: { act: "verdict" },
};
const ON_BUTTONS: Record<string, "ok" | "ng" | "na"> = { " ": "ok", "1": "ok", o: "ok", "2": "ng", n: "ng", "3": "na", a: "na" };

/**
 * The act of a key press, or null when the key is text for the cell. The keys of an attribute press
 * its buttons. `isEditing`: the caret moves inside the cell (after F2).
 */
export function actOf(press: KeyPress, kind: Kind, isEditing: boolean): KeyAct | null {
  if (isComposing(press) || press.altKey) return null;
  const isButtons = kind === "attribute";
  const ctrl = press.ctrlKey || press.metaKey;
  const move = MOVES[press.key];
  if (move && !ctrl) {
    if (isEditing && move[0] !== 0) return null;
    return { act: "move", right: move[0], down: move[1], extend: press.shiftKey };
  }
  if (press.key === "Home" || press.key === "End") {
    return isEditing && !ctrl ? null : { act: "edge", end: press.key === "End", wholeGrid: ctrl };
  }
  if (ctrl) return WITH_CTRL[press.key.toLowerCase()] ?? null;
  if (press.key === "Enter") return { act: "enter", back: press.shiftKey };
  if (press.key === "Tab") return { act: "tab", back: press.shiftKey };
  if (press.key === "?" && kind !== "text") return { act: "help" };
  const button = isButtons ? ON_BUTTONS[press.key.toLowerCase()] : undefined;
  return button ? { act: "button", button } : (PLAIN[press.key] ?? null);
}

/** A key by its name, as if it was pressed alone. */
export function press(key: string, given: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: false, keyCode: 0, ...given };
}
