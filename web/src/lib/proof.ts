// Some changes of one's account want a fresh proof of who is here. Whoever sends one waits here
// until the person gave the proof over the open page, and then goes on.
import { useSyncExternalStore } from "react";

export interface Asked {
  /** The second factors with which the proof may be given: totp, webauthn, recovery_codes. */
  types: string[];
  answer: (isProven: boolean) => void;
}

const listeners = new Set<() => void>();
let open: Asked | null = null;
let waiting: ((isProven: boolean) => void)[] = [];

function set(next: Asked | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** True once the person proved who he is, false when he would not. */
export function prove(types: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    set({
      types,
      answer: (isProven) => {
        const told = waiting;
        waiting = [];
        set(null);
        for (const tell of told) tell(isProven);
      },
    });
  });
}

export function useAskedProof(): Asked | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
