// One inspection: what it is of, how it is sampled, what was found, its verdict, and what may be done.
import { useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { openAttachment } from "@/lib/files";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { PrintLabels } from "@/ui/labels/PrintLabels";
import { PrintButton } from "@/ui/PrintButton";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { fieldsOf } from "../entities/Inspection/InspectionTitle";
import { Lots } from "../entities/Inspection/Lots";
import { ReadingsTable } from "../entities/Inspection/ReadingsTable";
import { Results } from "../entities/Inspection/Results";
import { SamplingStates } from "../entities/Inspection/SamplingStates";
import { SamplingTable } from "../entities/Inspection/SamplingWhy";
import { useVerdicts, VERDICTS } from "../entities/Inspection/useVerdicts";
import { VerdictMenu } from "../entities/Inspection/VerdictMenu";
import { type Inspection, useInspection } from "../queries";
import "../entities/Inspection/inspection.css";

export function InspectionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const inspection = useInspection(id);
  useTab(`/inspections/${id}`, inspection.data?.number);
  return <Shown of={inspection}>{(found) => <Content inspection={found} />}</Shown>;
}

function Content({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation(["inspections", "states"]);
  const { sampled } = inspection;
  return (
    <RecordPage
      record={{ kind: "inspections.inspection", id: inspection.id }}
      kind={t("record.kind")}
      number={inspection.number}
      status={<StatusChip of="InspectionState" value={inspection.state} />}
      fields={fieldsOf(inspection, (key) => t(`title.${key}`), false)}
      actions={<Actions inspection={inspection} />}
    >
      <Found inspection={inspection} />
      <Lots inspection={inspection} />
      {sampled && (
        <Panel title={t("title.sampling")}>
          <SamplingTable inspection={inspection} sampled={sampled} />
        </Panel>
      )}
      <Results inspection={inspection} />
      {sampled && inspection.reading_count > 0 && <ReadingsTable inspection={inspection} sampled={sampled} />}
      <SamplingStates inspection={inspection} />
    </RecordPage>
  );
}

/** What was found so far, against Ac and Re. */
function Found({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation(["inspections", "states"]);
  const { sampled, inspected, nonconforming } = inspection;
  return (
    <Panel title={t("record.result")} note={t(`states:InspectionReason.${inspection.reason}`)}>
      <dl className="facts">
        <div>
          <dt className="meta">{t("count.inspected")}</dt>
          <dd>{inspected === null ? "–" : quantity(inspected)}</dd>
        </div>
        <div>
          <dt className="meta">{t("count.nonconforming")}</dt>
          <dd>{nonconforming === null ? "–" : quantity(nonconforming)}</dd>
        </div>
        {sampled?.samples.map((sample) => (
          <div key={`${sample.severity_class}${sample.characteristic}`}>
            <dt className="meta">
              {t(`states:SeverityClass.${sample.severity_class}`)} {sample.characteristic}
            </dt>
            <dd>
              {t("record.found", { found: sample.found, accept: sample.accept, reject: sample.reject })} <StatusChip of="SampleStatus" value={sample.status} plain />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Actions({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation("inspections");
  const navigate = useNavigate();
  const [hasLabels, setLabels] = useState(false);
  const print = useAct("post", "/api/v1/inspections/{inspection_id}/report", { onDone: (file) => openAttachment(file.id) });
  const verdicts = useVerdicts(inspection, () => undefined);
  const verb = inspection.sampled && inspection.result_count === 0 ? "record_readings" : "record_result";
  const begin = actionOf(inspection.allowed_actions, verb);
  const report = actionOf(inspection.allowed_actions, "print");
  const urgent = {
    verb: "request_urgent_release",
    label: t("urgent.ask"),
    onOpen: () => void navigate({ to: "/urgent-releases", search: { ask: "yes", lot: inspection.lot_id } as never }),
  };
  const isOpen = inspection.state === "open";
  const released = inspection.lots.filter((lot) => lot.status === "released");
  const hasBegun = inspection.reading_count > 0 || inspection.result_count > 0;
  return (
    <>
      {isOpen && <VerdictMenu inspection={inspection} verbs={VERDICTS} label={t("record.verdict")} more={urgent} onOpen={verdicts.open} />}
      {verdicts.dialogs}
      {hasLabels && (
        <PrintLabels
          lots={released.map((lot) => ({ id: lot.lot_id, number: lot.lot, detail: `${inspection.material} · ${quantity(lot.accepted)} ${inspection.unit}`, copies: 1 }))}
          onClose={() => setLabels(false)}
        />
      )}
      {report?.is_allowed && (
        <PrintButton
          label={t("record.report")}
          isLoading={print.isPending}
          problem={print.error}
          onPrint={(language) => print.mutate({ path: { inspection_id: inspection.id }, body: { language } })}
          onDismiss={print.reset}
        />
      )}
      {released.length > 0 && !isOpen && <Button type="primary" onClick={() => setLabels(true)}>{t("record.labels")}</Button>}
      {isOpen && (
        <ActionButton
          action={begin}
          label={t(hasBegun ? "record.go_on" : "record.begin", { number: inspection.number })}
          isPrimary
          onClick={() => void navigate({ to: `/inspections/${inspection.id}/readings` as never })}
        />
      )}
    </>
  );
}
