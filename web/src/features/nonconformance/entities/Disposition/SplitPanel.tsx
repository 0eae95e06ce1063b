// What is open, split over dispositions by quantity: one row a kind, counted live, signed once.
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { quantity } from "@/lib/quantities";
import { actionOf } from "@/ui/Actions";
import { Panel } from "@/ui/frames/RecordPage";
import { Amount } from "@/ui/RecordLink";
import { SigningDialog } from "@/ui/SigningDialog";
import type { Report } from "../../queries";
import { askedRows, countOf, type Kind, partsOf, problemOf, sourcesOf } from "./split";
import { RefusedKind, SplitRow } from "./SplitRow";
import { useSplit } from "./useSplit";

interface Props {
  report: Report;
  /** The form, for the primary action in the title block. */
  form: RefObject<HTMLFormElement | null>;
}

export function SplitPanel({ report, form }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const kinds = report.disposition_kinds.filter((kind) => kind.is_allowed).map((kind) => kind.verb as Kind);
  const refused = report.disposition_kinds.filter((kind) => !kind.is_allowed);
  const sources = sourcesOf(report.lots);
  const split = useSplit({ draft: `split/${report.id}`, kinds, sources, reason: report.description });
  const [isTried, setTried] = useState(false);
  const [isSigning, setSigning] = useState(false);
  const dispose = useAct("post", "/api/v1/nonconformance-reports/{report_id}/split", {
    onDone: () => {
      split.clear();
      setTried(false);
      setSigning(false);
    },
  });
  const action = actionOf(report.allowed_actions, "dispose");
  const asked = askedRows(split.rows);
  const count = countOf(report.lots, split.rows);
  const problems = new Map(asked.map((row) => [row.key, problemOf(row, sources, split.rows)]));
  const submit = () => {
    setTried(true);
    const bad = asked.find((row) => problems.get(row.key));
    if (asked.length && !bad && action?.is_allowed) setSigning(true);
    else document.getElementById(`split-${(bad ?? split.rows[0])?.key}`)?.focus();
  };
  const unit = report.unit;
  return (
    <Panel
      title={t("split.title")}
      note={
        <span role="status" aria-live="polite">
          {t("split.count", { given: quantity(count.given), open: quantity(count.open), left: quantity(count.left), unit })}
        </span>
      }
      isFlush
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="table-scroll">
          <table className="plain-table split-table">
            <colgroup>
              <col className="split-kind" />
              <col className="split-amount" />
              <col className="split-where" />
              <col />
              <col />
              <col className="split-value" />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{t("disposition")}</th>
                <th scope="col" className="number">{t("quantity")}</th>
                <th scope="col">{t("split.from")}</th>
                <th scope="col">{t("split.then")}</th>
                <th scope="col">{t("split.reason")}</th>
                <th scope="col" className="number">{t("value")}</th>
              </tr>
            </thead>
            <tbody>
              {split.rows.map((row) => (
                <SplitRow
                  key={row.key}
                  row={row}
                  rows={split.rows}
                  sources={sources}
                  report={report}
                  problem={isTried || row.quantity ? (problems.get(row.key) ?? null) : null}
                  isRest={row.kind === split.rest}
                  onChange={(change) => split.change(row, change)}
                  onRest={() => split.takeRest(row.kind)}
                  onAdd={() => split.add(row.kind)}
                />
              ))}
              {refused.map((kind) => (
                <RefusedKind key={kind.verb} kind={kind} />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td>{t("split.sum")}</td>
                <td className="number">
                  <Amount value={quantity(count.given)} unit={unit} />
                </td>
                <td colSpan={4}>{isTried && !asked.length ? <span className="late">{t("split.nothing")}</span> : t("split.rest", { left: quantity(count.left), unit })}</td>
              </tr>
            </tfoot>
          </table>
        </div>
        <button type="submit" hidden />
      </form>
      <SigningDialog
        isOpen={isSigning}
        title={t("split.sign_title", { number: report.number })}
        what={
          <ul className="stack">
            {asked.map((row) => (
              <li key={row.key}>
                {t("split.sign_row", {
                  kind: t(`states:DispositionKind.${row.kind}`),
                  quantity: row.serials.length || row.quantity,
                  unit,
                  lot: sources.find((source) => source.key === row.source)?.lot,
                  reason: row.reason,
                })}
              </li>
            ))}
          </ul>
        }
        meaning={t("states:Meaning.approve")}
        strength={action?.strength ?? "recorded"}
        problem={dispose.error}
        isSending={dispose.isPending}
        onSign={({ secret }) =>
          dispose.mutate({ path: { report_id: report.id }, body: { secret, parts: partsOf(split.rows, sources) } })
        }
        onCancel={() => {
          dispose.reset();
          setSigning(false);
        }}
      />
    </Panel>
  );
}
