// One gauge: whether it may measure, until when, and the calibrations that say so.
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { day, moment } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { RecordPage } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { CalibrationForm } from "../entities/Calibration/CalibrationForm";
import { CalibrationsPanel } from "../entities/Calibration/CalibrationsPanel";
import { ChangeForm } from "../entities/Gauge/ChangeForm";
import { DueDate } from "../entities/Gauge/DueDate";
import { LifeDialog, type LifeVerb } from "../entities/Gauge/LifeDialog";
import { type Gauge, typeName, useGauge, useGaugeTypes } from "../queries";
import "../entities/equipment.css";

const LIFE: LifeVerb[] = ["take_out_of_service", "put_in_service", "retire"];

export function GaugePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const gauge = useGauge(id);
  useTab(`/gauges/${id}`, gauge.data?.number);
  return <Shown of={gauge}>{(found) => <Content gauge={found} />}</Shown>;
}

function Content({ gauge }: { gauge: Gauge }) {
  const { t } = useTranslation("equipment");
  const types = useGaugeTypes();
  const [open, setOpen] = useState<LifeVerb | "calibrate" | "change" | null>(null);
  const type = types.data?.items.find((one) => one.id === gauge.gauge_type_id);
  const close = () => setOpen(null);
  const life = gauge.state === "retired" ? [] : LIFE.filter((verb) => (verb === "put_in_service") === (gauge.state === "out_of_service") || verb === "retire");
  return (
    <RecordPage
      record={{ kind: "equipment.gauge", id: gauge.id }}
      kind={t("gauge")}
      number={gauge.number}
      status={<StatusChip of="GaugeState" value={gauge.state} />}
      fields={[
        { label: t("name"), value: gauge.name },
        { label: t("type"), value: type ? typeName(type) : gauge.gauge_type },
        { label: t("serial"), value: gauge.serial_number || "–" },
        { label: t("due.title"), value: <DueDate gauge={gauge} /> },
      ]}
      actions={
        <>
          {life.map((verb) => (
            <ActionButton key={verb} action={actionOf(gauge.allowed_actions, verb)} label={t(`life.${verb}`)} onClick={() => setOpen(verb)} />
          ))}
          <ActionButton action={actionOf(gauge.allowed_actions, "change")} label={t("change.open")} onClick={() => setOpen("change")} />
          <ActionButton action={actionOf(gauge.allowed_actions, "calibrate")} label={t("calibration.record")} isPrimary onClick={() => setOpen("calibrate")} />
        </>
      }
    >
      <section className="panel" aria-label={t("facts")}>
        <div className="body">
          <dl className="facts">
            <Fact label={t("resolution")} value={gauge.resolution ? `${gauge.resolution} ${gauge.unit ?? ""}` : t("no_resolution")} />
            <Fact label={t("interval")} value={gauge.interval_days ? t("days", { count: gauge.interval_days }) : "–"} />
            <Fact label={t("last_good")} value={gauge.last_good_at ? moment(gauge.last_good_at) : t("due.never")} />
            <Fact label={t("site")} value={gauge.site} />
            <Fact label={t("registered")} value={day(gauge.registered_at)} />
            <Fact label={t("state_since")} value={<ByWhom at={[moment(gauge.state_since), gauge.state_reason].filter(Boolean).join(" · ")} id={gauge.state_by} />} />
          </dl>
        </div>
      </section>
      <CalibrationsPanel gauge={gauge} />
      {open === "calibrate" && <CalibrationForm gauge={gauge} onClose={close} />}
      {open === "change" && <ChangeForm gauge={gauge} onClose={close} />}
      {open && open !== "calibrate" && open !== "change" && <LifeDialog gauge={gauge} verb={open} onClose={close} />}
    </RecordPage>
  );
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
