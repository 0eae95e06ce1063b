// A scan that means several records asks which one is meant; it never guesses.
import { useSyncExternalStore } from "react";
import { play } from "./sound";

/** One record that a scan may mean. */
export interface Found {
  kind: string;
  id: string;
  number: string;
  title: string;
  detail: string;
}

export interface Question {
  scanned: string;
  /** The question, when it is not which record is meant. */
  words?: { title: string; detail: string };
  found: Found[];
  answer: (chosen: Found | null) => void;
}

const listeners = new Set<() => void>();
let open: Question | null = null;

function set(next: Question | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** The one that the person chose; null when he chose none. */
export function ask(scanned: string, found: Found[], words?: Question["words"]): Promise<Found | null> {
  play("asked");
  return new Promise((resolve) => {
    set({
      scanned,
      words,
      found,
      answer: (chosen) => {
        set(null);
        resolve(chosen);
      },
    });
  });
}

export function useQuestion(): Question | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
