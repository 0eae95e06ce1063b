// What waits for the person who is signed in: the lists of his work, asked together.
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { asProblem } from "@/lib/acts";
import { http, type Problem } from "@/lib/client";
import { useMe } from "@/lib/me";
import type { Item, Source } from "./source";
import { allSources } from "./sources";

const SHOWN = 50;

interface Found {
  items: never[];
  total: number | null;
}

export interface Work {
  source: Source;
  items: Item[];
  /** How many the list has; undefined until it is known. */
  total: number | undefined;
  problem: Problem | null;
  isPending: boolean;
  retry: () => void;
}

export function useWork(): Work[] {
  const me = useMe();
  const sources = useMemo(() => {
    const held = new Set(me.data?.operations.map((right) => right.operation));
    const own = allSources().filter((source) => source.may.some((operation) => held.has(operation)));
    const works = own.some((source) => source.isMain && !source.isReading);
    return own.filter((source) => !source.isReading || !works);
  }, [me.data]);
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ["get", source.path, "home", source.query],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const get = http.GET as (path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown }>;
        const query = { ...source.query, limit: source.most ?? SHOWN, with_total: true };
        const answer = await get(source.path, { params: { query }, signal });
        if (answer.error !== undefined) throw asProblem(answer.error);
        return answer.data as Found;
      },
    })),
  });
  return sources.map((source, at) => {
    const answer = answers[at];
    return {
      source,
      items: (answer?.data?.items ?? []).map((row) => ({ act: "see", ...source.item(row) })),
      total: answer?.data?.total ?? undefined,
      problem: answer?.error ? asProblem(answer.error) : null,
      isPending: answer?.isPending ?? true,
      retry: () => void answer?.refetch(),
    };
  });
}
