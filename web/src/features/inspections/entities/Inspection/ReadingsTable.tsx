// What was read, characteristic by characteristic; a corrected reading stays, struck through, with why.
import { useTranslation } from "react-i18next";
import { Panel } from "@/ui/frames/RecordPage";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { Shape } from "@/ui/Shape";
import { Shown } from "@/ui/states";
import { moment } from "@/lib/dates";
import { ByWhom } from "@/ui/Person";
import { type Inspection, type ReadingOut, type Sampled, useAllReadings, useGauges } from "../../queries";
import { limitsOf, nameOf, twoDigits } from "../Readings/words";
import { specOf } from "../../grid/spec";

interface Props {
  inspection: Inspection;
  sampled: Sampled;
}

function One({ reading, gauges }: { reading: ReadingOut; gauges: Map<string, string> }) {
  const { t } = useTranslation("inspections");
  const isButton = reading.text === "ok" || reading.text === "ng" || reading.text === "na";
  const said = [
    reading.gauge_id && gauges.get(reading.gauge_id),
    reading.defect && `${reading.defect}${reading.nonconformities > 1 ? ` ×${reading.nonconformities}` : ""}`,
    reading.is_confirmed && t("readings.confirmed"),
    reading.reason,
    moment(reading.occurred_at),
  ].filter(Boolean);
  return (
    <li data-result={reading.result ?? "none"} data-old={!reading.is_current || undefined} title={said.join(" · ")}>
      <small>{twoDigits(reading.unit_no)}</small>
      {reading.result && <Shape name={reading.result === "in" ? "rd-in" : "rd-out"} size={12} />}
      <span>{isButton ? t(`grid.${reading.text as "ok"}`) : reading.text}</span>
    </li>
  );
}

export function ReadingsTable({ inspection, sampled }: Props) {
  const { t, i18n } = useTranslation("inspections");
  const readings = useAllReadings(inspection.id, true);
  const gauges = useGauges(inspection.site_id);
  const numbers = new Map((gauges.data ?? []).map((gauge) => [gauge.id, gauge.number]));
  return (
    <Panel title={t("readings.title")} note={t("readings.note")}>
      <Shown of={readings}>
        {(all) => {
          const corrections = all.filter((reading) => reading.ordinal > 1);
          return (
            <div className="stack">
              {sampled.characteristics.map((characteristic) => {
                const mine = all.filter((r) => r.characteristic === characteristic.code).sort((a, b) => a.unit_no - b.unit_no || a.ordinal - b.ordinal);
                return (
                  <section key={characteristic.code} className="readings" aria-label={nameOf(characteristic, i18n.language)}>
                    <header className="row">
                      <b>{nameOf(characteristic, i18n.language)}</b>
                      <span>
                        {limitsOf(specOf(characteristic))} <span className="unit">{characteristic.unit}</span>
                      </span>
                      <SeverityMark value={characteristic.severity_class} />
                      <span className="meta">{characteristic.gauge_type}</span>
                    </header>
                    {mine.length ? (
                      <ol>
                        {mine.map((reading) => (
                          <One key={reading.id} reading={reading} gauges={numbers} />
                        ))}
                      </ol>
                    ) : (
                      <p className="meta">{t("readings.none")}</p>
                    )}
                  </section>
                );
              })}
              {corrections.length > 0 && (
                <section>
                  <b>{t("readings.corrections", { count: corrections.length })}</b>
                  <ul>
                    {corrections.map((reading) => {
                      const before = all.find((r) => r.characteristic === reading.characteristic && r.unit_no === reading.unit_no && r.ordinal === reading.ordinal - 1);
                      return (
                        <li key={reading.id}>
                          {reading.characteristic} {t("echo.unit", { unit: reading.unit_no })}: <s>{before?.text}</s> → <b>{reading.text}</b>{" "}
                          <span className="meta">
                            {reading.reason} · <ByWhom at={moment(reading.occurred_at)} id={reading.recorded_by} />
                          </span>
                        </li>
                      );
                    })}
                  </ul>
                </section>
              )}
            </div>
          );
        }}
      </Shown>
    </Panel>
  );
}
