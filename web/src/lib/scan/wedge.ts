// Scanners that type: captured on the whole document before anything else hears the keys, so that a
// scan never lands in a field that has the focus and its Enter never presses a button.
import { Burst, LATE_MILLISECONDS } from "./burst";

/** A field that wants scans itself, such as a cell that a gauge types into, says so with this. */
export const TAKES_SCANS = "data-takes-scans";
const OWN = `[${TAKES_SCANS}], input[type=password], input[autocomplete=one-time-code]`;

/** On a busy machine keys are heard late; each carries when it was struck, and that alone counts. */
const PATIENCE_MILLISECONDS = 400;

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Before {
  field: Field;
  value: string;
  start: number;
  end: number;
}

function fieldOf(target: EventTarget | null): Field | null {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && !target.readOnly ? target : null;
}

function snapshot(field: Field): Before {
  const { value } = field;
  // fields of numbers and dates tell no selection
  return { field, value, start: field.selectionStart ?? value.length, end: field.selectionEnd ?? value.length };
}

/** Set a field's text as typing would, so that whoever keeps it hears of it. */
function write(field: Field, value: string, caret: [number, number]): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (field.selectionStart !== null) field.setSelectionRange(...caret);
}

/** Hear scans until the returned function is called. */
export function listenToWedge(onScan: (text: string) => void): () => void {
  const burst = new Burst();
  const swallowed = new Set<string>();
  let before: Before | null = null;
  let composing: Field | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let swallowedAt: number | null = null;

  const undo = () => {
    if (!before) return;
    if (composing) before.field.blur(); // an input method lets go of what it composes
    write(before.field, before.value, [before.start, before.end]);
  };
  const giveBack = () => {
    const text = burst.giveUp().replaceAll("\x1d", "");
    if (before && text) {
      const { field, value, start, end } = before;
      write(field, value.slice(0, start) + text + value.slice(end), [start + text.length, start + text.length]);
    }
    composing?.focus();
    before = composing = null;
    swallowedAt = null;
  };
  const stop = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const down = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest(OWN)) return;
    clearTimeout(timer);
    if (swallowedAt !== null && event.timeStamp - swallowedAt > LATE_MILLISECONDS) giveBack();
    const step = burst.key({
      key: event.key,
      code: event.code,
      time: event.timeStamp,
      isRepeat: event.repeat,
      isShift: event.shiftKey,
      isControl: event.ctrlKey,
      isOther: event.altKey || event.metaKey,
    });
    if (step.kind === "pass") return;
    if (step.kind === "begin") {
      const field = fieldOf(event.target);
      before = field && snapshot(field);
      composing = event.key === "Process" ? field : null;
      return;
    }
    stop(event);
    swallowed.add(event.code);
    if (step.kind === "take") undo();
    if (step.kind === "scan") {
      composing?.focus();
      before = composing = null;
      swallowedAt = null;
      onScan(step.text);
      return;
    }
    swallowedAt = event.timeStamp;
    timer = setTimeout(giveBack, PATIENCE_MILLISECONDS);
  };
  const up = (event: KeyboardEvent) => {
    if (swallowed.delete(event.code)) stop(event); // a space presses a button when it comes up
  };
  window.addEventListener("keydown", down, true);
  window.addEventListener("keyup", up, true);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", down, true);
    window.removeEventListener("keyup", up, true);
  };
}
