// A cell that the cursor is not in: its result by shape, strip and colour, and the value.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Shape, type ShapeName } from "@/ui/Shape";
import type { Cell as CellContent } from "../../grid/cells";
import type { Result } from "../../grid/judge";
import type { Spec } from "../../grid/spec";
import { Strip } from "./Strip";
import { valueOf } from "./words";

export const SHAPES: Record<Exclude<Result, "none">, ShapeName> = { in: "rd-in", near: "rd-near", out: "rd-out" };
/** What a cell still asks is shown by a mark, whatever the value is. */
const ASKING: ReadonlySet<string> = new Set(["slip", "defect", "reason", "gauge"]);

export function lookOf(cell: CellContent | undefined): string {
  if (!cell) return "todo";
  if (cell.status === "refused") return "refused";
  if (ASKING.has(cell.status)) return "asks";
  return cell.result;
}

interface Props {
  spec: Spec;
  cell: CellContent | undefined;
}

export const Reading = memo(function Reading({ spec, cell }: Props) {
  const { t } = useTranslation("inspections");
  if (!cell) return <span className="rd-value">·</span>;
  const look = lookOf(cell);
  const isJudged = look === "in" || look === "near" || look === "out";
  return (
    <>
      {isJudged && cell.result !== "none" ? <Shape name={SHAPES[cell.result]} size={14} /> : <b className="rd-mark">{look === "none" ? "" : "?"}</b>}
      {cell.value !== null && isJudged ? <Strip spec={spec} value={cell.value} result={cell.result} /> : <span />}
      <span className="rd-value">
        {cell.isCorrected && <sup title={t("grid.corrected")}>*</sup>}
        {valueOf(spec, cell.value, cell.text)}
      </span>
    </>
  );
});

export const BUTTONS = ["ok", "ng", "na"] as const;

interface ButtonsProps {
  cell: CellContent | undefined;
  onPress: (button: (typeof BUTTONS)[number]) => void;
}

/** OK, NG and not applicable; the keys of the grid press them too. */
export function AttributeButtons({ cell, onPress }: ButtonsProps) {
  const { t } = useTranslation("inspections");
  return (
    <span className="rd-buttons">
      {BUTTONS.map((button) => (
        <button
          key={button}
          type="button"
          tabIndex={-1}
          data-button={button}
          aria-pressed={cell?.text === button}
          onClick={() => onPress(button)}
        >
          {cell?.text === button && button !== "na" && <Shape name={button === "ok" ? "rd-in" : "rd-out"} size={12} />}
          {t(`grid.${button}`)}
          {button === "ng" && cell?.text === "ng" && cell.nonconformities > 1 && ` ×${cell.nonconformities}`}
        </button>
      ))}
    </span>
  );
}
