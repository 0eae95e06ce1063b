import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listenToWedge, TAKES_SCANS } from "./wedge";

let heard: string[];
let stop: () => void;
let clock: number;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  clock = 1000;
  stop = listenToWedge((text) => heard.push(text));
});
afterEach(() => {
  stop();
  document.body.innerHTML = "";
  vi.useRealTimers();
});

/** A key as a browser gives it: down, then the character in the field unless somebody took it. */
function press(target: HTMLElement, key: string, after: number): boolean {
  clock += after;
  const event = new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: clock });
  const isFree = target.dispatchEvent(event);
  if (isFree && key.length === 1 && target instanceof HTMLInputElement) {
    target.setRangeText(key, target.selectionStart ?? 0, target.selectionEnd ?? 0, "end");
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return isFree;
}

function place<E extends HTMLElement>(html: string): E {
  document.body.innerHTML = html;
  const element = document.body.firstElementChild as E;
  element.focus();
  return element;
}

describe("a scan", () => {
  test("leaves the focused field as it was", () => {
    const field = place<HTMLInputElement>('<input value="12 boxes">');
    field.setSelectionRange(2, 2);
    const seen: string[] = [];
    field.addEventListener("input", () => seen.push(field.value));

    const free = [..."L-000042", "Enter"].map((key) => press(field, key, 8));

    expect(heard).toEqual(["L-000042"]);
    expect(field.value).toBe("12 boxes");
    expect(field.selectionStart).toBe(2);
    expect(seen.at(-1)).toBe("12 boxes");
    expect(free.slice(2)).toEqual(free.slice(2).map(() => false));
  });

  test("presses no button with its Enter, and nobody else hears it", () => {
    const button = place<HTMLButtonElement>("<button>Book</button>");
    const keys: string[] = [];
    button.addEventListener("keydown", (event) => keys.push(event.key));

    for (const key of [..."L-000042", "Enter"]) press(button, key, 8);

    expect(heard).toEqual(["L-000042"]);
    expect(keys).toEqual(["L", "-"]);
  });

  test("goes to a field that asks for it", () => {
    const field = place<HTMLInputElement>(`<input ${TAKES_SCANS}>`);

    const free = [..."10.02", "Enter"].map((key) => press(field, key, 8));

    expect(heard).toEqual([]);
    expect(field.value).toBe("10.02");
    expect(free).toEqual(free.map(() => true));
  });

  test("is no one-time code of a security key", () => {
    const field = place<HTMLInputElement>('<input type="password">');

    for (const key of [..."cccjgjgkhcbb", "Enter"]) press(field, key, 5);

    expect(heard).toEqual([]);
    expect(field.value).toBe("cccjgjgkhcbb");
  });

  test("may follow the one before within a tenth of a second", () => {
    const button = place<HTMLButtonElement>("<button>Book</button>");
    for (let n = 0; n < 10; n += 1) {
      for (const key of [...`L-${n}`, "Enter"]) press(button, key, 20);
    }

    expect(heard).toEqual([...Array(10).keys()].map((n) => `L-${n}`));
  });
});

test("what a machine typed without an end stays in the field", () => {
  const field = place<HTMLInputElement>('<input value="ab">');
  field.setSelectionRange(1, 1);

  for (const key of "1234") press(field, key, 5);
  vi.advanceTimersByTime(500);

  expect(heard).toEqual([]);
  expect(field.value).toBe("a1234b");
});

test("keys that a busy machine hears late are a scan by when they were struck", () => {
  const field = place<HTMLInputElement>("<input>");

  for (const key of [..."L-0001", "Enter"]) {
    press(field, key, 5);
    vi.advanceTimersByTime(200);
  }

  expect(heard).toEqual(["L-0001"]);
  expect(field.value).toBe("");
});

test("what a machine typed without an end is there before the next key is", () => {
  const field = place<HTMLInputElement>("<input>");

  for (const key of "1234") press(field, key, 5);
  press(field, "5", 150);

  expect(field.value).toBe("12345");
});
