// What is known of a report: what was found, what was done at once, and the cause when it is known.
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { currentLanguage } from "@/lib/i18n";
import { ActionButton, actionOf } from "@/ui/Actions";
import { FormPanel } from "@/ui/frames/FormPanel";
import { Panel } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { type Report, useCauses } from "../../queries";
import { boardOf } from "./ReportTable";

interface Known {
  description: string;
  containment: string;
  cause_code?: string;
  cause_text: string;
}

export function KnowledgePanel({ report }: { report: Report }) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const [isOpen, setOpen] = useState(false);
  const causes = useCauses();
  const cause = causes.data?.items.find((one) => one.code === report.cause_code);
  const nameOf = (one: { name_en: string; name_zh: string }) =>
    currentLanguage() === "en" ? one.name_en : one.name_zh;
  return (
    <Panel
      title={t("known.title")}
      end={
        <ActionButton action={actionOf(report.allowed_actions, "change")} label={t("known.edit")} onClick={() => setOpen(true)} />
      }
    >
      <dl className="facts">
        <Fact label={t("known.containment")} value={report.containment} />
        <Fact
          label={t("known.cause")}
          value={[report.cause_code && `${report.cause_code} ${cause ? nameOf(cause) : ""}`, report.cause_text].filter(Boolean).join(" · ")}
        />
        <div>
          <dt className="meta">{t("source")}</dt>
          <dd>
            {t(`states:Source.${report.source}`)}{" "}
            {report.inspection && <RecordLink kind="inspections.inspection" id={report.inspection_id} number={report.inspection} />}
          </dd>
        </div>
        <div>
          <dt className="meta">{t("review_board")}</dt>
          <dd>
            {boardOf(report.review_board, t)} <span className="meta">{report.rule}</span>
          </dd>
        </div>
      </dl>
      {isOpen && <KnownForm report={report} onClose={() => setOpen(false)} nameOf={nameOf} />}
    </Panel>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation("nonconformance");
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd>{value || <span className="quiet">{t("known.nothing")}</span>}</dd>
    </div>
  );
}

interface FormProps {
  report: Report;
  onClose: () => void;
  nameOf: (one: { name_en: string; name_zh: string }) => string;
}

function KnownForm({ report, onClose, nameOf }: FormProps) {
  const { t } = useTranslation("nonconformance");
  const [form] = Form.useForm<Known>();
  const causes = useCauses();
  const draft = `report-known/${report.id}`;
  const change = useAct("patch", "/api/v1/nonconformance-reports/{report_id}", {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  });
  return (
    <Modal open title={t("known.edit_title", { number: report.number })} footer={null} onCancel={onClose} width={560}>
      <FormPanel<Known>
        draft={draft}
        form={form}
        initial={{
          description: report.description,
          containment: report.containment,
          cause_code: report.cause_code || undefined,
          cause_text: report.cause_text,
        }}
        submit={t("known.save")}
        problem={change.error}
        isSending={change.isPending}
        onSubmit={({ cause_code, ...known }) =>
          change.mutate({
            path: { report_id: report.id },
            version: report.version,
            body: { ...known, cause_code: cause_code ?? "" },
          })
        }
        onCancel={onClose}
      >
        <Form.Item name="description" label={t("description")}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="containment" label={t("known.containment")} extra={t("known.containment_hint")}>
          <Input.TextArea rows={2} autoFocus />
        </Form.Item>
        <Form.Item name="cause_code" label={t("known.cause")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("known.cause_later")}
            notFoundContent={t("known.no_causes")}
            options={(causes.data?.items ?? []).map((one) => ({ value: one.code, label: `${one.code} ${nameOf(one)}` }))}
          />
        </Form.Item>
        <Form.Item name="cause_text" label={t("known.cause_text")}>
          <Input.TextArea rows={2} />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}
