// What the readings grid writes: batches of readings and photos.
import { asProblem, NO_ANSWER } from "@/lib/acts";
import { http, type Problem } from "@/lib/client";
import { currentLanguage } from "@/lib/i18n";
import type { Batch } from "./grid/cells";
import type { Outcome } from "./grid/saver";

interface RefusedCell {
  characteristic: string;
  unit_no: number;
  en: string;
  zh: string;
}

/** Refusals that name single cells of the grid. */
const OF_CELLS = new Set(["inspections.readings_refused", "inspections.readings_suspicious"]);
/** Answers after which the same request may simply be sent again. */
const isPassing = (problem: Problem) => problem.status === 0 || problem.status >= 500 || problem.status === 429;

function outcomeOf(problem: Problem): Outcome {
  if (isPassing(problem)) return { kind: "lost" };
  if (!OF_CELLS.has(problem.code)) return { kind: "stopped", problem };
  const cells = problem.data.cells as RefusedCell[];
  return {
    kind: "refused",
    isSlip: problem.code === "inspections.readings_suspicious",
    problem,
    cells: cells.map((cell) => ({
      code: cell.characteristic,
      unit: cell.unit_no,
      sentence: currentLanguage() === "en" ? cell.en : cell.zh,
    })),
  };
}

/** Sends one batch; the same key again has no second effect. */
export async function sendReadings(inspectionId: string, batch: Batch, key: string): Promise<Outcome> {
  const { data, error } = await http
    .POST("/api/v1/inspections/{inspection_id}/readings", {
      params: { path: { inspection_id: inspectionId }, header: { "Idempotency-Key": key } },
      body: {
        reason: batch.reason,
        confirm: batch.confirm,
        readings: batch.entries.map((entry) => ({
          characteristic: entry.code,
          unit_no: entry.unit,
          text: entry.text,
          gauge: entry.gauge,
          defect: entry.defect,
          nonconformities: entry.nonconformities,
        })),
      },
    })
    .catch(() => ({ data: undefined, error: NO_ANSWER }));
  return data ? { kind: "recorded", answer: data } : outcomeOf(asProblem(error));
}

/** Attaches a photo to the inspection, in one request that a repeat does not double. */
export async function attachPhoto(inspectionId: string, file: File, title: string): Promise<Problem | null> {
  const form = new FormData();
  form.set("subject_kind", "inspections.inspection");
  form.set("subject_id", inspectionId);
  form.set("purpose", "photo");
  form.set("title", title);
  form.set("file", file, file.name || "photo.jpg");
  const { data, error } = await http
    .POST("/api/v1/attachments", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
      body: form as never,
      bodySerializer: (body) => body as unknown as FormData,
    })
    .catch(() => ({ data: undefined, error: NO_ANSWER }));
  return data ? null : asProblem(error);
}
