// One partner: what he is to us, what is stopped with him, and what is kept about him.
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { day, moment } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { RecordPage } from "@/ui/frames/RecordPage";
import { RelatedPanel } from "@/ui/frames/RelatedPanel";
import { RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import { BlocksPanel } from "../entities/SupplyBlock/BlocksPanel";

type Partner = Schemas["PartnerOut"];

export function PartnerPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/partners/{partner_id}", { params: { path: { partner_id: id } } });
  useTab(`/partners/${id}`, found.data?.number);
  return <Shown of={found}>{(partner) => <Content partner={partner} />}</Shown>;
}

function Content({ partner }: { partner: Partner }) {
  const { t } = useTranslation(["partners", "states"]);
  return (
    <RecordPage
      record={{ kind: "partners.partner", id: partner.id }}
      kind={t("partner")}
      number={partner.number}
      status={<span className={partner.is_active ? "" : "late"}>{t(partner.is_active ? "active" : "inactive")}</span>}
      fields={[
        { label: t("name"), value: partner.name },
        { label: t("roles"), value: partner.roles.map((role) => t(`states:PartnerRole.${role}`)).join(", ") || "–" },
      ]}
      hasFiles={false}
    >
      {partner.roles.includes("supplier") && (
        <>
          <BlocksPanel partner={partner} />
          <OfSupplier partner={partner} />
        </>
      )}
    </RecordPage>
  );
}

function OfSupplier({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const query = { supplier_id: partner.id };
  const search = { search: partner.number };
  return (
    <>
      <RelatedPanel
        path="/api/v1/sampling-states"
        permission="inspections.read"
        query={query}
        title={t("sampling")}
        none={t("no_sampling")}
        all={{ to: "/sampling-states", search }}
        columns={[
          { title: t("material"), render: (row) => <RecordLink kind="inspections.sampling_state" id={row.id} number={`${row.material} ${row.material_name}`} /> },
          { title: t("class"), render: (row) => <SeverityMark value={row.severity_class} /> },
          { title: t("state"), render: (row) => <StatusChip of="SamplingStatus" value={row.status} plain /> },
          { title: t("since"), render: (row) => day(row.since) },
        ]}
      />
      <RelatedPanel
        path="/api/v1/orders"
        permission="purchasing.read"
        query={{ ...query, sort: "-number" }}
        title={t("orders")}
        none={t("no_orders")}
        all={{ to: "/orders", search }}
        columns={[
          { title: t("order"), render: (row) => <RecordLink kind="purchasing.order" id={row.id} number={row.number} /> },
          { title: t("state"), render: (row) => <StatusChip of="OrderState" value={row.state} plain /> },
          { title: t("order_date"), render: (row) => row.order_date },
          { title: t("reference"), render: (row) => row.reference || "–" },
        ]}
      />
      <RelatedPanel
        path="/api/v1/nonconformance-reports"
        permission="nonconformance.read"
        query={{ ...query, sort: "-opened_at" }}
        title={t("reports")}
        none={t("no_reports")}
        columns={[
          { title: t("report"), render: (row) => <RecordLink kind="nonconformance.report" id={row.id} number={row.number} /> },
          { title: t("state"), render: (row) => <StatusChip of="ReportState" value={row.state} plain /> },
          { title: t("material"), render: (row) => `${row.material} ${row.material_name}` },
          { title: t("opened"), render: (row) => moment(row.opened_at) },
        ]}
      />
      <RelatedPanel
        path="/api/v1/supplier-terms"
        permission="purchasing.read"
        query={query}
        title={t("terms")}
        none={t("no_terms")}
        columns={[
          { title: t("material"), render: (row) => <RecordLink kind="catalog.material" id={row.material_id} number={`${row.material} ${row.material_name}`} /> },
          { title: t("supplier_item"), render: (row) => row.supplier_item || "–" },
          { title: t("lead_time"), align: "right", render: (row) => t("days", { count: row.lead_time_days }) },
        ]}
      />
    </>
  );
}
