import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Cells, type Batch } from "./cells";
import { emptyEntry } from "./control";
import { Saver, type Outcome } from "./saver";
import { reading, thread } from "./testing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PROBLEM = { code: "inspections.already_decided", status: 409, detail: "", remedy: "", data: {}, title: "", type: "", trace_id: "" };

function setUp() {
  const cells = new Cells([thread]);
  const sent: { texts: string; key: string; reason: string; answer: (outcome: Outcome) => Promise<void> }[] = [];
  const saver = new Saver({
    cells,
    onChange: () => undefined,
    send: (batch: Batch, key) =>
      new Promise((resolve) =>
        sent.push({
          texts: batch.entries.map((e) => `${e.unit}:${e.text}`).join(" "),
          key,
          reason: batch.reason,
          answer: async (outcome) => {
            resolve(outcome);
            await vi.advanceTimersByTimeAsync(0);
          },
        }),
      ),
  });
  const enter = (unit: number, text: string, reason = "") => {
    cells.put("THREAD", unit, { ...emptyEntry("THREAD", unit), text, reason });
    saver.entered();
  };
  const recorded = (...units: [number, string, number?][]): Outcome => ({
    kind: "recorded",
    answer: { readings: units.map(([unit_no, value, ordinal]) => ({ characteristic: "THREAD", unit_no, ordinal: ordinal ?? 1, value, result: "in" })) } as never,
  });
  return { cells, sent, saver, enter, recorded };
}

test("what is entered soon after one another goes in one request", async () => {
  const { sent, enter, recorded, cells, saver } = setUp();
  enter(1, "12.95");
  await vi.advanceTimersByTimeAsync(200);
  enter(2, "12.96");
  await vi.advanceTimersByTimeAsync(250);
  expect(sent.map((s) => s.texts)).toEqual(["1:12.95 2:12.96"]);
  await sent[0]!.answer(recorded([1, "12.95"], [2, "12.96"]));
  expect([cells.pending, cells.get("THREAD", 1)?.status, saver.state.kind]).toEqual([[], "saved", "saved"]);
});

test("who types without a rest is on the server within a second", async () => {
  const { sent, enter } = setUp();
  for (let unit = 1; unit <= 10; unit += 1) {
    enter(unit, "12.95");
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent[0]?.texts.split(" ").length).toBe(8);
});

test("one request at a time; what came meanwhile follows", async () => {
  const { sent, enter, recorded } = setUp();
  enter(1, "12.95");
  await vi.advanceTimersByTimeAsync(300);
  enter(2, "12.96");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.length).toBe(1);
  await sent[0]!.answer(recorded([1, "12.95"]));
  expect(sent.map((s) => s.texts)).toEqual(["1:12.95", "2:12.96"]);
});

test("each reason has its own request", async () => {
  const { sent, enter, cells, recorded } = setUp();
  cells.take([reading("THREAD", 1, "12.95"), reading("THREAD", 2, "12.95")]);
  enter(1, "12.96", "typing error");
  enter(2, "12.97", "wrong unit");
  await vi.advanceTimersByTimeAsync(300);
  await sent[0]!.answer(recorded([1, "12.96", 2]));
  expect(sent.map((s) => s.reason)).toEqual(["typing error", "wrong unit"]);
});

test("a lost answer is asked for again with the same key and content", async () => {
  const { sent, enter, saver, recorded } = setUp();
  enter(1, "12.95");
  await vi.advanceTimersByTimeAsync(300);
  await sent[0]!.answer({ kind: "lost" });
  expect(saver.state.kind).toBe("lost");
  enter(2, "12.96");
  await vi.advanceTimersByTimeAsync(3_000);
  expect([sent[1]!.texts, sent[1]!.key === sent[0]!.key]).toEqual(["1:12.95", true]);
  await sent[1]!.answer(recorded([1, "12.95"]));
  expect([sent[2]!.texts, sent[2]!.key === sent[0]!.key]).toEqual(["2:12.96", false]);
});

describe("a refusal", () => {
  const refused = (isSlip: boolean, unit: number): Outcome => ({ kind: "refused", isSlip, problem: PROBLEM, cells: [{ code: "THREAD", unit, sentence: "gauge overdue" }] });

  test("marks its cells, and the others are sent without them", async () => {
    const { sent, enter, cells } = setUp();
    enter(1, "12.95");
    enter(2, "12.96");
    await vi.advanceTimersByTimeAsync(300);
    await sent[0]!.answer(refused(false, 1));
    expect([cells.get("THREAD", 1)?.problem, sent[1]?.texts]).toEqual(["gauge overdue", "2:12.96"]);
  });

  test("as a slip asks", async () => {
    const { sent, enter, cells } = setUp();
    enter(1, "12.95");
    await vi.advanceTimersByTimeAsync(300);
    await sent[0]!.answer(refused(true, 1));
    expect(cells.get("THREAD", 1)?.status).toBe("slip");
  });

  test("of something else does not go round for ever", async () => {
    const { sent, enter, saver } = setUp();
    enter(1, "12.95");
    await vi.advanceTimersByTimeAsync(300);
    await sent[0]!.answer(refused(false, 9));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([sent.length, saver.state.kind]).toEqual([1, "stopped"]);
  });

  test("of the whole stops, and keeps what was entered", async () => {
    const { sent, enter, saver, cells } = setUp();
    enter(1, "12.95");
    await vi.advanceTimersByTimeAsync(300);
    await sent[0]!.answer({ kind: "stopped", problem: PROBLEM });
    expect([saver.state.kind, cells.pending.length]).toEqual(["stopped", 1]);
  });
});

test("a cell that changed while its value was under way keeps the new one", async () => {
  const { sent, enter, cells, recorded } = setUp();
  enter(1, "12.95");
  await vi.advanceTimersByTimeAsync(300);
  enter(1, "12.97");
  await sent[0]!.answer(recorded([1, "12.95"]));
  expect(cells.get("THREAD", 1)).toMatchObject({ text: "12.97", was: "12.95", status: "reason" });
});

test("a reading that came by the side replaces an older one only", () => {
  const { cells } = setUp();
  cells.take([reading("THREAD", 1, "12.95", 2)]);
  cells.take([reading("THREAD", 1, "12.90", 1)]);
  expect(cells.get("THREAD", 1)).toMatchObject({ text: "12.95", isCorrected: true });
});
