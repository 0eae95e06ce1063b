// Every scan of this browser tab, in the order in which they came: acknowledged at once, then worked
// off one after the other by the page that takes scans, so that fast ones wait and none is dropped.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Code, readCode } from "./gs1";
import { play } from "./sound";

export type Source = "wedge" | "camera" | "typed";

export interface Scan {
  id: number;
  code: Code;
  at: number;
  source: Source;
}

/** What came of a scan, in words that name the object. */
export interface Outcome {
  state: "done" | "refused";
  words: string;
  detail?: string;
}

export interface Seen extends Scan {
  state: "waiting" | Outcome["state"];
  words: string;
  detail: string;
}

/** Works one scan off; the next one waits until it has answered. It does not throw. */
export type Taker = (scan: Scan) => Promise<Outcome>;

const KEPT = 20;

export class Scans {
  seen: readonly Seen[] = [];
  /** Whether the open page takes the scans, so that it shows them, too. */
  isTaken = false;
  private queue: Scan[] = [];
  private takers: Taker[] = [];
  private listeners = new Set<() => void>();
  private isWorking = false;
  private count = 0;

  /** A scan came. It is acknowledged before anybody asks the server. */
  take = (text: string, source: Source): void => {
    this.count += 1;
    const scan = { id: this.count, code: readCode(text), at: Date.now(), source };
    play("read");
    this.seen = [{ ...scan, state: "waiting" as const, words: "", detail: "" }, ...this.seen].slice(0, KEPT);
    this.queue.push(scan);
    this.tell();
    void this.work();
  };

  /** The last page that came takes the scans, until the returned function is called. */
  addTaker(taker: Taker): () => void {
    this.takers.push(taker);
    this.countTakers();
    void this.work();
    return () => {
      this.takers = this.takers.filter((other) => other !== taker);
      this.countTakers();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    for (;;) {
      const taker = this.takers.at(-1);
      const scan = taker && this.queue.shift();
      if (!taker || !scan) break;
      const outcome = await taker(scan);
      if (outcome.state === "refused") play("refused");
      this.seen = this.seen.map((one) => (one.id === scan.id ? { ...one, detail: "", ...outcome } : one));
      this.tell();
    }
    this.isWorking = false;
  }

  /** The first one is the shell, which opens records. */
  private countTakers(): void {
    this.isTaken = this.takers.length > 1;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const scans = new Scans();

/** The latest scans, newest first. */
export function useSeenScans(): readonly Seen[] {
  return useSyncExternalStore(scans.subscribe, () => scans.seen);
}

/** Whether the open page takes the scans itself. */
export function useTaken(): boolean {
  return useSyncExternalStore(scans.subscribe, () => scans.isTaken);
}

/** This page takes the scans while it is open; without such a page a scan opens its record. */
export function useScans(taker: Taker): void {
  const current = useRef(taker);
  useEffect(() => {
    current.current = taker;
  });
  useEffect(() => scans.addTaker((scan) => current.current(scan)), []);
}
