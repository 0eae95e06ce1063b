// One lot at the place that is counted: what is booked is not shown before the count is in.
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { fieldSentences } from "@/ui/Problem";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import "@/ui/status/status.css";
import { sent } from "../Lot/verbs";

export interface Counted {
  lotId: string;
  lot: string;
  material: string;
  unit: string;
  ownerId: string;
}

interface Props {
  row: Counted;
  placeId: string;
  reason: string;
  /** The row whose lot was scanned last has the focus. */
  isScanned: boolean;
}

export function CountRow({ row, placeId, reason, isScanned }: Props) {
  const { t } = useTranslation("stock");
  const [typed, setTyped] = useState("");
  const [difference, setDifference] = useState<string | null>(null);
  const count = useAct("post", "/api/v1/lots/{lot_id}/count", { onDone: (answer) => setDifference(answer.difference) });
  const [missing, setMissing] = useState<string[]>([]);
  const needsSerials = count.error?.code === "stock.serials_wrong" || missing.length > 0;
  const serials = api.useQuery("get", "/api/v1/serials", { params: { query: { lot_id: row.lotId, place_id: placeId, limit: 500 } } }, { enabled: needsSerials });
  const go = () => {
    if (!typed.trim()) return;
    count.mutate({
      path: { lot_id: row.lotId },
      body: { place_id: placeId, owner_id: row.ownerId, counted: sent(typed), reason, serials_missing: missing },
    });
  };
  const wrong = count.error && (Object.values(fieldSentences(count.error))[0] ?? `${count.error.detail} ${count.error.remedy}`);
  return (
    <tr data-scanned={isScanned}>
      <td>
        <RecordLink kind="stock.lot" id={row.lotId} number={row.lot} />
      </td>
      <td>{row.material}</td>
      <td className="number">
        <Input
          key={isScanned ? "scanned" : "waiting"}
          className="count-input"
          inputMode="decimal"
          autoFocus={isScanned}
          aria-label={t("count.counted_of", { number: row.lot })}
          value={typed}
          suffix={row.unit}
          onChange={(event) => {
            setTyped(event.target.value);
            setDifference(null);
          }}
          onPressEnter={go}
        />
      </td>
      <td>
        <Button size="small" loading={count.isPending} disabled={!typed.trim()} onClick={go}>
          {t("count.book")}
        </Button>
      </td>
      <td role="status">
        {difference === "0" && (
          <span className="status status-plain" data-tone="released">
            <Shape name="rd-in" />
            {t("count.right")}
          </span>
        )}
        {difference && difference !== "0" && (
          <span className="status status-plain" data-tone="restricted">
            <Shape name="rd-near" />
            {t("count.difference", { difference: `${difference.startsWith("-") ? "−" : "+"}${quantity(difference.replace("-", ""))}`, unit: row.unit })}
          </span>
        )}
        {needsSerials && (
          <Select
            mode="multiple"
            className="count-missing"
            aria-label={t("count.missing")}
            placeholder={t("count.missing")}
            value={missing}
            options={serials.data?.items.map((serial) => ({ value: serial.number, label: serial.number }))}
            onChange={setMissing}
          />
        )}
        {wrong && <span className="late">{wrong}</span>}
      </td>
    </tr>
  );
}
