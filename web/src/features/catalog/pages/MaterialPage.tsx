// One material: how it is controlled, and all that is laid down or kept about it.
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { day } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { RelatedPanel } from "@/ui/frames/RelatedPanel";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";

type Material = Schemas["MaterialOut"];

export function MaterialPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/materials/{material_id}", { params: { path: { material_id: id } } });
  useTab(`/materials/${id}`, found.data?.number);
  return <Shown of={found}>{(material) => <Content material={material} />}</Shown>;
}

function Content({ material }: { material: Material }) {
  const { t } = useTranslation("catalog");
  return (
    <RecordPage
      record={{ kind: "catalog.material", id: material.id }}
      kind={t("material")}
      number={material.number}
      status={<span className={material.is_active ? "" : "late"}>{t(material.is_active ? "active" : "inactive")}</span>}
      fields={[
        { label: t("name"), value: material.name },
        { label: t("group"), value: material.group || "–" },
        { label: t("unit"), value: material.unit },
        { label: t("gtin"), value: material.gtin || "–" },
      ]}
    >
      <Profile id={material.profile_id} />
      <LaidDown material={material} />
      <InStock material={material} />
    </RecordPage>
  );
}

/** How goods of the material are tracked, inspected and received. */
function Profile({ id }: { id: string }) {
  const { t } = useTranslation(["catalog", "states"]);
  const found = api.useQuery("get", "/api/v1/control-profiles/{profile_id}", { params: { path: { profile_id: id } } });
  return (
    <Panel title={t("profile")} note={found.data && `${found.data.code} ${found.data.name}`}>
      <Shown of={found}>
        {(profile) => (
          <dl className="facts">
            {[
              { label: t("lot_control"), value: t(`states:LotControl.${profile.lot_control}`) },
              { label: t("inspection"), value: t(`states:InspectionNeed.${profile.inspection}`) },
              { label: t("over_tolerance"), value: `${quantity(profile.over_tolerance_percent)} %` },
              { label: t("short_tolerance"), value: `${quantity(profile.short_tolerance_percent)} %` },
              { label: t("shelf_life"), value: profile.shelf_life_days === null ? "–" : t("days", { count: profile.shelf_life_days }) },
            ].map((fact) => (
              <div key={fact.label}>
                <dt className="meta">{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Shown>
    </Panel>
  );
}

function LaidDown({ material }: { material: Material }) {
  const { t } = useTranslation(["catalog", "states"]);
  const query = { material_id: material.id };
  return (
    <>
      <RelatedPanel
        path="/api/v1/material-revisions"
        permission="catalog.read"
        query={query}
        title={t("revisions")}
        none={t("no_revisions")}
        columns={[
          { title: t("revision"), render: (row) => <span className="code">{row.revision}</span> },
          { title: t("valid_from"), render: (row) => row.valid_from ?? "–" },
        ]}
      />
      <RelatedPanel
        path="/api/v1/specifications"
        permission="catalog.read"
        query={query}
        title={t("specifications")}
        none={t("no_specifications")}
        columns={[
          { title: t("specification"), render: (row) => <RecordLink kind="catalog.specification" id={row.id} number={row.number} /> },
          { title: t("issue"), align: "right", render: (row) => row.issue },
          { title: t("state"), render: (row) => <StatusChip of="SpecificationState" value={row.state} plain /> },
          { title: t("revision"), render: (row) => row.revision ?? t("every_revision") },
          { title: t("valid_from"), render: (row) => (row.valid_from ? day(row.valid_from) : "–") },
        ]}
      />
      <RelatedPanel
        path="/api/v1/inspection-plans"
        permission="inspections.read"
        query={query}
        title={t("plans")}
        none={t("no_plans")}
        columns={[
          { title: t("plan"), render: (row) => <RecordLink kind="inspections.plan" id={row.id} number={row.number} /> },
          { title: t("name"), render: (row) => row.name },
          { title: t("supplier"), render: (row) => (row.supplier ? `${row.supplier} ${row.supplier_name ?? ""}` : t("every_supplier")) },
        ]}
      />
      <RelatedPanel
        path="/api/v1/sampling-states"
        permission="inspections.read"
        query={query}
        title={t("sampling")}
        none={t("no_sampling")}
        all={{ to: "/sampling-states", search: { search: material.number } }}
        columns={[
          { title: t("supplier"), render: (row) => <RecordLink kind="inspections.sampling_state" id={row.id} number={`${row.supplier} ${row.supplier_name}`} /> },
          { title: t("class"), render: (row) => <SeverityMark value={row.severity_class} /> },
          { title: t("state"), render: (row) => <StatusChip of="SamplingStatus" value={row.status} plain /> },
          { title: t("since"), render: (row) => day(row.since) },
        ]}
      />
    </>
  );
}

function InStock({ material }: { material: Material }) {
  const { t } = useTranslation("catalog");
  return (
    <>
      <RelatedPanel
        path="/api/v1/lots"
        permission="stock.read"
        query={{ material_id: material.id, sort: "-number" }}
        title={t("lots")}
        none={t("no_lots")}
        all={{ to: "/lots", search: { material_number: material.number } }}
        columns={[
          { title: t("lot"), render: (row) => <RecordLink kind="stock.lot" id={row.id} number={row.number} /> },
          { title: t("state"), render: (row) => <StatusChip of="LotStatus" value={row.status} plain /> },
          { title: t("quantity"), align: "right", render: (row) => <Amount value={quantity(row.quantity)} unit={row.unit} /> },
          { title: t("places"), render: (row) => row.places.join(", ") || "–" },
          { title: t("supplier_lot"), render: (row) => row.supplier_lot || "–" },
        ]}
      />
      <RelatedPanel
        path="/api/v1/supplier-terms"
        permission="purchasing.read"
        query={{ material_id: material.id }}
        title={t("terms")}
        none={t("no_terms")}
        columns={[
          { title: t("supplier"), render: (row) => <RecordLink kind="partners.partner" id={row.supplier_id} number={`${row.supplier} ${row.supplier_name}`} /> },
          { title: t("supplier_item"), render: (row) => row.supplier_item || "–" },
          { title: t("lead_time"), align: "right", render: (row) => t("days", { count: row.lead_time_days }) },
        ]}
      />
    </>
  );
}
