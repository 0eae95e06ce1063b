// One unit of the sample: drawn again only when one of its own cells, or the cursor in it, changed.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Cell } from "../../grid/cells";
import type { GridState } from "../../grid/control";
import type { Grid } from "../../grid/grid";
import { exists, isOpen, type Shape } from "../../grid/layout";
import { ActiveCell } from "./ActiveCell";
import { AttributeButtons, lookOf, Reading } from "./Cell";
import { twoDigits } from "./words";

interface Props {
  grid: Grid;
  /** Of the grid: it changes when a characteristic is counted as a whole. */
  shape: Shape;
  unit: number;
  /** Which piece of the lot was drawn as this unit, when pieces were drawn. */
  piece: number | undefined;
  cells: (Cell | undefined)[];
  names: string[];
  /** The state of the cursor, when it is in this row. */
  state: GridState | null;
  /** Columns of the chosen block, when it crosses this row. */
  chosen: [number, number] | null;
  hasPad: boolean;
}

function Unit({ grid, shape, unit, piece, cells, names, state, chosen, hasPad }: Props) {
  const { t } = useTranslation("inspections");
  return (
    <div role="row" aria-rowindex={unit + 1} className="rd-row" data-now={state !== null || undefined}>
      <div role="rowheader" aria-colindex={1} className="rd-unit">
        <b>{twoDigits(unit)}</b>
        {piece !== undefined && <small title={t("grid.piece", { piece })}>{t("grid.piece_short", { piece })}</small>}
      </div>
      {shape.specs.map((spec, column) => {
        const place = { column, unit };
        const cell = cells[column];
        if (state?.at.column === column) {
          const label = t("grid.cell", { name: names[column], unit });
          return <ActiveCell key={spec.code} {...{ grid, state, spec, label, column, hasPad }} />;
        }
        const isHere = exists(shape, place);
        return (
          <div
            key={spec.code}
            role="gridcell"
            aria-colindex={column + 2}
            aria-readonly={!isOpen(shape, place)}
            data-cell=""
            data-look={isHere ? lookOf(cell) : "none-here"}
            data-status={cell?.status}
            data-chosen={(chosen && column >= chosen[0] && column <= chosen[1]) || undefined}
            className={spec.kind === "attribute" ? "rd-cell rd-cell-buttons" : "rd-cell"}
            onPointerDown={(event) => {
              if (!isHere || (event.target as HTMLElement).closest("button")) return;
              event.preventDefault(); // the focus goes where the cursor goes
              grid.moveTo(place, event.shiftKey);
            }}
          >
            {!isHere ? null : spec.kind === "attribute" && isOpen(shape, place) ? (
              <AttributeButtons cell={cell} onPress={(button) => grid.button(button, place)} />
            ) : (
              <Reading spec={spec} cell={cell} />
            )}
          </div>
        );
      })}
    </div>
  );
}

export const Row = memo(
  Unit,
  (a, b) =>
    a.grid === b.grid &&
    a.shape === b.shape &&
    a.unit === b.unit &&
    a.state === b.state &&
    a.names === b.names &&
    a.hasPad === b.hasPad &&
    a.chosen?.[0] === b.chosen?.[0] &&
    a.chosen?.[1] === b.chosen?.[1] &&
    a.cells.every((cell, i) => cell === b.cells[i]),
);
