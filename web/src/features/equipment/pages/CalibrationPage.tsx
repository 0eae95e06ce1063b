// One calibration. Found bad, it lists the readings in doubt, nearest to a limit first, and the lots
// that were put on hold in the same act.
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { day, moment } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { AffectedPanel } from "../entities/Calibration/AffectedPanel";
import { HeldPanel } from "../entities/Calibration/HeldPanel";
import { errorOf, isOff } from "../entities/Calibration/points";
import type { Calibration } from "../queries";
import "../entities/equipment.css";

export function CalibrationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/calibrations/{calibration_id}", { params: { path: { calibration_id: id } } });
  useTab(`/calibrations/${id}`, found.data?.number);
  return <Shown of={found}>{(calibration) => <Content calibration={calibration} />}</Shown>;
}

function Content({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("equipment");
  return (
    <RecordPage
      record={{ kind: "equipment.gauge", id: calibration.gauge_id }}
      kind={t("calibration.one")}
      number={calibration.number}
      status={<StatusChip of="CalibrationResult" value={calibration.as_left} />}
      fields={[
        { label: t("gauge"), value: <RecordLink kind="equipment.gauge" id={calibration.gauge_id} number={calibration.gauge} /> },
        { label: t("calibration.as_found"), value: <StatusChip of="CalibrationResult" value={calibration.as_found} plain /> },
        { label: t("calibration.performed"), value: [day(calibration.performed_at), calibration.performed_by].filter(Boolean).join(" · ") },
        { label: t("calibration.certificate"), value: calibration.certificate_number || "–" },
        { label: t("due.title"), value: calibration.due_date ?? "–" },
      ]}
    >
      {calibration.since && (
        <div className="consequence panel" role="status">
          <Shape name="st-alert" />
          <p>{t("calibration.in_doubt", { gauge: calibration.gauge, since: moment(calibration.since), until: moment(calibration.performed_at) })}</p>
        </div>
      )}
      {calibration.since && <HeldPanel calibration={calibration} />}
      {calibration.since && <AffectedPanel calibration={calibration} />}
      <Points calibration={calibration} />
    </RecordPage>
  );
}

function Points({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("equipment");
  const { points, unit } = calibration;
  return (
    <Panel title={t("point.title")} note={unit} isFlush>
      {points.length === 0 ? (
        <p className="meta gauge-none">{t("point.none")}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              {(["reference", "as_found", "error", "as_left", "error_left", "max_error"] as const).map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`point.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point, at) => {
              const found = errorOf(point.reference, point.as_found);
              const left = point.as_left ? errorOf(point.reference, point.as_left) : null;
              return (
                <tr key={at}>
                  <td className="number">{point.reference}</td>
                  <td className="number">{point.as_found}</td>
                  <td className="number">
                    <ErrorMark error={found} most={point.max_error} />
                  </td>
                  <td className="number">{point.as_left ?? "–"}</td>
                  <td className="number">{left === null ? "–" : <ErrorMark error={left} most={point.max_error} />}</td>
                  <td className="number">{point.max_error ?? "–"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {calibration.remark && <p className="gauge-none">{calibration.remark}</p>}
    </Panel>
  );
}

function ErrorMark({ error, most }: { error: string | null; most: string | null }) {
  if (error === null) return null;
  const off = isOff(error, most ?? undefined);
  return (
    <span className={off ? "late" : ""}>
      {off && <Shape name="rd-out" size={12} />} {error.startsWith("-") ? error : `+${error}`}
    </span>
  );
}
