import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { day, moment } from "@/lib/dates";
import { SimpleTable } from "@/ui/SimpleTable";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";

type Version = Schemas["VersionOut"];

/** What the gate of a lot said, version by version, and the voucher that decided it. */
export function LotVersions({ versions }: { versions: Version[] }) {
  const { t } = useTranslation("stock");
  return (
    <SimpleTable<Version>
      label={t("parts.versions")}
      rows={[...versions].reverse()}
      rowKey={(version) => `${version.version}`}
      columns={[
        { title: t("version"), align: "right", render: (version) => version.version },
        {
          title: t("status"),
          render: (version) => (
            <span className="row">
              {version.holds.length > 0 && <HoldChip plain />}
              <StatusChip of="LotStatus" value={version.status} plain />
              {version.is_urgent && <span className="meta">{t("urgent")}</span>}
            </span>
          ),
        },
        { title: t("voucher"), render: (version) => version.voucher_number || "–" },
        { title: t("holds"), render: (version) => version.holds.join(", ") || "–" },
        { title: t("expires"), render: (version) => (version.expires_at ? day(version.expires_at) : "–") },
        { title: t("since"), render: (version) => moment(version.occurred_at) },
      ]}
    />
  );
}
