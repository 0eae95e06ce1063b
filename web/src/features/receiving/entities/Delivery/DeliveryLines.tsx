// The lines of the order and what came for them, one row a supplier lot.
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";
import { change, type Delivery, difference, type Entry, type Line } from "./delivery";

interface Props {
  delivery: Delivery;
  lines: Line[];
  onChange: (next: Delivery) => void;
}

export function DeliveryLines({ delivery, lines, onChange }: Props) {
  const { t } = useTranslation("receiving");
  return (
    <table className="delivery-lines">
      <thead>
        <tr>
          <th scope="col">{t("here")}</th>
          <th scope="col">{t("line")}</th>
          <th scope="col">{t("material_lot")}</th>
          <th scope="col" className="number">
            {t("came_of_ordered")}
          </th>
          <th scope="col">{t("afterwards")}</th>
        </tr>
      </thead>
      <tbody>
        {delivery.entries.map((entry) => (
          <EntryRow key={entry.key} entry={entry} delivery={delivery} line={lines.find((one) => one.order_line_id === entry.lineId)} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  entry: Entry;
  line: Line | undefined;
  delivery: Delivery;
  onChange: (next: Delivery) => void;
}

function EntryRow({ entry, line, delivery, onChange }: RowProps) {
  const { t } = useTranslation("receiving");
  const isFirst = !entry.key.includes(".") && !entry.instead;
  const name = entry.instead ?? { number: line?.material ?? "", name: line?.material_name ?? "" };
  const below = [
    entry.supplierLot || t("no_supplier_lot"),
    entry.boxes > 0 && t("boxes", { count: entry.boxes }),
    entry.serials.length > 0 && t("serial_count", { count: entry.serials.length }),
  ];
  const pick = () => onChange({ ...delivery, current: entry.key });
  return (
    <tr data-current={delivery.current === entry.key} data-here={entry.isHere} onClick={pick}>
      <td>
        <Checkbox
          checked={entry.isHere}
          aria-label={t("is_here", { number: name.number })}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onChange(change({ ...delivery, current: entry.key }, entry.key, { isHere: event.target.checked }))}
        />
      </td>
      <td className="quiet">{isFirst ? line?.line : ""}</td>
      <td>
        <button type="button" className="link" onClick={pick}>
          <span className="code">{name.number}</span> {name.name}
        </button>
        <span className="meta">{entry.isHere || entry.supplierLot ? below.filter(Boolean).join(" · ") : t("not_yet")}</span>
      </td>
      <td className="number">
        <b className="came">{entry.isHere ? quantity(entry.quantity) || "0" : "0"}</b>
        <span className="quiet"> / {isFirst ? quantity(line?.due) : "–"}</span>
        <span className="unit">{entry.unit}</span>
      </td>
      <td>
        <Afterwards entry={entry} line={line} delivery={delivery} />
      </td>
    </tr>
  );
}

/** What the goods will be once they are booked, and why. */
function Afterwards({ entry, line, delivery }: { entry: Entry; line: Line | undefined; delivery: Delivery }) {
  const { t } = useTranslation("receiving");
  if (entry.instead) {
    return (
      <span className="stack-tight">
        <HoldChip plain />
        <span className="meta">{t(entry.lineId ? "kind.wrong_material" : "kind.unordered")}</span>
      </span>
    );
  }
  if (!line) return null;
  const { over, under } = entry.isHere ? difference(delivery, line) : { over: null, under: null };
  return (
    <span className="stack-tight">
      {line.inspection === "exempt" ? (
        <span className="quiet">{t("exempt", { profile: line.profile })}</span>
      ) : (
        <StatusChip of="LotStatus" value="awaiting_inspection" plain />
      )}
      {over && <span className="late">{t("over", { quantity: quantity(over), unit: line.stock_unit })}</span>}
      {under && <span className="meta">{t("under", { quantity: quantity(under), unit: line.stock_unit })}</span>}
    </span>
  );
}
