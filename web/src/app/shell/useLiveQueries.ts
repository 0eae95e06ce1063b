// What a signal makes stale is asked again if it is in view; bursts are asked for once.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { live } from "@/lib/live";

const GATHER_MILLISECONDS = 150;

export function useLiveQueries(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.start();
    const forget = live.onSignal(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void queries.invalidateQueries({ refetchType: "active" }), GATHER_MILLISECONDS);
    });
    return () => {
      clearTimeout(timer);
      forget();
      stop();
    };
  }, [queries]);
}
