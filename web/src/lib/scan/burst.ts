// Telling a scanner from a person at the same keyboard: a scanner types several characters within a
// few milliseconds each and ends with Enter or Tab. Nothing here knows the page; see wedge.ts.

export interface Key {
  key: string;
  /** The physical key, for characters that an input method hides behind "Process". */
  code: string;
  /** Milliseconds, of the event and not of its handling. */
  time: number;
  isRepeat?: boolean;
  isShift?: boolean;
  isControl?: boolean;
  /** Alt or the command key: never part of a scan. */
  isOther?: boolean;
}

/** What becomes of a key: whose it is, and what that says about the keys before it. */
export type Step =
  | { kind: "pass" }
  /** Perhaps the first of a scan: remember what it may spoil. */
  | { kind: "begin" }
  /** It is a scan after all: undo what its first characters did. */
  | { kind: "take" }
  | { kind: "swallow" }
  | { kind: "scan"; text: string };

/** A scanner's mean between two characters; people roll two keys so fast, hardly ever three. */
export const MEAN_MILLISECONDS = 35;
/** One of the first characters may come a little late, later ones, over radio for one, later still. */
const GAP_MILLISECONDS = 50;
export const LATE_MILLISECONDS = 100;
const SURE_AFTER = 3;
const SEPARATOR = "\x1d";

const SHIFTED: Record<string, string> = {
  Digit1: "!", Digit2: "@", Digit3: "#", Digit4: "$", Digit5: "%", Digit6: "^", Digit7: "&", Digit8: "*", Digit9: "(", Digit0: ")",
  Minus: "_", Equal: "+", Slash: "?", Period: ">", Comma: "<", Semicolon: ":", Quote: '"',
};
const PLAIN: Record<string, string> = {
  Minus: "-", Equal: "=", Slash: "/", Period: ".", Comma: ",", Semicolon: ";", Quote: "'", Space: " ",
};

/** The character that a key types; null for keys that type none. */
export function characterOf(key: Key): string | null {
  if (key.isControl && (key.key === "]" || key.code === "BracketRight")) return SEPARATOR;
  if (key.isControl || key.isOther) return null;
  if (key.key.length === 1) return key.key;
  if (key.key !== "Process") return null;
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(key.code) ?? [];
  if (letter) return key.isShift ? letter : letter.toLowerCase();
  if (key.isShift && SHIFTED[key.code]) return SHIFTED[key.code] ?? null;
  return digit ?? PLAIN[key.code] ?? null;
}

export class Burst {
  private typed = "";
  private first = 0;
  private last = Number.NEGATIVE_INFINITY;
  private isSure = false;

  /** The next key that went down. */
  key(key: Key): Step {
    const gap = key.time - this.last;
    if (key.key === "Shift" || key.key === "Control") {
      if (this.isSure) return { kind: "swallow" };
      return { kind: "pass" };
    }
    const character = key.isRepeat ? null : characterOf(key);
    if (character !== null) return this.character(character, key.time, gap);
    if (this.isSure && !key.isRepeat && (key.key === "Enter" || key.key === "Tab") && gap <= LATE_MILLISECONDS && this.isFast()) {
      const text = this.typed;
      this.forget();
      return { kind: "scan", text };
    }
    this.forget();
    return { kind: "pass" };
  }

  /** What was taken and is no scan, because nothing ended it; to be given back to where it was typed. */
  giveUp(): string {
    const text = this.isSure ? this.typed : "";
    this.forget();
    return text;
  }

  private character(character: string, time: number, gap: number): Step {
    if (this.typed && gap <= (this.isSure ? LATE_MILLISECONDS : GAP_MILLISECONDS)) {
      this.typed += character;
      this.last = time;
      if (this.isSure) return { kind: "swallow" };
      if (this.typed.length < SURE_AFTER) return { kind: "pass" };
      this.isSure = true;
      return { kind: "take" };
    }
    this.typed = character;
    this.first = this.last = time;
    this.isSure = false;
    return { kind: "begin" };
  }

  private isFast(): boolean {
    return (this.last - this.first) / (this.typed.length - 1) <= MEAN_MILLISECONDS;
  }

  private forget(): void {
    this.typed = "";
    this.last = Number.NEGATIVE_INFINITY;
    this.isSure = false;
  }
}
