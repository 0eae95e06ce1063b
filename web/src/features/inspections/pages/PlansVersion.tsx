// What one version of a plan asks for: sampling by severity class, and its characteristics.
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { currentLanguage } from "@/lib/i18n";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";

type Version = Schemas["PlanVersionDetailOut"];
type Line = Schemas["PlanCharacteristicOut"];

export function PlansVersion({ id }: { id: string }) {
  const version = api.useQuery("get", "/api/v1/plan-versions/{version_id}", { params: { path: { version_id: id } } });
  return (
    <Shown of={version}>
      {(found) => (
        <>
          {found.problems.length > 0 && <Problems version={found} />}
          <Classes version={found} />
          <Characteristics lines={found.characteristics} />
        </>
      )}
    </Shown>
  );
}

function Problems({ version }: { version: Version }) {
  const { t } = useTranslation("plans");
  return (
    <Panel title={t("problems")}>
      <ul className="stack">
        {version.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Panel>
  );
}

function Classes({ version }: { version: Version }) {
  const { t } = useTranslation(["plans", "states"]);
  return (
    <Panel title={t("sampling")} note={t("version_no", { number: version.version_no })} isFlush>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("class")}</th>
            <th scope="col">{t("scheme")}</th>
            <th scope="col">{t("level")}</th>
            <th scope="col" className="number">{t("aql")}</th>
            <th scope="col">{t("basis")}</th>
            <th scope="col">{t("may_skip")}</th>
          </tr>
        </thead>
        <tbody>
          {version.classes.map((one) => (
            <tr key={one.severity_class}>
              <td>
                <SeverityMark value={one.severity_class} />
              </td>
              <td>{t(`states:Scheme.${one.scheme}`)}</td>
              <td>{one.level || (one.fixed_n && `n ${one.fixed_n}`) || "–"}</td>
              <td className="number">{one.aql ?? "–"}</td>
              <td>{one.basis && t(`states:CountingBasis.${one.basis}`)}</td>
              <td>{t(one.may_skip ? "yes" : "no")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Characteristics({ lines }: { lines: Line[] }) {
  const { t } = useTranslation(["plans", "states"]);
  const types = api.useQuery("get", "/api/v1/gauge-types", { params: { query: { limit: 200 } } });
  const units = api.useQuery("get", "/api/v1/units", { params: { query: { limit: 500 } } });
  const isEnglish = currentLanguage() === "en";
  const typeOf = (line: Line) => {
    const type = types.data?.items.find((one) => one.id === line.gauge_type_id);
    return type && (isEnglish ? type.name_en : type.name_zh);
  };
  const unitOf = (line: Line) => units.data?.items.find((one) => one.id === line.unit_id)?.code;
  return (
    <Panel title={t("characteristics")} note={String(lines.length)} isFlush>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("code")}</th>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("kind")}</th>
              <th scope="col">{t("class")}</th>
              <th scope="col" className="number">{t("lower")}</th>
              <th scope="col" className="number">{t("nominal")}</th>
              <th scope="col" className="number">{t("upper")}</th>
              <th scope="col">{t("unit")}</th>
              <th scope="col">{t("measured_with")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.code}>
                <td className="code">{line.code}</td>
                <td>
                  {isEnglish ? line.name_en : line.name_zh || line.name_en} {line.is_destructive && <span className="meta">{t("destructive")}</span>}
                </td>
                <td>{t(`states:CharacteristicKind.${line.characteristic_kind}`)}</td>
                <td>
                  <SeverityMark value={line.severity_class} />
                </td>
                <td className="number">{quantity(line.lower)}</td>
                <td className="number">{quantity(line.nominal)}</td>
                <td className="number">{quantity(line.upper)}</td>
                <td>{unitOf(line)}</td>
                <td>{line.formula ? <code>{line.formula}</code> : typeOf(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
