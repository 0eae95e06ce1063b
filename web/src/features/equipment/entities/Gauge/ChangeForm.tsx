import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { asDecimal } from "@/lib/quantities";
import { FormPanel } from "@/ui/frames/FormPanel";
import type { Gauge } from "../../queries";

interface Values {
  name: string;
  serial_number: string;
  resolution: string;
  interval_days: string;
}

export function ChangeForm({ gauge, onClose }: { gauge: Gauge; onClose: () => void }) {
  const { t } = useTranslation("equipment");
  const [form] = Form.useForm<Values>();
  const draft = `gauge/${gauge.id}`;
  const change = useAct("patch", "/api/v1/gauges/{gauge_id}", {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  });
  return (
    <Modal open title={t("change.title", { number: gauge.number })} footer={null} onCancel={onClose}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{
          name: gauge.name,
          serial_number: gauge.serial_number,
          resolution: gauge.resolution ?? "",
          interval_days: gauge.interval_days ? String(gauge.interval_days) : "",
        }}
        submit={t("change.submit")}
        problem={change.error}
        isSending={change.isPending}
        onSubmit={(values) =>
          change.mutate({
            path: { gauge_id: gauge.id },
            version: gauge.version,
            body: {
              name: values.name,
              serial_number: values.serial_number,
              resolution: asDecimal(values.resolution),
              interval_days: values.interval_days ? Number(asDecimal(values.interval_days)) : null,
            },
          })
        }
        onCancel={onClose}
      >
        <GaugeFields />
      </FormPanel>
    </Modal>
  );
}

/** What may be said of a gauge when it is registered, and later. */
export function GaugeFields() {
  const { t } = useTranslation("equipment");
  const number = (_: unknown, typed?: string) => (!typed || asDecimal(typed) ? Promise.resolve() : Promise.reject(new Error(t("not_a_number"))));
  return (
    <>
      <Form.Item name="name" label={t("name")} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={150} />
      </Form.Item>
      <Form.Item name="serial_number" label={t("serial")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="resolution" label={t("resolution")} rules={[{ validator: number }]}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="interval_days" label={t("interval_in_days")} rules={[{ validator: number }]}>
        <Input inputMode="numeric" />
      </Form.Item>
    </>
  );
}
