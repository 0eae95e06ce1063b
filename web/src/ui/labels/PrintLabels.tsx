// Labels of one lot or of all lots of an arrival: how many of each, how large, for which printer. Each
// print is counted; the labels come as one file.
import { Button, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Problem, Schemas } from "@/lib/client";
import { save } from "@/lib/save";
import { asDecimal } from "@/lib/quantities";
import { ProblemPanel } from "../Problem";
import { say } from "../said";
import "./labels.css";

type Size = Schemas["LabelSize"];
type Format = Schemas["LabelFormat"];

export interface Labelled {
  id: string;
  number: string;
  detail: string;
  /** How many labels are likely needed: one a box. */
  copies: number;
}

const SIZES: Size[] = ["100x70", "60x40", "40x30"];
const STORED = "zhiliu.labels";

function stored(): { size: Size; format: Format } {
  const [size, format] = (localStorage.getItem(STORED) ?? "").split(" ");
  return { size: SIZES.find((one) => one === size) ?? "60x40", format: format === "zpl" ? "zpl" : "pdf" };
}

export function PrintLabels({ lots, onClose }: { lots: Labelled[]; onClose: () => void }) {
  const { t } = useTranslation("ui");
  const { t: state } = useTranslation("states");
  const [copies, setCopies] = useState<Record<string, string>>(() => Object.fromEntries(lots.map((lot) => [lot.id, `${lot.copies}`])));
  const [choice, setChoice] = useState(stored);
  const [problem, setProblem] = useState<Problem | null>(null);
  const print = useAct("post", "/api/v1/lots/{lot_id}/labels");
  const count = (id: string) => Math.max(0, Math.trunc(Number(asDecimal(copies[id] ?? "") ?? 0)));
  const total = lots.reduce((sum, lot) => sum + count(lot.id), 0);
  const go = async () => {
    localStorage.setItem(STORED, `${choice.size} ${choice.format}`);
    setProblem(null);
    const made: string[] = [];
    try {
      for (const lot of lots.filter((one) => count(one.id) > 0)) {
        const done = await print.mutateAsync({
          path: { lot_id: lot.id },
          body: { copies: count(lot.id), size: choice.size, file_format: choice.format, dots_per_mm: 8, reason: "" },
        });
        made.push(done.id);
      }
    } catch (thrown) {
      return setProblem(thrown as Problem);
    }
    save(`/api/v1/label-files?${made.map((id) => `label_print_id=${id}`).join("&")}`);
    say(t("labels.done", { count: total }));
    onClose();
  };
  return (
    <Modal open width={520} title={t("labels.title")} footer={null} onCancel={onClose}>
      <div className="stack">
        <div className="row">
          <Segmented<Size>
            aria-label={t("labels.size")}
            value={choice.size}
            onChange={(size) => setChoice({ ...choice, size })}
            options={SIZES.map((value) => ({ value, label: state(`LabelSize.${value}`) }))}
          />
          <Select<Format>
            aria-label={t("labels.format")}
            value={choice.format}
            onChange={(format) => setChoice({ ...choice, format })}
            options={[
              { value: "pdf", label: t("labels.pdf") },
              { value: "zpl", label: t("labels.zpl") },
            ]}
          />
        </div>
        <ul className="labels-lots">
          {lots.map((lot, i) => (
            <li key={lot.id}>
              <label htmlFor={`copies-${lot.id}`}>
                <span className="code">{lot.number}</span> <span className="quiet">{lot.detail}</span>
              </label>
              <Input
                id={`copies-${lot.id}`}
                aria-label={t("labels.copies", { number: lot.number })}
                inputMode="numeric"
                autoFocus={i === 0}
                value={copies[lot.id]}
                onFocus={(event) => event.target.select()}
                onPressEnter={() => void go()}
                onChange={(event) => setCopies({ ...copies, [lot.id]: event.target.value })}
              />
            </li>
          ))}
        </ul>
        {problem && <ProblemPanel problem={problem} title={t("labels.refused")} onRetry={() => void go()} />}
        <div className="row">
          <Button type="primary" disabled={!total} loading={print.isPending} onClick={() => void go()}>
            {t("labels.go", { count: total })}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </div>
      </div>
    </Modal>
  );
}
