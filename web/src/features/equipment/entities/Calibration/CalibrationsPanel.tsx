import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import { Panel } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { type Gauge, useCalibrations } from "../../queries";

export function CalibrationsPanel({ gauge }: { gauge: Gauge }) {
  const { t } = useTranslation("equipment");
  const calibrations = useCalibrations(gauge.id);
  return (
    <Panel title={t("calibration.list")} note={calibrations.data && String(calibrations.data.items.length)} isFlush>
      <Shown of={calibrations}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="meta gauge-none">{t("calibration.none")}</p>
          ) : (
            <div className="table-scroll">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t("calibration.one")}</th>
                    <th scope="col">{t("calibration.performed")}</th>
                    <th scope="col">{t("calibration.as_found")}</th>
                    <th scope="col">{t("calibration.as_left")}</th>
                    <th scope="col">{t("due.title")}</th>
                    <th scope="col">{t("calibration.performed_by")}</th>
                    <th scope="col">{t("calibration.certificate")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <RecordLink kind="equipment.calibration" id={one.id} number={one.number} />
                      </td>
                      <td>{day(one.performed_at)}</td>
                      <td>
                        <StatusChip of="CalibrationResult" value={one.as_found} plain />
                      </td>
                      <td>
                        <StatusChip of="CalibrationResult" value={one.as_left} plain />
                      </td>
                      <td>{one.due_date ?? "–"}</td>
                      <td>{one.performed_by}</td>
                      <td>{one.certificate_number}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </Panel>
  );
}
