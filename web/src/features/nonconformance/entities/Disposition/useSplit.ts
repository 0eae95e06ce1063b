// The rows of a split as they are typed; kept as a draft of this browser tab until they were sent.
import { useState } from "react";
import { dropDraft, keepDraft, readDraft } from "@/lib/drafts";
import { compare } from "@/lib/quantities";
import { type Kind, leftAt, type Row, type Source } from "./split";

interface Given {
  draft: string;
  kinds: Kind[];
  sources: Source[];
  /** The reason that stands there until somebody says another. */
  reason: string;
}

export function useSplit({ draft, kinds, sources, reason }: Given) {
  const rowOf = (kind: Kind, source: string, at = 0): Row => ({
    key: `${kind}/${at}`,
    kind,
    source,
    quantity: "",
    reason,
    serials: [],
    material: null,
  });
  const fresh = () => kinds.map((kind) => rowOf(kind, sources[0]?.key ?? ""));
  const [typed, setTyped] = useState<Row[]>(() => (readDraft(draft) as { rows?: Row[] }).rows ?? []);
  // A row whose place is no more, since somebody else was quicker, asks for another one.
  const rows = (typed.length ? typed : fresh())
    .filter((row) => kinds.includes(row.kind))
    .map((row) => (sources.some((source) => source.key === row.source) ? row : { ...row, source: sources[0]?.key ?? "" }));
  const keep = (next: Row[]) => {
    keepDraft(draft, { rows: next });
    setTyped(next);
  };
  return {
    rows,
    change: (key: string, change: Partial<Row>) =>
      keep(rows.map((row) => (row.key === key ? { ...row, ...change } : row))),
    /** One more row of the kind, from the next source of which something is left. */
    add: (kind: Kind) => {
      const next = sources.find((source) => compare(leftAt(source, sources, rows), "0") > 0);
      const at = rows.findIndex((row) => row.kind === kind);
      const row = rowOf(kind, next?.key ?? sources[0]?.key ?? "", Date.now());
      keep([...rows.slice(0, at + 1), row, ...rows.slice(at + 1)]);
    },
    /** All that is left, of every lot, goes into rows of the kind. */
    takeRest: (kind: Kind) => keep(withRest(kind, rows, sources, rowOf)),
    clear: () => {
      dropDraft(draft);
      setTyped([]);
    },
  };
}

function withRest(
  kind: Kind,
  rows: Row[],
  sources: Source[],
  rowOf: (kind: Kind, source: string, at: number) => Row,
): Row[] {
  const of = rows.filter((row) => row.kind === kind);
  const keys = new Set(of.map((row) => row.key));
  const others = rows.filter((row) => !keys.has(row.key));
  const lots = [...new Set(sources.map((source) => source.lotId))];
  const filled = lots.flatMap((lot, at) => {
    const source = sources.find((one) => one.lotId === lot);
    const left = source ? leftAt(source, sources, others) : "0";
    if (!source || compare(left, "0") <= 0) return [];
    // What others took from places leaves the rest at one place, or all of the lot.
    return [{ ...(of[at] ?? rowOf(kind, source.key, Date.now() + at)), source: source.key, quantity: left, serials: [] }];
  });
  const first = rows.findIndex((row) => row.kind === kind);
  const before = rows.slice(0, first).filter((row) => !keys.has(row.key));
  const after = others.slice(before.length);
  return [...before, ...(filled.length ? filled : of), ...after];
}

