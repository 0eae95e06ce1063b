// Which units are bad: they are split off and blocked with the verdict, the rest is released.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import type { Inspection } from "../../queries";
import { type Balance, boundsOf, openLots, type Part, problemOf } from "./parts";

interface Props {
  inspection: Inspection;
  parts: Part[];
  balances: Balance[];
  onChange: (parts: Part[]) => void;
}

/** Which pieces they are, of a lot that is controlled by serial numbers. */
function Pieces({ lotId, serials, onChange }: { lotId: string | undefined; serials: string[]; onChange: (serials: string[]) => void }) {
  const { t } = useTranslation("inspections");
  const found = api.useQuery("get", "/api/v1/serials", { params: { query: { lot_id: lotId, limit: 500 } } }, { enabled: lotId !== undefined });
  const options = (found.data?.items ?? []).map((serial) => ({ value: serial.number, label: serial.number }));
  if (!options.length) return null;
  return <Select mode="multiple" className="parts-serials" aria-label={t("parts.serials")} placeholder={t("parts.serials")} value={serials} options={options} onChange={onChange} />;
}

export function PartsForm({ inspection, parts, balances, onChange }: Props) {
  const { t } = useTranslation("inspections");
  const lots = openLots(inspection);
  const { least, most } = boundsOf(inspection);
  const change = (key: number, given: Partial<Part>) => onChange(parts.map((p) => (p.key === key ? { ...p, ...given } : p)));
  const at = (part: Part) => balances.filter((b) => b.lot_id === (part.lotId ?? lots[0]?.lot_id));
  const problem = problemOf(parts, { least, most }, lots.length);
  const places = (part: Part) => at(part).map((b) => ({ value: b.id, label: `${b.place} · ${b.owner} · ${quantity(b.quantity)}` }));
  return (
    <fieldset className="parts">
      <legend>
        {t("parts.title", { most: quantity(most), unit: inspection.unit })}
        {least !== most && <span className="meta"> {t("parts.least", { least: quantity(least) })}</span>}
      </legend>
      {parts.map((part, i) => (
        <div key={part.key} className="row">
          <Input
            className="parts-quantity"
            aria-label={t("parts.quantity")}
            inputMode="decimal"
            value={part.quantity}
            suffix={inspection.unit}
            onChange={(event) => change(part.key, { quantity: event.target.value })}
          />
          {lots.length > 1 && (
            <Select
              className="parts-lot"
              aria-label={t("parts.lot")}
              placeholder={t("parts.lot")}
              value={part.lotId}
              options={lots.map((lot) => ({ value: lot.lot_id, label: `${lot.lot} (${quantity(lot.open)})` }))}
              onChange={(lotId: string) => change(part.key, { lotId, balanceId: null })}
            />
          )}
          {at(part).length > 1 && (
            <Select
              className="parts-place"
              aria-label={t("parts.place")}
              placeholder={t("parts.place")}
              value={part.balanceId}
              options={places(part)}
              onChange={(balanceId: string) => change(part.key, { balanceId })}
            />
          )}
          <Pieces lotId={part.lotId ?? lots[0]?.lot_id} serials={part.serials} onChange={(serials) => change(part.key, { serials, quantity: String(serials.length) })} />
          {parts.length > 1 && (
            <Button type="text" icon={<DeleteOutlined />} aria-label={t("parts.remove", { n: i + 1 })} onClick={() => onChange(parts.filter((p) => p.key !== part.key))} />
          )}
        </div>
      ))}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...parts, { key: Math.max(0, ...parts.map((p) => p.key)) + 1, lotId: null, balanceId: null, quantity: "", serials: [] }])}
        >
          {t("parts.add")}
        </Button>
        {problem && <span className="late">{t(`parts.problem.${problem}`, { least: quantity(least), most: quantity(most) })}</span>}
      </div>
    </fieldset>
  );
}
