// One row of a split: so much, of which lot and place, why, and what follows.
import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { asDecimal, compare, money, quantity, shareOf } from "@/lib/quantities";
import { RecordSelect } from "@/ui/RecordSelect";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Report } from "../../queries";
import { SerialsSelect } from "./SerialsSelect";
import { leftAt, type Row, type RowProblem, type Source, wantedOf } from "./split";

interface Props {
  row: Row;
  rows: Row[];
  sources: Source[];
  report: Report;
  problem: RowProblem | null;
  /** The row takes whatever the others leave. */
  isRest: boolean;
  onChange: (change: Partial<Row>) => void;
  onRest: () => void;
  onAdd: () => void;
}

export function SplitRow({ row, rows, sources, report, problem, isRest, onChange, onRest, onAdd }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const kind = t(`states:DispositionKind.${row.kind}`);
  const source = sources.find((one) => one.key === row.source);
  const words = problem && t(`split.problem.${problem}`, { left: source && quantity(leftAt(source, sources, rows, row)), unit: report.unit });
  const isAsked = row.serials.length > 0 || row.quantity.trim() !== "";
  const isFirst = rows.find((one) => one.kind === row.kind)?.key === row.key;
  const wanted = isAsked ? wantedOf(row) : null;
  const isOneLot = new Set(sources.map((one) => one.lotId)).size === 1;
  const nameOf = (one: Source) =>
    [isOneLot && sources.length > 1 ? "" : one.lot, one.place || t("split.everywhere"), sources.length > 1 && most(leftAt(one, sources, rows, row))]
      .filter(Boolean)
      .join(" · ");
  const describedBy = words ? `split-${row.key}-problem` : undefined;
  return (
    <tr data-asked={isAsked}>
      <td>
        <StatusChip of="DispositionKind" value={row.kind} plain />
      </td>
      <td className="number">
        <span className="split-quantity">
          <Button size="small" type="link" aria-pressed={isRest} onClick={onRest} aria-label={t("split.take_rest", { kind })} title={t("split.take_rest", { kind })}>
            {t(isRest ? "split.rest_of_it" : "split.all")}
          </Button>
          {source?.hasSerials && row.quantity === "" ? (
            <SerialsSelect id={`split-${row.key}`} source={source} label={t("split.serials_of", { kind })} value={row.serials} onChange={(serials) => onChange({ serials })} />
          ) : (
            <Input
              id={`split-${row.key}`}
              className="split-number"
              size="small"
              inputMode="decimal"
              autoComplete="off"
              aria-label={t("split.quantity_of", { kind })}
              aria-invalid={Boolean(words)}
              aria-describedby={describedBy}
              status={words ? "error" : undefined}
              value={row.quantity}
              onChange={(event) => onChange({ quantity: event.target.value })}
              onKeyDown={toNeighbour}
              onBlur={(event) => onChange({ quantity: asDecimal(event.target.value) ?? event.target.value })}
            />
          )}
        </span>
        {words && (
          <p className="split-problem" id={describedBy} role="alert">
            {words}
          </p>
        )}
      </td>
      <td>
        {sources.length > 1 ? (
          <span className="row split-from">
            <Select
              size="small"
              className="split-source"
              popupMatchSelectWidth={false}
              aria-label={t("split.from_of", { kind })}
              value={row.source}
              onChange={(chosen: string) => onChange({ source: chosen, serials: [] })}
              options={sources.map((one) => ({ value: one.key, label: nameOf(one) }))}
            />
            {isFirst && <Button size="small" type="text" icon={<PlusOutlined />} aria-label={t("split.add", { kind })} title={t("split.add", { kind })} onClick={onAdd} />}
          </span>
        ) : (
          source && <span className="cut">{nameOf(source)}</span>
        )}
      </td>
      <td>
        {row.kind === "regrade" ? (
          <RecordSelect
            path="/api/v1/materials"
            fixed={{ is_active: "true" }}
            label={t("split.into")}
            text={(material) => `${material.number} ${material.name}`}
            value={row.material}
            onChange={(material) => onChange({ material })}
          />
        ) : (
          <span className="quiet split-then" title={t(`split.after.${row.kind}`)}>
            {t(`split.after.${row.kind}`)}
          </span>
        )}
      </td>
      <td>
        {isAsked && (
          <Input
            size="small"
            aria-label={t("split.reason_of", { kind })}
            status={problem === "no_reason" ? "error" : undefined}
            value={row.reason}
            maxLength={500}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </td>
      <td className="number">{wanted && compare(wanted, "0") > 0 && valueOfPart(report, wanted)}</td>
    </tr>
  );
}

function most(left: string): string {
  return quantity(compare(left, "0") < 0 ? "0" : left);
}

/** Arrows go up and down in the column of quantities. */
function toNeighbour(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const column = [...document.querySelectorAll<HTMLInputElement>("input.split-number")];
  const next = column[column.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

function valueOfPart(report: Report, wanted: string): string {
  return report.estimated_cost ? money(shareOf(report.estimated_cost, wanted, report.quantity), report.currency) : "";
}

/** A kind that these goods do not allow, with the reason in its row. */
export function RefusedKind({ kind }: { kind: Schemas["AllowedAction"] }) {
  return (
    <tr className="split-refused">
      <td>
        <StatusChip of="DispositionKind" value={kind.verb} plain />
      </td>
      <td colSpan={5} className="quiet">
        {[kind.sentence, kind.remedy].filter(Boolean).join(" ")}
      </td>
    </tr>
  );
}
