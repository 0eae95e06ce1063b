// How much is inspected, and by a button why: plan, state, level, AQL, letter, n, Ac and Re of each class.
import { Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Inspection, Sampled } from "../../queries";

interface Props {
  inspection: Inspection;
  sampled: Sampled;
}

export function SamplingTable({ inspection, sampled }: Props) {
  const { t } = useTranslation(["inspections", "states"]);
  return (
    <div className="stack">
      <p>
        {t("sampling.by", { plan: inspection.plan, version: sampled.version_no, size: sampled.lot_size })} <span className="meta">{inspection.plan_rule}</span>
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("sampling.class")}</th>
            <th>{t("sampling.scheme")}</th>
            <th>{t("sampling.state")}</th>
            <th>{t("sampling.level")}</th>
            <th className="number">AQL</th>
            <th>{t("sampling.letter")}</th>
            <th className="number">n</th>
            <th className="number">Ac</th>
            <th className="number">Re</th>
          </tr>
        </thead>
        <tbody>
          {sampled.samples.map((sample) => (
            <tr key={`${sample.severity_class}${sample.characteristic}`}>
              <td>
                {t(`states:SeverityClass.${sample.severity_class}`)} {sample.characteristic}
              </td>
              <td>{t(`states:Scheme.${sample.scheme}`)}</td>
              <td>{sample.severity ? t(`states:SamplingStatus.${sample.severity as "normal"}`) : "–"}</td>
              <td>{sample.level || "–"}</td>
              <td className="number">{sample.aql ?? "–"}</td>
              <td>{letters(sample)}</td>
              <td className="number">
                <b>{sample.to_inspect}</b>
              </td>
              <td className="number">{sample.accept}</td>
              <td className="number">{sample.reject}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">{t("sampling.why")}</p>
    </div>
  );
}

/** The letter of the lot, and the one that an arrow of the table led to. */
function letters({ code_letter, plan_letter }: { code_letter: string; plan_letter: string }): string {
  if (!code_letter) return "–";
  return code_letter === plan_letter ? code_letter : `${code_letter} → ${plan_letter}`;
}

export function SamplingWhy({ inspection, sampled }: Props) {
  const { t } = useTranslation(["inspections", "states"]);
  const first = sampled.samples[0];
  if (!first) return <>–</>;
  const most = Math.max(...sampled.samples.map((s) => s.to_inspect));
  const words = [first.severity && t(`states:SamplingStatus.${first.severity as "normal"}`), first.level, first.code_letter].filter(Boolean);
  return (
    <>
      {words.map((word) => `${word} · `)}
      <b>n = {most}</b>{" "}
      <Popover trigger="click" content={<SamplingTable inspection={inspection} sampled={sampled} />}>
        <button type="button" className="link">
          {t("sampling.ask")}
        </button>
      </Popover>
    </>
  );
}

