// Which gauge measures a characteristic, and how a person likes to enter: kept by person in this browser.
import { MODES, type Mode } from "../../grid/entry";
import type { Direction } from "../../grid/layout";
import type { Spec } from "../../grid/spec";
import type { Gauge } from "../../queries";

/** What a gauge lacks to measure this characteristic now; null when it may. */
export function lacks(gauge: Gauge, spec: Spec): "type" | "out_of_service" | "overdue" | "uncalibrated" | null {
  if (spec.gaugeType !== null && gauge.gauge_type !== spec.gaugeType) return "type";
  if (gauge.state !== "in_service") return "out_of_service";
  if (!gauge.due_date) return "uncalibrated";
  return gauge.is_overdue ? "overdue" : null;
}

/** Which gauge measures what, now. */
export class GaugeBook {
  private all: Gauge[];
  private chosen: Record<string, string> = {};
  private readonly choices: Choices;

  constructor(all: Gauge[], choices: Choices) {
    this.all = all;
    this.choices = choices;
  }

  /** What is registered now. */
  take(all: Gauge[]): void {
    this.all = all;
  }

  choose(spec: Spec, number: string): void {
    this.chosen = { ...this.chosen, [spec.code]: number };
    this.choices.keepGauge(spec.gaugeType ?? spec.code, number);
  }

  /** The number of the one chosen here, else the one used last for its type, else the only one that may. */
  of = (spec: Spec): string | null => {
    if (spec.kind === "calculated") return null;
    const usable = this.all.filter((gauge) => lacks(gauge, spec) === null).map((gauge) => gauge.number);
    const wanted = this.chosen[spec.code] ?? this.choices.gauges()[spec.gaugeType ?? spec.code];
    if (wanted && usable.includes(wanted)) return wanted;
    return spec.gaugeType !== null && usable.length === 1 ? usable[0]! : null;
  };
}

interface EntryChoice {
  mode: Mode;
  direction: Direction;
}

function readObject(key: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

export interface Choices {
  gauges: () => Record<string, string>;
  keepGauge: (type: string, number: string) => void;
  entry: () => EntryChoice;
  keepEntry: (choice: EntryChoice) => void;
}

export function choicesOf(userId: string): Choices {
  const gauges = `zhiliu.gauges.${userId}`;
  const entry = `zhiliu.entry.${userId}`;
  return {
    gauges: () => readObject(gauges),
    keepGauge: (type: string, number: string) => localStorage.setItem(gauges, JSON.stringify({ ...readObject(gauges), [type]: number })),
    entry: (): EntryChoice => {
      const kept = readObject(entry);
      return {
        mode: MODES.find((mode) => mode === kept.mode) ?? "full",
        direction: kept.direction === "characteristic" ? "characteristic" : "unit",
      };
    },
    keepEntry: (choice: EntryChoice) => localStorage.setItem(entry, JSON.stringify(choice)),
  };
}
