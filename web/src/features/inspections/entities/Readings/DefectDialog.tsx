// What is wrong with a unit that is not good: a defect of the catalogue, by a digit or by its name.
import { Button, Input, InputNumber, Modal } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Shown } from "@/ui/states";
import { specsOf } from "../../grid/counting";
import type { Entry } from "../../grid/cells";
import { type QualityCode, useDefects } from "../../queries";
import type { Desk } from "./useDesk";
import { nameOf } from "./words";

const SHOWN = 9; // as many as there are digits

export function DefectDialog({ desk, entries }: { desk: Desk; entries: Entry[] }) {
  const { t, i18n } = useTranslation("inspections");
  const { grid, sampled, specs } = desk;
  const first = entries[0];
  const found = sampled.characteristics.find((c) => c.code === first?.code);
  const drop = () => {
    for (const entry of entries) grid.cells.put(entry.code, entry.unit, null);
    grid.refresh();
  };
  const countsEach = sampled.samples.some(
    (s) => s.basis === "nonconformities" && specsOf(s, specs, sampled.samples).some((spec) => spec.code === first?.code),
  );
  const name = found ? nameOf(found, i18n.language) : "";
  return (
    <Modal
      open={entries.length > 0}
      title={entries.length === 1 && first ? t("defect.title_one", { name, unit: first.unit }) : t("defect.title", { name, count: entries.length })}
      footer={null}
      onCancel={drop}
      destroyOnHidden
      focusable={{ focusTriggerAfterClose: false }}
      width={460}
    >
      {first && (
        <Defects
          key={`${first.code}${first.unit}`}
          severity={found?.severity_class ?? ""}
          countsEach={countsEach}
          onChoose={(defect, nonconformities) => grid.answer(entries, { defect, nonconformities })}
        />
      )}
    </Modal>
  );
}

interface DefectsProps {
  severity: string;
  countsEach: boolean;
  onChoose: (code: string, nonconformities: number | null) => void;
}

const LAST = "zhiliu.defects";
const lastUsed = () => (localStorage.getItem(LAST) ?? "").split(",").filter(Boolean);

function ordered(defects: QualityCode[], severity: string): QualityCode[] {
  const last = lastUsed();
  const rank = (d: QualityCode) => (last.includes(d.code) ? last.indexOf(d.code) : 100 + Number(d.severity_class !== severity));
  return [...defects].sort((a, b) => rank(a) - rank(b) || a.code.localeCompare(b.code));
}

function Defects({ severity, countsEach, onChoose }: DefectsProps) {
  const { t, i18n } = useTranslation("inspections");
  const defects = useDefects();
  const [typed, setTyped] = useState("");
  const [times, setTimes] = useState(1);
  const word = typed.trim().toLowerCase();
  const fits = (d: QualityCode) => [d.code, d.name_en, d.name_zh].some((text) => text.toLowerCase().includes(word));
  const choose = (code: string) => {
    localStorage.setItem(LAST, [code, ...lastUsed().filter((other) => other !== code)].slice(0, SHOWN).join(","));
    onChoose(code, countsEach ? times : null);
  };
  return (
    <Shown of={defects}>
      {(all) => {
        const shown = ordered(all, severity).filter(fits).slice(0, SHOWN);
        const onKeyDown = (event: KeyboardEvent) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          const byDigit = typed === "" ? shown[Number(event.key) - 1] : undefined;
          const chosen = event.key === "Enter" ? shown[0] : byDigit;
          if (!chosen) return;
          event.preventDefault();
          choose(chosen.code);
        };
        return (
          <div className="stack">
            <Input autoFocus aria-label={t("defect.search")} placeholder={t("defect.search")} value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} />
            {countsEach && (
              <label className="row">
                {t("defect.times")} <InputNumber min={1} max={10_000} value={times} onChange={(value) => setTimes(value ?? 1)} />
              </label>
            )}
            <ol className="rd-defects">
              {shown.map((defect, i) => (
                <li key={defect.code}>
                  <Button block onClick={() => choose(defect.code)}>
                    <kbd>{i + 1}</kbd> <span className="code">{defect.code}</span> {nameOf(defect, i18n.language)}
                  </Button>
                </li>
              ))}
            </ol>
            {shown.length === 0 && <p className="quiet">{t("defect.none")}</p>}
          </div>
        );
      }}
    </Shown>
  );
}
