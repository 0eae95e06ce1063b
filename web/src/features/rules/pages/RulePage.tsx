// One decision table: the topmost row that fits decides. Versions of it are only looked at here.
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { Panel } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { TitleBlock } from "@/ui/TitleBlock";
import { useRuleName } from "../names";
import "../rules.css";

type Table = Schemas["RuleTableOut"];

export function RulePage() {
  const { t } = useTranslation("rules");
  const { id: code } = useParams({ strict: false }) as { id: string };
  const { version } = useSearch({ strict: false }) as { version?: string };
  const navigate = useNavigate();
  const ruleName = useRuleName();
  const asked = version ? { version: Number(version) } : {};
  const found = api.useQuery("get", "/api/v1/rules/{code}", { params: { path: { code }, query: asked } });
  const versions = api.useQuery("get", "/api/v1/rules/{code}/versions", { params: { path: { code }, query: { sort: "-version", limit: 100 } } });
  useTab(`/rules/${code}`, ruleName(code));
  return (
    <Shown of={found}>
      {(table) => (
        <div className="stack">
          <TitleBlock
            kind={t("table")}
            number={ruleName(code)}
            fields={[
              { label: t("code"), value: table.code },
              { label: t("version"), value: table.version },
              { label: t("valid_from"), value: moment(table.valid_from) },
              { label: t("rows"), value: table.rows.length },
            ]}
            actions={
              <Select
                aria-label={t("version")}
                value={table.version}
                options={(versions.data?.items ?? [table]).map((one) => ({ value: one.version, label: t("version_of", { version: one.version, at: moment(one.valid_from) }) }))}
                onChange={(chosen: number) => void navigate({ to: ".", search: { version: String(chosen) } as never, replace: true })}
              />
            }
          />
          <Panel isFlush title={t("decides")} note={t("topmost")}>
            <DecisionTable table={table} />
          </Panel>
        </div>
      )}
    </Shown>
  );
}

function DecisionTable({ table }: { table: Table }) {
  const { t } = useTranslation("rules");
  const cell = (text: string | undefined) => text || <span className="quiet">{t("any")}</span>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t("decides")}>
      <table className="plain-table rule-table">
        <thead>
          <tr>
            <th scope="colgroup" colSpan={1} />
            <th scope="colgroup" colSpan={table.inputs.length}>
              {t("when")}
            </th>
            <th scope="colgroup" colSpan={table.outputs.length + 1} className="rule-then">
              {t("then")}
            </th>
          </tr>
          <tr>
            <th scope="col">{t("row")}</th>
            {table.inputs.map((column) => (
              <th key={column.name} scope="col" title={column.type}>
                {column.name}
              </th>
            ))}
            {table.outputs.map((column, i) => (
              <th key={column.name} scope="col" title={column.type} className={i === 0 ? "rule-then" : undefined}>
                {column.name}
              </th>
            ))}
            <th scope="col">{t("why")}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="code">
                {row.id}
              </th>
              {table.inputs.map((column) => (
                <td key={column.name}>{cell(row.cells[column.name])}</td>
              ))}
              {table.outputs.map((column, i) => (
                <td key={column.name} className={i === 0 ? "rule-then code" : "code"}>
                  {row.cells[column.name]}
                </td>
              ))}
              <td className="quiet">{row.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
