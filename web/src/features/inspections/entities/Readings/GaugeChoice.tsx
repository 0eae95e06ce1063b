// The gauge that measures a characteristic. Those that may not are shown with the reason.
import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { Spec } from "../../grid/spec";
import type { Gauge } from "../../queries";
import { useGauges } from "../../queries";
import { lacks } from "./gauges";
import type { Desk } from "./useDesk";

interface Props {
  desk: Desk;
  spec: Spec;
  name: string;
  gauge: string | null;
}

export function GaugeChoice({ desk, spec, name, gauge }: Props) {
  const { t } = useTranslation("inspections");
  const all = useGauges(desk.siteId).data ?? [];
  if (spec.kind === "attribute" && spec.gaugeType === null) return <span>{t("grid.by_eye_short")}</span>;
  if (spec.kind === "text") return <span />;
  const ofType = all.filter((one) => spec.gaugeType === null || one.gauge_type === spec.gaugeType);
  const items = ofType.map((one) => ({
    key: one.number,
    disabled: lacks(one, spec) !== null,
    label: <GaugeLine gauge={one} spec={spec} />,
  }));
  const none = { key: "none", disabled: true, label: t("gauge.none", { type: spec.gaugeType ?? "" }) };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: items.length ? items : [none],
        selectable: true,
        selectedKeys: gauge ? [gauge] : [],
        onClick: ({ key }) => desk.chooseGauge(spec, key),
      }}
    >
      <button type="button" className="rd-gauge" aria-label={t("gauge.choose", { name, gauge: gauge ?? t("gauge.missing") })} data-missing={(!gauge && spec.gaugeType !== null) || undefined}>
        {gauge ?? (spec.gaugeType ? t("gauge.of_type", { type: spec.gaugeType }) : t("gauge.any"))}
      </button>
    </Dropdown>
  );
}

function GaugeLine({ gauge, spec }: { gauge: Gauge; spec: Spec }) {
  const { t } = useTranslation("inspections");
  const why = lacks(gauge, spec);
  return (
    <span className="rd-gauge-line">
      <b>{gauge.number}</b> {gauge.name} <span className="meta">{gauge.serial_number}</span>
      <span className="meta">
        {why ? t(`gauge.lacks.${why}`, { date: gauge.due_date ?? "", reason: gauge.state_reason }) : gauge.due_date && t("gauge.until", { date: day(gauge.due_date) })}
      </span>
    </span>
  );
}
