// The tolerance as a strip and the value as a mark on it, so that a column reads as a run chart.
import { memo } from "react";
import { share } from "../../grid/decimals";
import type { Result } from "../../grid/judge";
import type { Spec } from "../../grid/spec";

const LENGTH = 64;

function Mark({ x, result }: { x: number; result: Result }) {
  if (result === "near") return <path d={`M${x} 3l4 7h-8z`} fill="var(--rd-near)" />;
  if (result === "out") return <path d={`M${x - 3} 4l6 6M${x + 3} 4l-6 6`} stroke="var(--rd-out)" strokeWidth="2" />;
  return <circle cx={x} cy="7" r="2.6" fill="var(--ink-2)" />;
}

export const Strip = memo(function Strip({ spec, value, result }: { spec: Spec; value: bigint; result: Result }) {
  const { lower, upper, width, nominal } = spec;
  if (lower === null || upper === null || !width) return <span />;
  const at = (v: bigint) => Math.min(1.07, Math.max(-0.07, share(v - lower, width))) * LENGTH;
  return (
    <svg className="strip" width="76" height="14" viewBox="-6 0 76 14" aria-hidden="true" focusable="false">
      <path d={`M0 7H${LENGTH}M0 3v8M${LENGTH} 3v8`} stroke="var(--line-strong)" fill="none" />
      {nominal !== null && <path d={`M${at(nominal)} 4v6`} stroke="var(--line-strong)" />}
      <Mark x={at(value)} result={result} />
    </svg>
  );
});
