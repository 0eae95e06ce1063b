// One issue of a specification: what its material must be like, characteristic by characteristic.
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { day } from "@/lib/dates";
import { currentLanguage } from "@/lib/i18n";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Named } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";

type Specification = Schemas["SpecificationDetailOut"];

export function SpecificationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/specifications/{specification_id}", { params: { path: { specification_id: id } } });
  useTab(`/specifications/${id}`, found.data?.number);
  return <Shown of={found}>{(specification) => <Content specification={specification} />}</Shown>;
}

function Content({ specification }: { specification: Specification }) {
  const { t } = useTranslation(["catalog", "states", "ui"]);
  const units = api.useQuery("get", "/api/v1/units", { params: { query: { limit: 500 } } });
  const unitOf = (id: string | null | undefined) => units.data?.items.find((one) => one.id === id)?.code;
  const isEnglish = currentLanguage() === "en";
  return (
    <RecordPage
      record={{ kind: "catalog.specification", id: specification.id }}
      kind={t("specification")}
      number={specification.number}
      status={<StatusChip of="SpecificationState" value={specification.state} />}
      fields={[
        { label: t("issue"), value: specification.issue },
        { label: t("material"), value: <Named kind="catalog.material" id={specification.material_id} number={specification.material} name={specification.material_name} /> },
        { label: t("revision"), value: specification.revision ?? t("every_revision") },
        { label: t("valid_from"), value: specification.valid_from ? day(specification.valid_from) : "–" },
        { label: t("valid_to"), value: specification.valid_to ? day(specification.valid_to) : "–" },
        { label: t("ui:person.approved"), value: <Person id={specification.approved_by} /> },
      ]}
    >
      {specification.problems.length > 0 && (
        <Panel title={t("problems")}>
          <ul className="stack">
            {specification.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t("characteristics")} note={String(specification.characteristics.length)} isFlush>
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("code")}</th>
                <th scope="col">{t("name")}</th>
                <th scope="col">{t("kind")}</th>
                <th scope="col">{t("class")}</th>
                {(["lower", "nominal", "upper", "resolution"] as const).map((name) => (
                  <th key={name} scope="col" className="number">
                    {t(name)}
                  </th>
                ))}
                <th scope="col">{t("unit")}</th>
                <th scope="col">{t("formula")}</th>
              </tr>
            </thead>
            <tbody>
              {specification.characteristics.map((line) => (
                <tr key={line.code}>
                  <td className="code">{line.code}</td>
                  <td>{isEnglish ? line.name_en : line.name_zh || line.name_en}</td>
                  <td>{t(`states:CharacteristicKind.${line.characteristic_kind}`)}</td>
                  <td>
                    <SeverityMark value={line.severity_class} />
                  </td>
                  <td className="number">{quantity(line.lower)}</td>
                  <td className="number">{quantity(line.nominal)}</td>
                  <td className="number">{quantity(line.upper)}</td>
                  <td className="number">{quantity(line.resolution)}</td>
                  <td>{unitOf(line.unit_id)}</td>
                  <td>
                    <code>{line.formula}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      {specification.note && <Panel title={t("note")}>{specification.note}</Panel>}
    </RecordPage>
  );
}
