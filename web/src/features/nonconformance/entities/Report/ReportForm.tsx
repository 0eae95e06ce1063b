// Raising a report by hand, or for goods that quality had let through (an escape).
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, Modal, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { asDecimal } from "@/lib/quantities";
import { FormPanel } from "@/ui/frames/FormPanel";
import { LotSelect, PlaceSelect } from "./LotSelect";
import "./report.css";

export type Raised = "report" | "escape";

interface Part {
  lot: string;
  quantity?: string;
  /** Place and owner, as PlaceSelect names them. */
  place?: string;
}

interface Values {
  parts: Part[];
  description: string;
  severity_class: Schemas["SeverityClass"] | "unknown";
}

interface Props {
  way: Raised;
  lotId?: string;
  onClose: () => void;
}

export function ReportForm({ way, lotId, onClose }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const draft = `raise/${way}/${lotId ?? ""}`;
  const options = {
    onDone: (report: Schemas["ReportStateOut"]) => {
      dropDraft(draft);
      void navigate({ to: `/nonconformance/${report.id}` as never });
    },
  };
  const open = useAct("post", "/api/v1/nonconformance-reports", options);
  const escape = useAct("post", "/api/v1/escapes", options);
  const act = way === "escape" ? escape : open;
  const send = ({ parts, description, severity_class }: Values) =>
    act.mutate({
      body: {
        reason: description.slice(0, 500),
        description,
        severity_class: severity_class === "unknown" ? null : severity_class,
        parts: parts.map(({ lot, quantity, place }) => {
          const [place_id, owner_id] = place?.split("/") ?? [];
          return { lot_id: lot, quantity: quantity ? asDecimal(quantity) : null, place_id: place_id ?? null, owner_id: owner_id ?? null, serials: [] };
        }),
      },
    });
  const number = (_: unknown, typed?: string) =>
    !typed || asDecimal(typed) ? Promise.resolve() : Promise.reject(new Error(t("split.problem.not_a_number")));
  return (
    <Modal open title={t(`raise.${way}_title`)} footer={null} onCancel={onClose} width={640}>
      <p className="quiet">{t(`raise.${way}_what`)}</p>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ parts: [{ lot: lotId ?? "" }], description: "", severity_class: "unknown" }}
        submit={t(`raise.${way}_submit`)}
        problem={act.error}
        isSending={act.isPending}
        onSubmit={send}
        onCancel={onClose}
      >
        <Form.List name="parts">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="raise-part">
                  <Form.Item name={[name, "lot"]} label={t("lot")} rules={[{ required: true }]}>
                    <LotSelect isUsable={way === "escape"} />
                  </Form.Item>
                  <Form.Item name={[name, "quantity"]} label={t("raise.quantity")} rules={[{ validator: number }]}>
                    <Input inputMode="decimal" placeholder={t("raise.all")} />
                  </Form.Item>
                  <Form.Item noStyle dependencies={[["parts", name, "lot"]]}>
                    {({ getFieldValue }) => (
                      <Form.Item name={[name, "place"]} label={t("raise.place")}>
                        <PlaceSelect lotId={getFieldValue(["parts", name, "lot"]) as string} />
                      </Form.Item>
                    )}
                  </Form.Item>
                  {fields.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t("raise.remove")} onClick={() => remove(name)} />}
                </div>
              ))}
              <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => add({ lot: "" })}>
                {t("raise.add")}
              </Button>
            </>
          )}
        </Form.List>
        <Form.Item name="description" label={t("raise.description")} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="severity_class" label={t("class")}>
          <Segmented
            options={(["unknown", "minor", "major", "critical"] as const).map((value) => ({
              value,
              label: value === "unknown" ? t("raise.unknown") : t(`states:SeverityClass.${value}`),
            }))}
          />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}
