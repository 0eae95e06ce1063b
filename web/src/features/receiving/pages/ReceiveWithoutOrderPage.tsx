// Goods that nobody ordered: the supplier is chosen, everything else goes as with an order.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { RecordSelect } from "@/ui/RecordSelect";
import { Shown } from "@/ui/states";
import { Receiving } from "../entities/Delivery/Receiving";

export function ReceiveWithoutOrderPage() {
  const { t } = useTranslation("receiving");
  const { supplier_id, site_id } = useSearch({ strict: false }) as { supplier_id?: string; site_id?: string };
  const navigate = useNavigate();
  const sites = api.useQuery("get", "/api/v1/sites", { params: { query: { limit: 100 } } });
  const set = (values: Record<string, string | undefined>) =>
    void navigate({ to: ".", search: ((before: Record<string, unknown>) => ({ ...before, ...values })) as never, replace: true });
  const site = site_id ?? (sites.data?.items.length === 1 ? sites.data.items[0]?.id : undefined);
  if (supplier_id && site) return <Chosen supplierId={supplier_id} siteId={site} />;
  return (
    <section className="panel" aria-label={t("receive_without")}>
      <header>
        <h1>{t("receive_without")}</h1>
      </header>
      <div className="body stack narrow">
        <p className="quiet">{t("without_detail")}</p>
        <RecordSelect
          autoFocus
          path="/api/v1/partners"
          fixed={{ is_supplier: "true", is_active: "true" }}
          label={t("supplier")}
          text={(row) => `${row.number} ${row.name}`}
          value={supplier_id ?? null}
          onChange={(id) => set({ supplier_id: id ?? undefined })}
        />
        {sites.data && sites.data.items.length > 1 && (
          <RecordSelect path="/api/v1/sites" label={t("site")} text={(row) => `${row.code} ${row.name}`} value={site ?? null} onChange={(id) => set({ site_id: id ?? undefined })} />
        )}
      </div>
    </section>
  );
}

function Chosen({ supplierId, siteId }: { supplierId: string; siteId: string }) {
  const partner = api.useQuery("get", "/api/v1/partners/{partner_id}", { params: { path: { partner_id: supplierId } } });
  return <Shown of={partner}>{({ id, name }) => <Receiving key={id} order={null} supplier={{ id, name }} siteId={siteId} lines={[]} />}</Shown>;
}
