// What the inspection of a report found, in words: each defect or dimension, how often and where.
import type { Schemas } from "@/lib/client";
import { quantity } from "@/lib/quantities";

type Defect = Schemas["ReportDefectOut"];

export function foundWords(defects: Defect[], isEnglish: boolean): string {
  const named = (en: string, zh: string, code: string) => (isEnglish ? en : zh || en) || code;
  return defects
    .map((one) => {
      const what = named(one.name_en, one.name_zh, one.code);
      const where = one.position && ` (${named(one.position_en, one.position_zh, one.position)})`;
      return `${what}${where} × ${quantity(one.count)}`;
    })
    .join(" · ");
}
