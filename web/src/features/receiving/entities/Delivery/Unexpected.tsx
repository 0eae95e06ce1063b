// A scan that no line of the order knows: what it is, and what may be done with it.
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import type { RowOf } from "@/lib/lists";
import type { Code } from "@/lib/scan/gs1";
import { Choices } from "@/ui/Choices";
import { RecordSelect } from "@/ui/RecordSelect";
import type { Line, Material } from "./delivery";

type Way = "lot" | "instead" | "unordered" | "refuse";

interface Props {
  code: Code;
  lines: Line[];
  hasOrder: boolean;
  /** It is no material, but a supplier lot of what a line ordered. */
  onLot: (lineId: string, supplierLot: string) => void;
  onTake: (material: Material, lineId: string | null) => void;
  onRefuse: (material: Material | null) => void;
  onClose: () => void;
}

const asMaterial = (row: RowOf<"/api/v1/materials">): Material => ({ id: row.id, number: row.number, name: row.name, unit: row.unit });

export function Unexpected({ code, lines, hasOrder, onLot, onTake, onRefuse, onClose }: Props) {
  const { t } = useTranslation("receiving");
  const [picked, setWay] = useState<Way | null>(null);
  const [chosen, setChosen] = useState<Material | null>(null);
  const [lineId, setLineId] = useState(lines[0]?.order_line_id ?? null);
  const gtin = code.elements["01"];
  const query = gtin ? { gtin } : { number: code.text };
  const found = api.useQuery("get", "/api/v1/materials", { params: { query } }, { enabled: Boolean(code.text) });
  const row = found.data?.items[0];
  const material = chosen ?? (row ? asMaterial(row) : null);
  const lot = hasOrder && !gtin && !row ? (code.elements["10"] ?? code.text) : "";
  const way = picked ?? (lot ? "lot" : hasOrder ? "instead" : "unordered");
  const options = [
    ...(lot ? [{ value: "lot" as const, label: t("unexpected.lot", { lot }), consequence: t("unexpected.lot_then") }] : []),
    ...(hasOrder ? [{ value: "instead" as const, label: t("unexpected.instead"), consequence: t("unexpected.instead_then") }] : []),
    { value: "unordered" as const, label: t("unexpected.unordered"), consequence: t("unexpected.unordered_then") },
    { value: "refuse" as const, label: t("unexpected.refuse"), consequence: t("unexpected.refuse_then") },
  ];
  const go = () => {
    if (way === "refuse") return onRefuse(material);
    if (way === "lot") return lineId ? onLot(lineId, lot) : undefined;
    if (material) onTake(material, way === "instead" ? lineId : null);
  };
  const what = material ? `${material.number} ${material.name}` : code.text;
  return (
    <Modal open width={560} footer={null} onCancel={onClose} title={code.text ? t("unexpected.title", { what }) : t("unexpected.title_unscanned")}>
      <div className="stack">
        {code.text && !row && !found.isPending && <p className="quiet">{t("unexpected.unknown", { text: code.text })}</p>}
        <Choices label={t("unexpected.ways")} options={options} value={way} onChange={setWay} />
        {!row && way !== "lot" && (
          <RecordSelect
            path="/api/v1/materials"
            label={t("material")}
            text={(one) => `${one.number} ${one.name}`}
            value={chosen?.id ?? null}
            onChange={(_, one) => setChosen(one && asMaterial(one))}
          />
        )}
        {(way === "instead" || way === "lot") && lines.length > 1 && (
          <Choices
            title={t(way === "lot" ? "unexpected.of_which_line" : "unexpected.which_line")}
            label={t("unexpected.which_line")}
            options={lines.map((line) => ({ value: line.order_line_id, label: t("line_n", { n: line.line }), consequence: `${line.material} ${line.material_name}` }))}
            value={lineId ?? undefined}
            onChange={setLineId}
          />
        )}
        <div className="row">
          <Button type="primary" disabled={way !== "refuse" && way !== "lot" && !material} onClick={go}>
            {t(way === "refuse" ? "unexpected.go_refuse" : "unexpected.go")}
          </Button>
          <Button onClick={onClose}>{t("unexpected.again")}</Button>
        </div>
      </div>
    </Modal>
  );
}
