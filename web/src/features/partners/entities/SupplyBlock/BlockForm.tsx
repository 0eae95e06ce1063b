import { Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";

interface Values {
  blocked_function: Schemas["BlockedFunction"];
  material_id?: string | null;
  reason: string;
}

/** Stop ordering from a supplier, or receiving from him, all materials or one. */
export function BlockForm({ partner, onClose }: { partner: Schemas["PartnerOut"]; onClose: () => void }) {
  const { t } = useTranslation(["partners", "states"]);
  const [form] = Form.useForm<Values>();
  const draft = `supply-block/${partner.id}`;
  const close = () => {
    dropDraft(draft);
    onClose();
  };
  const place = useAct("post", "/api/v1/supply-blocks", { onDone: close });
  return (
    <Modal open title={t("block.place_title", { supplier: `${partner.number} ${partner.name}` })} footer={null} onCancel={onClose} destroyOnHidden>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ blocked_function: "receipt" }}
        submit={t("block.submit", { supplier: partner.number })}
        problem={place.error}
        isSending={place.isPending}
        onSubmit={(values) => place.mutate({ body: { ...values, supplier_id: partner.id, material_id: values.material_id ?? null } })}
        onCancel={onClose}
      >
        <Form.Item name="blocked_function" label={t("block.function")} rules={[{ required: true }]}>
          <Radio.Group options={(["order", "receipt"] as const).map((value) => ({ value, label: t(`states:BlockedFunction.${value}`) }))} />
        </Form.Item>
        <Form.Item name="material_id" label={t("material")} extra={t("block.material_hint")}>
          <RecordSelect path="/api/v1/materials" label={t("material")} text={(row) => `${row.number} ${row.name}`} />
        </Form.Item>
        <Form.Item name="reason" label={t("block.reason")} rules={[{ required: true, whitespace: true, message: t("block.reason_needed") }]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}
