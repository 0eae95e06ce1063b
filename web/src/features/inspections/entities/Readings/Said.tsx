// For a screen reader: what the last entry was and what came of it, once, when it is taken over.
import { useTranslation } from "react-i18next";
import { type Desk, useGridState } from "./useDesk";
import { nameOf, valueOf } from "./words";

export function Said({ desk }: { desk: Desk }) {
  const { t, i18n } = useTranslation("inspections");
  useGridState(desk.grid);
  const { grid, sampled } = desk;
  const last = grid.undone.at(-1);
  const place = last?.[0]?.place;
  const cell = place && grid.cellAt(place);
  if (!last || !place || !cell) return <p className="visually-hidden" role="status" />;
  const name = nameOf(sampled.characteristics[place.column]!, i18n.language);
  const value = valueOf(grid.spec(place), cell.value, cell.text);
  const result = cell.result === "none" ? "" : t(`result.${cell.result}`);
  return (
    <p className="visually-hidden" role="status">
      {last.length > 1 ? t("said.many", { count: last.length }) : t("said.one", { name, unit: place.unit, value, result })}
    </p>
  );
}
