// The rows of a split as they are typed; kept as a draft of this browser tab until they were sent.
import { useState } from "react";
import { dropDraft, keepDraft, readDraft } from "@/lib/drafts";
import { compare } from "@/lib/quantities";
import { type Kind, leftAt, type Row, rowOf, type Source, withRest } from "./split";

interface Given {
  draft: string;
  kinds: Kind[];
  sources: Source[];
  /** The reason that stands there until somebody says another. */
  reason: string;
}

interface Typed {
  rows?: Row[];
  /** The kind that takes whatever the others leave. */
  rest?: Kind | null;
}

export function useSplit({ draft, kinds, sources, reason }: Given) {
  const [typed, setTyped] = useState<Typed>(() => readDraft(draft) as Typed);
  const first = sources[0]?.key ?? "";
  const fresh = () => kinds.map((kind) => rowOf(kind, first, reason));
  // A row whose place is no more, since somebody else was quicker, asks for another one.
  const rows = (typed.rows ?? fresh())
    .filter((row) => kinds.includes(row.kind))
    .map((row) => (sources.some((source) => source.key === row.source) ? row : { ...row, source: first }));
  const keep = (next: Row[], rest: Kind | null) => {
    const filled = { rows: rest ? withRest(rest, next, sources, reason) : next, rest };
    keepDraft(draft, filled);
    setTyped(filled);
  };
  const rest = typed.rest ?? null;
  return {
    rows,
    rest,
    change: (row: Row, change: Partial<Row>) => {
      const isOwn = row.kind === rest && !("reason" in change || "material" in change);
      keep(
        rows.map((one) => (one.key === row.key ? { ...one, ...change } : one)),
        isOwn ? null : rest,
      );
    },
    /** One more row of the kind, from the next source of which something is left. */
    add: (kind: Kind) => {
      const next = sources.find((source) => compare(leftAt(source, sources, rows), "0") > 0);
      const at = rows.findIndex((row) => row.kind === kind);
      const row = rowOf(kind, next?.key ?? first, reason, Date.now());
      keep([...rows.slice(0, at + 1), row, ...rows.slice(at + 1)], rest === kind ? null : rest);
    },
    takeRest: (kind: Kind) => keep(rows, kind),
    clear: () => {
      dropDraft(draft);
      setTyped({});
    },
  };
}
