// Sends what was entered: soon, in batches, one request at a time, again after a lost connection with
// the same key, so that nothing is lost and nothing is booked twice.
import type { Problem, Schemas } from "@/lib/client";
import type { Batch, Cells } from "./cells";

export type Outcome =
  | { kind: "recorded"; answer: Schemas["ReadingsRecordedOut"] }
  /** Single cells cannot be recorded, or look like slips: code, unit, and why. */
  | { kind: "refused"; isSlip: boolean; problem: Problem; cells: { code: string; unit: number; sentence: string }[] }
  /** No answer came; the same request may be sent again. */
  | { kind: "lost" }
  /** The inspection takes no readings (any more). */
  | { kind: "stopped"; problem: Problem };

export type SaveState =
  | { kind: "saved"; at: Date | null }
  | { kind: "saving" }
  | { kind: "lost" }
  | { kind: "stopped"; problem: Problem };

export interface SaverOptions {
  cells: Cells;
  send: (batch: Batch, key: string) => Promise<Outcome>;
  /** Cells or the state of saving changed. */
  onChange: (answer: Schemas["ReadingsRecordedOut"] | null) => void;
}

const REST = 250; // milliseconds without an entry before a request leaves
const LONGEST = 750; // and at most so long after the first
const AGAIN = 3_000;

export class Saver {
  state: SaveState = { kind: "saved", at: null };
  private readonly options: SaverOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null;
  private isSending = false;
  private isEnded = false;
  /** A request without an answer goes out again as it was. */
  private unanswered: { batch: Batch; key: string } | null = null;

  constructor(options: SaverOptions) {
    this.options = options;
  }

  /** Something was entered. */
  entered = (): void => {
    if (this.isEnded || !this.options.cells.nextBatch()) return;
    this.since ??= Date.now();
    const left = this.since + LONGEST - Date.now();
    this.plan(this.state.kind === "lost" ? AGAIN : Math.max(0, Math.min(REST, left)));
    if (this.state.kind === "saved") this.tell({ kind: "saving" });
  };

  /** Now, because the connection is back or the page is left. */
  flush = (): void => {
    clearTimeout(this.timer);
    void this.send();
  };

  /** Takes up what was kept from before; a page that is shown twice begins twice. */
  begin(): void {
    this.isEnded = false;
    this.entered();
  }

  end(): void {
    this.flush();
    this.isEnded = true;
    clearTimeout(this.timer);
  }

  private plan(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), after);
  }

  private tell(state: SaveState, answer: Schemas["ReadingsRecordedOut"] | null = null): void {
    this.state = state;
    this.options.onChange(answer);
  }

  private async send(): Promise<void> {
    if (this.isSending || this.isEnded) return;
    const { cells } = this.options;
    const batch = this.unanswered?.batch ?? cells.nextBatch();
    if (!batch) return;
    const key = this.unanswered?.key ?? crypto.randomUUID();
    this.isSending = true;
    this.since = null;
    cells.begin(batch);
    this.tell({ kind: "saving" });
    const outcome = await this.options.send(batch, key);
    this.isSending = false;
    this.unanswered = outcome.kind === "lost" ? { batch, key } : null;
    this.take(batch, outcome);
  }

  private take(batch: Batch, outcome: Outcome): void {
    const { cells } = this.options;
    if (outcome.kind === "recorded") {
      cells.end(batch, outcome.answer.readings);
      const more = cells.nextBatch() !== null;
      this.tell(more ? { kind: "saving" } : { kind: "saved", at: new Date() }, outcome.answer);
      if (more) this.plan(0);
      return;
    }
    cells.end(batch, []);
    if (outcome.kind === "lost") {
      this.tell({ kind: "lost" });
      if (!this.isEnded) this.plan(AGAIN);
      return;
    }
    if (outcome.kind === "stopped") {
      this.tell({ kind: "stopped", problem: outcome.problem });
      return;
    }
    let isNamed = false;
    for (const { code, unit, sentence } of outcome.cells) {
      const entry = batch.entries.find((e) => e.code === code && e.unit === unit);
      if (!entry) continue;
      isNamed = true;
      cells.change([entry], outcome.isSlip ? { isAsked: true } : { problem: sentence });
    }
    // What names nothing of this request would be refused again for ever.
    if (!isNamed) return this.tell({ kind: "stopped", problem: outcome.problem });
    const more = cells.nextBatch() !== null;
    this.tell(more ? { kind: "saving" } : { kind: "saved", at: null });
    if (more) this.plan(0);
  }
}
