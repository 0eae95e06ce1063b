// The entry that is being entered: its quantity in large digits, and what its label says.
import { Button, Input, Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { fromMicro, halfWidth, micro, quantity } from "@/lib/quantities";
import { DayInput } from "@/ui/DayInput";
import { NumberPad } from "@/ui/NumberPad";
import { addLot, change, type Delivery, difference, type Entry, type Line, remove } from "./delivery";

interface Props {
  delivery: Delivery;
  entry: Entry;
  line: Line | undefined;
  lines: Line[];
  onChange: (next: Delivery) => void;
  onNext: () => void;
}

export function DeliveryEntry({ delivery, entry, line, lines, onChange, onNext }: Props) {
  const { t } = useTranslation("receiving");
  const set = (values: Partial<Entry>) => onChange(change(delivery, entry.key, { isHere: true, ...values }));
  const name = entry.instead ?? { number: line?.material ?? "", name: line?.material_name ?? "" };
  const isSerial = !entry.instead && line?.lot_control === "serial";
  const oneMore = (sign: 1n | -1n) => fromMicro(max((micro(entry.quantity) ?? 0n) + sign * 1_000_000n));
  return (
    <section className="panel delivery-entry" aria-label={t("entry_of", { number: name.number })}>
      <header>
        <h2>
          {name.number} {name.name}
        </h2>
        <div className="end meta">{line && t("line_n", { n: line.line })}</div>
      </header>
      <div className="body stack">
        <label className="big-quantity">
          <input
            aria-label={t("quantity_of", { number: name.number })}
            inputMode="decimal"
            autoComplete="off"
            value={entry.quantity}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              const typed = halfWidth(event.target.value).replace(/[,\s]/g, "");
              if (/^\d*\.?\d*$/.test(typed)) set({ quantity: typed }); // what is no quantity changes nothing
            }}
          />
          <span className="quiet">{entry.unit}</span>
          {line && !entry.instead && <Neighbour delivery={delivery} line={line} />}
        </label>
        <Units entry={entry} line={line} onChange={set} />
        <NumberPad
          value={entry.quantity}
          onChange={(next) => set({ quantity: next })}
          extra={[
            { label: t("plus_one"), onPress: () => set({ quantity: oneMore(1n) }) },
            { label: t("minus_one"), onPress: () => set({ quantity: oneMore(-1n) }) },
            { label: t("all_due"), isOff: !line || Boolean(entry.instead), onPress: () => set({ quantity: line?.due ?? "", unitId: line?.due_unit_id ?? null, unit: line?.due_unit ?? "" }) },
            { label: t("next_line"), onPress: onNext },
          ]}
        />
        <dl className="label-fields">
          <Row label={t("supplier_lot")} id="supplier-lot">
            <Input id="supplier-lot" value={entry.supplierLot} maxLength={60} onChange={(event) => set({ supplierLot: event.target.value })} />
          </Row>
          <Row label={t("manufactured")} id="manufactured">
            <DayInput id="manufactured" value={entry.manufacturedDate} onChange={(manufacturedDate) => set({ manufacturedDate })} />
          </Row>
          <Row label={t("expires")} id="expires">
            <DayInput id="expires" value={entry.expiresDate} onChange={(expiresDate) => set({ expiresDate })} />
          </Row>
          {isSerial && (
            <Row label={t("serials")} id="serials">
              <Input.TextArea
                id="serials"
                autoSize={{ minRows: 2, maxRows: 6 }}
                value={entry.serials.join("\n")}
                onChange={(event) => set({ serials: event.target.value.split(/[\s,;，；]+/).filter(Boolean) })}
              />
            </Row>
          )}
        </dl>
        {line?.shelf_life_days != null && !entry.manufacturedDate && !entry.expiresDate && <p className="soon">{t("date_needed", { days: line.shelf_life_days })}</p>}
        <div className="row">
          {line && !entry.instead && <Button onClick={() => onChange(addLot(delivery, lines, line.order_line_id))}>{t("another_lot")}</Button>}
          {(entry.instead || entry.key.includes(".")) && <Button onClick={() => onChange(remove(delivery, entry.key))}>{t("remove")}</Button>}
        </div>
      </div>
    </section>
  );
}

const max = (value: bigint) => (value < 0n ? 0n : value);

/** What is due and by how much this differs. */
function Neighbour({ delivery, line }: { delivery: Delivery; line: Line }) {
  const { t } = useTranslation("receiving");
  const { over, under } = difference(delivery, line);
  const sign = over ? "+" : under ? "−" : "";
  return (
    <span className="meta big-neighbour">
      <span>{t("due", { quantity: quantity(line.due), unit: line.due_unit })}</span>
      <span className={over ? "late" : ""}>{t("difference", { quantity: `${sign}${quantity(over ?? under ?? "0")}` })}</span>
    </span>
  );
}

function Units({ entry, line, onChange }: { entry: Entry; line: Line | undefined; onChange: (values: Partial<Entry>) => void }) {
  const { t } = useTranslation("receiving");
  if (!line || entry.instead || line.unit_id === line.stock_unit_id) return null;
  const units = [
    { value: line.unit_id, label: line.unit },
    { value: line.stock_unit_id, label: line.stock_unit },
  ];
  return (
    <Segmented
      aria-label={t("unit")}
      value={entry.unitId ?? line.unit_id}
      options={units}
      onChange={(unitId) => onChange({ unitId, unit: units.find((one) => one.value === unitId)?.label ?? "" })}
    />
  );
}

function Row({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <label htmlFor={id}>{label}</label>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
