// One inspection plan: its versions, and what the chosen one asks for.
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { day } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { PlansVersion } from "./PlansVersion";

type Plan = Schemas["PlanDetailOut"];

export function PlansPlanPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const plan = api.useQuery("get", "/api/v1/inspection-plans/{plan_id}", { params: { path: { plan_id: id } } });
  useTab(`/plans/${id}`, plan.data?.number);
  return <Shown of={plan}>{(found) => <Content plan={found} />}</Shown>;
}

function Content({ plan }: { plan: Plan }) {
  const { t } = useTranslation(["plans", "states", "ui"]);
  const navigate = useNavigate();
  const search: { version?: string } = useSearch({ strict: false });
  const valid = plan.versions.find((one) => one.state === "valid") ?? plan.versions.at(-1);
  const chosen = plan.versions.find((one) => one.id === search.version) ?? valid;
  return (
    <RecordPage
      record={chosen ? { kind: "inspections.plan_version", id: chosen.id } : { kind: "inspections.plan", id: plan.id }}
      hasFiles={chosen !== undefined}
      kind={t("plan")}
      number={plan.number}
      status={chosen && <StatusChip of="PlanState" value={chosen.state} />}
      fields={[
        { label: t("name"), value: plan.name || "–" },
        {
          label: t("material"),
          value: plan.material_id ? <Named kind="catalog.material" id={plan.material_id} number={plan.material} name={plan.material_name} /> : plan.material_group || t("any_material"),
        },
        {
          label: t("supplier"),
          value: plan.supplier_id ? <Named kind="partners.partner" id={plan.supplier_id} number={plan.supplier} name={plan.supplier_name} /> : t("any_supplier"),
        },
        { label: t("stage"), value: t(`states:Stage.${plan.stage}`) },
      ]}
    >
      <Panel title={t("versions")} isFlush>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("version")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("valid_from")}</th>
              <th scope="col">{t("valid_to")}</th>
              <th scope="col">{t("ui:person.approved")}</th>
              <th scope="col">{t("specification")}</th>
              <th scope="col">{t("note")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.versions.map((version) => (
              <tr key={version.id} aria-current={version.id === chosen?.id}>
                <td>
                  <button
                    type="button"
                    className="link code"
                    onClick={() => void navigate({ to: ".", search: { version: version.id } as never, replace: true })}
                  >
                    {t("version_no", { number: version.version_no })}
                  </button>
                </td>
                <td>
                  <StatusChip of="PlanState" value={version.state} plain />
                </td>
                <td>{version.valid_from ? day(version.valid_from) : "–"}</td>
                <td>{version.valid_to ? day(version.valid_to) : "–"}</td>
                <td>
                  <Person id={version.approved_by} />
                </td>
                <td>
                  {version.specification_id && <RecordLink kind="catalog.specification" id={version.specification_id} number={version.specification ?? ""} />}
                </td>
                <td>{version.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {chosen && <PlansVersion id={chosen.id} />}
    </RecordPage>
  );
}
