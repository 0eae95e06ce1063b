// The readings of one inspection: those on the server, and over them those entered here that are not
// there yet. What a cell still asks (a likely slip, a defect, a reason) follows from what it is.
import type { Schemas } from "@/lib/client";
import type { Counted } from "./counting";
import { micros } from "./decimals";
import { isWild, judgeButton, judgeValue, type Result } from "./judge";
import { keyOf } from "./layout";
import type { Spec } from "./spec";

export type ReadingOut = Schemas["ReadingOut"];

export interface Saved {
  text: string;
  value: bigint | null;
  result: Result;
  gaugeId: string | null;
  defect: string | null;
  nonconformities: number;
  ordinal: number;
}

/** What was entered here and is not on the server: kept in this browser until it is. */
export interface Entry {
  code: string;
  unit: number;
  text: string;
  gauge: string | null;
  defect: string | null;
  nonconformities: number | null;
  reason: string;
  /** The server asked whether it is a slip. */
  isAsked: boolean;
  /** Somebody looked at a value far outside, and it is right. */
  isConfirmed: boolean;
  /** Pasted, and not kept yet: nothing of it is sent. */
  isHeld: boolean;
  /** Why it cannot be recorded, as a sentence or a key of the catalogue. */
  problem: string | null;
}

export type Asks = "slip" | "defect" | "reason" | "gauge";
export type Status = "saved" | "waiting" | "sending" | "held" | "refused" | Asks;

export interface Cell {
  text: string;
  value: bigint | null;
  result: Result;
  status: Status;
  problem: string | null;
  defect: string | null;
  nonconformities: number;
  /** Saved once before and corrected since. */
  isCorrected: boolean;
  /** What counts on the server now, when something else was entered here. */
  was: string | null;
}

export interface Batch {
  entries: Entry[];
  reason: string;
  confirm: boolean;
}

const LARGEST_BATCH = 500;
const COUNTS: ReadonlySet<Status> = new Set(["saved", "waiting", "sending"]);

export class Cells {
  private saved = new Map<string, Saved>();
  private entries = new Map<string, Entry>();
  private sending = new Map<string, Entry>();
  private specs: ReadonlyMap<string, Spec>;
  private version = 0;
  /** Everything shown, by key; whoever shows a cell compares it by identity. */
  readonly shown = new Map<string, Cell>();

  constructor(specs: Spec[]) {
    this.specs = new Map(specs.map((s) => [s.code, s]));
  }

  get(code: string, unit: number): Cell | undefined {
    return this.shown.get(keyOf(code, unit));
  }

  entry(code: string, unit: number): Entry | undefined {
    return this.entries.get(keyOf(code, unit));
  }

  /** Whether this version of the inspection is newer than all seen; it is seen from now on. */
  isNews(version: number): boolean {
    const isNewer = version > this.version;
    this.version = Math.max(version, this.version);
    return isNewer;
  }

  /** What counts on the server now. */
  savedText(code: string, unit: number): string | null {
    return this.saved.get(keyOf(code, unit))?.text ?? null;
  }

  /** Whatever is not on the server, in the order of entry. */
  get pending(): Entry[] {
    return [...this.entries.values()];
  }

  /** Those that ask the same thing. */
  asking(asks: Status): Entry[] {
    return this.pending.filter((e) => this.shown.get(keyOf(e.code, e.unit))?.status === asks);
  }

  /** What counts against Ac and Re now: what is on the server or on its way to it. */
  counted(): Map<string, Counted> {
    const found = new Map<string, Counted>();
    for (const [key, cell] of this.shown) {
      const now = COUNTS.has(cell.status) ? cell : this.saved.get(key);
      if (now) found.set(key, { result: now.result, nonconformities: now.nonconformities });
    }
    return found;
  }

  /** Takes what the server says; an older reading of a cell never replaces a newer one. Tells whether
   *  anything of it was news. */
  take(readings: Iterable<ReadingOut>): boolean {
    let isNews = false;
    for (const reading of readings) {
      const spec = this.specs.get(reading.characteristic);
      const key = keyOf(reading.characteristic, reading.unit_no);
      const known = this.saved.get(key);
      if (!spec || !reading.is_current || (known && known.ordinal >= reading.ordinal)) continue;
      isNews = true;
      const value = micros(reading.value);
      this.saved.set(key, {
        text: reading.text,
        value,
        result: value !== null ? judgeValue(spec, value) : judgeButton(reading.text.trim().toLowerCase()),
        gaugeId: reading.gauge_id,
        defect: reading.defect,
        nonconformities: reading.nonconformities,
        ordinal: reading.ordinal,
      });
      const entry = this.entries.get(key);
      if (entry && entry.text === reading.text && entry.defect === reading.defect) this.entries.delete(key);
      this.show(key);
    }
    return isNews;
  }

