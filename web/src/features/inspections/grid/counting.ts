// Ac and Re, counted live: where each sample stands with what is entered now.
import type { Schemas } from "@/lib/client";
import type { Result } from "./judge";
import { isEntered, type Spec } from "./spec";
import { keyOf } from "./layout";

export type Sample = Schemas["SampleDetailOut"];

export interface Counted {
  result: Result;
  /** How often the defect was found on the unit; one unless said otherwise. */
  nonconformities?: number;
}

export interface Standing {
  sample: Sample;
  /** Nonconforming units, or nonconformities where each one counts. */
  found: number;
  missing: number;
  status: "open" | "acceptable" | "rejected";
  /** The units that are nonconforming, by number. */
  units: number[];
}

/** A count of a whole characteristic, whose units stay unknown. */
export interface WholeCount {
  inspected: number;
  found: number;
}

/** The characteristics that count in a sample: those of its own, or of its class without one. */
export function specsOf(sample: Sample, specs: Spec[], samples: Sample[]): Spec[] {
  const own = new Set(samples.map((s) => s.characteristic).filter((code) => code !== null));
  if (sample.characteristic !== null) return specs.filter((s) => s.code === sample.characteristic);
  return specs.filter((s) => s.severityClass === sample.severity_class && !own.has(s.code));
}

export function standingOf(
  sample: Sample,
  specs: Spec[],
  cells: ReadonlyMap<string, Counted>,
  counts: ReadonlyMap<string, WholeCount> = new Map(),
): Standing {
  const outs = new Map<number, number>();
  let read = 0;
  let found = 0;
  for (const spec of specs) {
    const whole = counts.get(spec.code);
    if (whole) {
      read += whole.inspected;
      found += whole.found;
      continue;
    }
    for (let unit = 1; unit <= spec.units; unit += 1) {
      const cell = cells.get(keyOf(spec.code, unit));
      if (!cell) continue;
      if (isEntered(spec)) read += 1;
      if (cell.result === "out") outs.set(unit, (outs.get(unit) ?? 0) + (cell.nonconformities ?? 1));
    }
  }
  for (const count of outs.values()) found += sample.basis === "nonconformities" ? count : 1;
  const missing = Math.max(sample.cells - read, 0);
  const status = found >= sample.reject ? "rejected" : missing === 0 ? "acceptable" : "open";
  return { sample, found, missing, status, units: [...outs.keys()].sort((a, b) => a - b) };
}

export interface Verdict {
  status: "open" | "acceptable" | "rejected";
  missing: number;
  /** The samples that have reached Re. */
  rejected: Standing[];
  /** The class of which one more reaches Re, while nothing is decided. */
  closest: Standing | null;
}

/** What the samples say together: rejected as soon as one is, acceptable when all are. */
export function verdictOf(standings: Standing[]): Verdict {
  const rejected = standings.filter((s) => s.status === "rejected");
  const missing = standings.reduce((sum, s) => sum + s.missing, 0);
  const status = rejected.length ? "rejected" : standings.every((s) => s.status === "acceptable") ? "acceptable" : "open";
  const closest = status === "open" ? (standings.find((s) => s.missing > 0 && s.sample.reject - s.found === 1) ?? null) : null;
  return { status, missing, rejected, closest };
}
