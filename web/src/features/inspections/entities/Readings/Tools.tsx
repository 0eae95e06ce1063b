// Above the grid: how one enters, which way the cursor goes, and the acts on many cells.
import { CopyOutlined, TabletOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MODES, type Mode } from "../../grid/entry";
import { type Desk, useGridState } from "./useDesk";
import { nameOf } from "./words";

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: ReactNode; title?: string }[];
  onChange: (value: Value) => void;
}

/** A few buttons of which one is on; pressing one leaves the focus in the grid. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <span className="rd-choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </span>
  );
}

interface Props {
  desk: Desk;
  hasPad: boolean;
  onPad: () => void;
  onPaste: () => void;
}

const keepsFocus = { onPointerDown: (event: React.PointerEvent) => event.preventDefault() };

export function Tools({ desk, hasPad, onPad, onPaste }: Props) {
  const { t, i18n } = useTranslation("inspections");
  const { grid, sampled } = desk;
  const state = useGridState(grid);
  const digits = grid.spec().digits || 2;
  const rest = grid.restColumn();
  const label = (mode: Mode) => t(`mode.${mode}`, { digits });
  return (
    <div className="rd-tools" role="toolbar" aria-label={t("tools.title")}>
      <span className="quiet">{t("tools.entry")}</span>
      <Choice
        label={t("tools.entry")}
        value={state.mode}
        options={MODES.map((mode) => ({ value: mode, label: label(mode), title: t(`mode.${mode}_hint`, { digits }) }))}
        onChange={desk.setMode}
      />
      <span className="quiet">{t("tools.direction")}</span>
      <Choice
        label={t("tools.direction")}
        value={state.direction}
        options={[
          { value: "unit" as const, label: `${t("tools.by_unit")} →` },
          { value: "characteristic" as const, label: `${t("tools.by_characteristic")} ↓` },
        ]}
        onChange={desk.setDirection}
      />
      <span className="end row">
        <Button type="text" icon={<UndoOutlined />} disabled={!grid.undone.length} {...keepsFocus} onClick={() => grid.undo()}>
          {t("tools.undo")} <kbd>Ctrl Z</kbd>
        </Button>
        <Button type="text" icon={<CopyOutlined />} {...keepsFocus} onClick={onPaste}>
          {t("tools.paste")} <kbd>Ctrl V</kbd>
        </Button>
        {rest !== null && (
          <Button {...keepsFocus} onClick={() => grid.restOk()}>
            {t("tools.rest_ok", { name: nameOf(sampled.characteristics[rest]!, i18n.language) })} <kbd>F8</kbd>
          </Button>
        )}
        <Button
          type={hasPad ? "default" : "text"}
          icon={<TabletOutlined />}
          aria-pressed={hasPad}
          aria-label={t("tools.pad")}
          title={t("tools.pad")}
          {...keepsFocus}
          onClick={onPad}
        />
      </span>
    </div>
  );
}