  /** Enters a value, or (null) takes back what is not sent; what the server has already is no entry. */
  put(code: string, unit: number, entry: Entry | null): void {
    const key = keyOf(code, unit);
    const saved = this.saved.get(key);
    const isSame = saved !== undefined && entry?.text === saved.text && entry.defect === saved.defect;
    if (entry && !isSame) {
      this.entries.delete(key); // so that the order is that of entry
      this.entries.set(key, entry);
    } else this.entries.delete(key);
    this.show(key);
  }

  change(entries: Iterable<Entry>, change: Partial<Entry>): void {
    for (const entry of [...entries]) {
      const key = keyOf(entry.code, entry.unit);
      if (this.entries.get(key) !== entry) continue;
      this.entries.set(key, { ...entry, ...change });
      this.show(key);
    }
  }

  /** The next request: entries that ask nothing and say the same reason, in the order of entry. */
  nextBatch(): Batch | null {
    const ready = this.asking("waiting");
    const first = ready[0];
    if (!first) return null;
    const entries = ready
      .filter((e) => e.reason === first.reason && e.isConfirmed === first.isConfirmed)
      .slice(0, LARGEST_BATCH);
    return { entries, reason: first.reason, confirm: first.isConfirmed };
  }

  /** Marks a request as under way; a cell that changes meanwhile becomes a correction of it. */
  begin(batch: Batch): void {
    for (const entry of batch.entries) {
      const key = keyOf(entry.code, entry.unit);
      this.sending.set(key, entry);
      this.show(key);
    }
  }

  /** The request came back: with what was recorded, or without effect. */
  end(batch: Batch, recorded: Schemas["ReadOut"][]): void {
    const sent = new Map(batch.entries.map((e) => [keyOf(e.code, e.unit), e]));
    for (const key of sent.keys()) this.sending.delete(key);
    for (const read of recorded) {
      const key = keyOf(read.characteristic, read.unit_no);
      const entry = sent.get(key);
      const spec = this.specs.get(read.characteristic);
      const known = this.saved.get(key);
      if (!spec || (known && known.ordinal > read.ordinal)) continue;
      const value = micros(read.value);
      const text = entry?.text ?? (read.value ?? "");
      const result = value !== null ? judgeValue(spec, value) : judgeButton(text);
      this.saved.set(key, {
        text,
        value,
        result,
        gaugeId: null,
        defect: entry?.defect ?? null,
        nonconformities: result === "out" ? (entry?.nonconformities ?? 1) : 0,
        ordinal: read.ordinal,
      });
      if (entry && this.entries.get(key) === entry) this.entries.delete(key);
      this.show(key);
    }
    for (const key of sent.keys()) this.show(key);
  }

  private show(key: string): void {
    const entry = this.entries.get(key);
    const saved = this.saved.get(key);
    const spec = this.specs.get(entry?.code ?? key.slice(0, key.lastIndexOf("#")));
    if (!spec || (!entry && !saved)) {
      this.shown.delete(key);
      return;
    }
    const isCorrected = (saved?.ordinal ?? 0) > 1;
    if (!entry) {
      this.shown.set(key, { ...saved!, status: "saved", problem: null, isCorrected, was: null });
      return;
    }
    const value = spec.kind === "numeric" && entry.problem === null ? micros(entry.text) : null;
    const result = value !== null ? judgeValue(spec, value) : spec.kind === "attribute" ? judgeButton(entry.text) : "none";
    this.shown.set(key, {
      text: entry.text,
      value,
      result,
      status: this.statusOf(key, entry, spec, value),
      problem: entry.problem,
      defect: entry.defect,
      nonconformities: result === "out" ? (entry.nonconformities ?? 1) : 0,
      isCorrected,
      was: saved?.text ?? null,
    });
  }

  private statusOf(key: string, entry: Entry, spec: Spec, value: bigint | null): Status {
    if (this.sending.get(key) === entry) return "sending";
    if (entry.problem !== null) return "refused";
    if (entry.isHeld) return "held";
    if (!entry.isConfirmed && (entry.isAsked || (value !== null && isWild(spec, value)))) return "slip";
    if (entry.text === "ng" && spec.kind === "attribute" && entry.defect === null) return "defect";
    if (spec.gaugeType !== null && entry.gauge === null) return "gauge";
    const isCorrection = this.saved.has(key) || this.sending.has(key);
    return isCorrection && !entry.reason.trim() ? "reason" : "waiting";
  }
}
