// The grid of one inspection with everything that makes it live: what was kept in this browser, what
// is saved, and what others or a gauge post meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Cells } from "../../grid/cells";
import type { Mode } from "../../grid/entry";
import { Grid } from "../../grid/grid";
import { keeperOf } from "../../grid/keeping";
import { type Direction, shapeOf } from "../../grid/layout";
import { Saver, type SaveState } from "../../grid/saver";
import { type Spec, specOf } from "../../grid/spec";
import { sendReadings } from "../../mutations";
import { type Gauge, type Inspection, newestReadings, type ReadingOut, type Sampled } from "../../queries";
import { choicesOf, GaugeBook } from "./gauges";

export interface Desk {
  inspection: Inspection;
  siteId: string;
  grid: Grid;
  sampled: Sampled;
  specs: Spec[];
  saving: SaveState;
  /** The number of the gauge that measures a characteristic now. */
  gaugeOf: (spec: Spec) => string | null;
  chooseGauge: (spec: Spec, number: string) => void;
  setMode: (mode: Mode) => void;
  setDirection: (direction: Direction) => void;
  flush: () => void;
}

function countedCodes(inspection: Inspection): string[] {
  return [...new Set(inspection.results.map((r) => r.characteristic).filter((code) => code !== null))];
}

export function useDesk(inspection: Inspection, sampled: Sampled, opening: ReadingOut[], gauges: Gauge[], userId: string): Desk {
  const queries = useQueryClient();
  const [saving, setSaving] = useState<SaveState>({ kind: "saved", at: null });
  const [made] = useState(() => {
    const choices = choicesOf(userId);
    const book = new GaugeBook(gauges, choices);
    const specs = sampled.characteristics.map((c) => specOf(c, Number(sampled.near_percent) / 100));
    const cells = new Cells(specs);
    cells.take(opening);
    const saver: Saver = new Saver({
      cells,
      send: (batch, key) => sendReadings(inspection.id, batch, key),
      onChange: (answer) => {
        if (answer) cells.isNews(answer.version);
        setSaving(saver.state);
        grid.refresh();
        if (saver.state.kind !== "saving") {
          void queries.invalidateQueries({ queryKey: ["get", "/api/v1/inspections/{inspection_id}"] });
        }
      },
    });
    const grid: Grid = new Grid({
      shape: shapeOf(specs, countedCodes(inspection)),
      cells,
      keeper: keeperOf(userId, inspection.id),
      ...choices.entry(),
      gaugeOf: book.of,
      onEntered: saver.entered,
    });
    return { grid, cells, saver, specs, choices, book };
  });
  const { grid, cells, saver, specs, choices, book } = made;

  useEffect(() => {
    book.take(gauges);
    grid.refresh();
  }, [book, gauges, grid]);

  useEffect(() => {
    saver.begin();
    const hidden = () => document.visibilityState === "hidden" && saver.flush();
    addEventListener("online", saver.flush);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("online", saver.flush);
      document.removeEventListener("visibilitychange", hidden);
      saver.end();
    };
  }, [saver]);

  useEffect(() => grid.close(countedCodes(inspection)), [grid, inspection]);

  // Somebody else, a gauge or another tab recorded something.
  const { id, version } = inspection;
  useEffect(() => {
    if (!cells.isNews(version)) return;
    void newestReadings(id, (readings) => {
      const isNews = cells.take(readings);
      if (isNews) grid.refresh();
      return isNews;
    });
  }, [id, version, grid, cells]);

  return {
    inspection,
    siteId: inspection.site_id,
    grid,
    sampled,
    specs,
    saving,
    gaugeOf: book.of,
    chooseGauge: (spec, number) => {
      book.choose(spec, number);
      for (const entry of cells.asking("gauge")) {
        const waiting = specs.find((s) => s.code === entry.code);
        const gauge = waiting && book.of(waiting);
        if (gauge) cells.change([entry], { gauge });
      }
      grid.changed();
    },
    setMode: (mode) => {
      choices.keepEntry({ mode, direction: grid.state.direction });
      grid.set({ mode });
    },
    setDirection: (direction) => {
      choices.keepEntry({ mode: grid.state.mode, direction });
      grid.set({ direction });
    },
    flush: saver.flush,
  };
}

export function useGridState(grid: Grid) {
  return useSyncExternalStore(grid.subscribe, grid.snapshot);
}
