// Digits and buttons for a finger: no keyboard of the tablet comes up, and the cursor keeps its cell.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { press } from "../../grid/keys";
import { type Desk, useGridState } from "./useDesk";

const DIGITS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "±", "0", "."];

export function NumberPad({ desk }: { desk: Desk }) {
  const { t } = useTranslation("inspections");
  const { grid } = desk;
  const state = useGridState(grid);
  const isButtons = grid.spec().kind === "attribute";
  const type = (key: string) => {
    const text = state.isFresh ? "" : state.typed;
    if (key !== "±") grid.type(text + key);
    else grid.type(text.startsWith("-") ? text.slice(1) : `-${text}`);
  };
  const key = (name: string) => grid.press(press(name), () => true);
  const pad = (label: string, onClick: () => void, wide = false, name?: string) => (
    <Button
      key={label}
      className={wide ? "rd-pad-wide" : ""}
      aria-label={name}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {label}
    </Button>
  );
  return (
    <section className="rd-pad" aria-label={t("pad.title")}>
      {isButtons ? (
        <>
          {pad(t("grid.ok"), () => key("F9"), true)}
          {pad(t("grid.ng"), () => key("F7"), true)}
          {pad(t("grid.na"), () => key("F10"), true)}
        </>
      ) : (
        DIGITS.map((digit) => pad(digit, () => type(digit), false, digit === "±" ? t("pad.sign") : digit === "." ? t("pad.point") : undefined))
      )}
      {!isButtons && pad("⌫", () => (state.typed && !state.isFresh ? grid.type(state.typed.slice(0, -1)) : key("Backspace")), false, t("pad.back"))}
      {pad("↑", () => key("ArrowUp"), false, t("pad.up"))}
      {pad("↓", () => key("ArrowDown"), false, t("pad.down"))}
      {pad(t("pad.next"), () => key("Enter"), true)}
    </section>
  );
}
