import type { Schemas } from "@/lib/client";

type Reading = Pick<Schemas["AffectedReadingOut"], "value" | "lower" | "upper" | "nearness" | "result">;

/** Where a value stands in its tolerance, in percent for drawing; at an end when it is outside. */
export function percentOf({ value, lower, upper, nearness, result }: Reading): number {
  if (value !== null && lower !== null && upper !== null && lower !== upper) {
    const at = (Number(value) - Number(lower)) / (Number(upper) - Number(lower));
    return Math.min(1, Math.max(0, at)) * 100;
  }
  const near = Math.min(1, Number(nearness ?? 1));
  const isAtUpper = lower === null;
  if (result === "out") return isAtUpper ? 100 : 0;
  return (isAtUpper ? 1 - near : near) * 100;
}
