// Where a right holds: everywhere, or at one company, site, supplier or customer, by its name.
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";

interface Scope {
  company_id?: string | null;
  site_id?: string | null;
  supplier_id?: string | null;
  customer_id?: string | null;
}

/** What the record is called; its id when the administrator may not see it. */
function useScopeName(of: Scope): string {
  const asked = { retry: false, staleTime: 60_000 };
  const partnerId = of.supplier_id ?? of.customer_id ?? "";
  const company = api.useQuery("get", "/api/v1/companies/{company_id}", { params: { path: { company_id: of.company_id ?? "" } } }, { ...asked, enabled: Boolean(of.company_id) });
  const site = api.useQuery("get", "/api/v1/sites/{site_id}", { params: { path: { site_id: of.site_id ?? "" } } }, { ...asked, enabled: Boolean(of.site_id) });
  const partner = api.useQuery("get", "/api/v1/partners/{partner_id}", { params: { path: { partner_id: partnerId } } }, { ...asked, enabled: Boolean(partnerId) });
  const place = company.data ?? site.data;
  if (place) return `${place.code} ${place.name}`;
  if (partner.data) return `${partner.data.number} ${partner.data.name}`;
  return of.company_id ?? of.site_id ?? partnerId;
}

export function Where({ of }: { of: Scope }) {
  const { t } = useTranslation("access");
  const name = useScopeName(of);
  if (!name) return <span className="quiet">{t("scope.everywhere")}</span>;
  const kind = of.company_id ? "company" : of.site_id ? "site" : of.supplier_id ? "supplier" : "customer";
  return (
    <>
      <span className="meta">{t(`scope.${kind}`)}</span> {name}
    </>
  );
}
