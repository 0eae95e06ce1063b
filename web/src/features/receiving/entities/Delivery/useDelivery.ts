// The delivery that is being counted, kept in this browser tab until it is booked.
import { useCallback, useRef, useState } from "react";
import { dropDraft, keepDraft, readDraft } from "@/lib/drafts";
import { type Delivery, type Line, start } from "./delivery";

export interface Counting {
  delivery: Delivery;
  /** Fast scans follow one another before the page is drawn again: each sees what the last one did. */
  latest: () => Delivery;
  update: (next: Delivery) => void;
  drop: () => void;
}

export function useDelivery(name: string, lines: Line[]): Counting {
  const draft = `receive/${name}`;
  const [delivery, setDelivery] = useState<Delivery>(() => {
    const kept = readDraft(draft) as Partial<Delivery>;
    return kept.entries ? (kept as Delivery) : start(lines);
  });
  const current = useRef(delivery);
  const update = useCallback(
    (next: Delivery) => {
      current.current = next;
      setDelivery(next);
      keepDraft(draft, next);
    },
    [draft],
  );
  return { delivery, latest: () => current.current, update, drop: () => dropDraft(draft) };
}
