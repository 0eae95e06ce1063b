// The readings of an inspection under a plan: the grid, beside it what is entered now and what to work
// by, below it where the samples stand and the verdict.
import { App, Modal } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "@/lib/me";
import { type Counted, specsOf, standingOf, verdictOf, type WholeCount } from "../../grid/counting";
import type { Outside } from "../../grid/control";
import { isEntered, type Spec } from "../../grid/spec";
import { keyOf, type Shape } from "../../grid/layout";
import type { Gauge, Inspection, ReadingOut, Sampled } from "../../queries";
import { Echo } from "./Echo";
import { Files, Photo } from "./Files";
import { GridView } from "./GridView";
import { Keys } from "./Keys";
import { LotsBefore } from "./LotsBefore";
import { NumberPad } from "./NumberPad";
import { HeldBar, Questions } from "./Questions";
import { Tools } from "./Tools";
import { useDesk, useGridState } from "./useDesk";
import { VerdictBar } from "./VerdictBar";
import { Said } from "./Said";
import "./readings.css";

interface Props {
  inspection: Inspection;
  sampled: Sampled;
  opening: ReadingOut[];
  gauges: Gauge[];
  me: Me;
  onDecided: () => void;
}

/** The counts of whole characteristics, as they stand against Ac and Re; the latest of each counts. */
function wholeCounts(inspection: Inspection, sampled: Sampled, specs: Spec[]): Map<string, WholeCount> {
  const counts = new Map<string, WholeCount>();
  const basis = (code: string) => sampled.samples.find((s) => specsOf(s, specs, sampled.samples).some((spec) => spec.code === code))?.basis;
  for (const { characteristic, inspected, nonconforming, defects } of inspection.results) {
    if (characteristic === null) continue;
    const shown = defects.reduce((total, defect) => total + Number(defect.count), 0);
    counts.set(characteristic, { inspected: Number(inspected), found: basis(characteristic) === "nonconformities" ? shown : Number(nonconforming) });
  }
  return counts;
}

/** How far each unit is, for the row of small boxes. */
function progressOf(shape: Shape, cells: ReadonlyMap<string, Counted>): ("done" | "part" | "out" | "")[] {
  const wanted = shape.specs.filter((spec) => isEntered(spec) && !shape.counted.has(spec.code));
  return Array.from({ length: shape.rows }, (_, i) => {
    const mine = wanted.filter((spec) => i < spec.units);
    const read = mine.flatMap((spec) => cells.get(keyOf(spec.code, i + 1)) ?? []);
    if (read.some((cell) => cell.result === "out")) return "out";
    return read.length === 0 ? "" : read.length < mine.length ? "part" : "done";
  });
}

/** The worst class first. */
const SEVERITY = ["critical", "major", "minor"];

const isTouch = () => matchMedia("(pointer: coarse)").matches;

export function ReadingsDesk({ inspection, sampled, opening, gauges, me, onDecided }: Props) {
  const { t } = useTranslation("inspections");
  const { message } = App.useApp();
  const desk = useDesk(inspection, sampled, opening, gauges, me.id);
  const { grid } = desk;
  const { version } = useGridState(grid);
  const [hasPad, setPad] = useState(isTouch);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const photo = useRef<HTMLInputElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const standing = useMemo(() => {
    const counted = grid.cells.counted();
    const counts = wholeCounts(inspection, sampled, grid.shape.specs);
    const standings = [...sampled.samples].sort((a, b) => SEVERITY.indexOf(a.severity_class) - SEVERITY.indexOf(b.severity_class)).map((sample) => standingOf(sample, specsOf(sample, grid.shape.specs, sampled.samples), counted, counts));
    return { standings, verdict: verdictOf(standings), units: progressOf(grid.shape, counted) };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the version stands for all cells
  }, [version, inspection, sampled, grid]);

  const outside = (act: Outside) => {
    if (act === "photo") photo.current?.click();
    else if (act === "help") setHelpOpen(true);
    else if (act === "verdict") bar.current?.querySelector<HTMLElement>(".rd-primary button")?.focus();
  };
  const pasted = (count: number) => {
    if (count === 0) void message.info(t("held.nothing"));
  };
  const paste = () =>
    navigator.clipboard.readText().then(
      (text) => pasted(grid.paste(text, sampled.characteristics.map((c) => [c.code, c.name_en, c.name_zh]))),
      () => void message.info(t("held.by_key")),
    );
  return (
    <div className="rd-desk" data-pad={hasPad || undefined}>
      <section className="rd-main">
        <Tools desk={desk} hasPad={hasPad} onPad={() => setPad(!hasPad)} onPaste={() => void paste()} />
        <HeldBar desk={desk} />
        <GridView desk={desk} hasPad={hasPad} onOutside={outside} onPasted={pasted} />
      </section>
      <aside className="rd-side">
        <Echo desk={desk} />
        <Questions desk={desk} />
        {hasPad && <NumberPad desk={desk} />}
        <section className="row">
          <Photo desk={desk} inspectionId={inspection.id} input={photo} />
        </section>
        <LotsBefore inspectionId={inspection.id} spec={grid.shape.specs[grid.state.at.column]} />
        <Files sampled={sampled} />
        <section>
          <Keys />
        </section>
      </aside>
      <VerdictBar desk={desk} inspection={inspection} {...standing} bar={bar} onDecided={onDecided} />
      <Said desk={desk} />
      <Modal open={isHelpOpen} title={t("keys.title")} footer={null} onCancel={() => setHelpOpen(false)} destroyOnHidden>
        <Keys isWhole />
      </Modal>
    </div>
  );
}
