// Goods that are turned away: nothing is booked, but who, what and why stays on record.
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { asDecimal } from "@/lib/quantities";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";

interface Goods {
  material: { id: string; number: string; name: string } | null;
  quantity: string;
  unitId: string | null;
  unit: string;
}

interface Props {
  /** An order, or a supplier at a site. */
  from: { order_id: string } | { supplier_id: string; site_id: string };
  deliveryNote: string;
  goods: Goods;
  onDone: (refused: Schemas["GateRefusalOut"]) => void;
  onClose: () => void;
}

interface Values {
  material_id?: string | null;
  description?: string;
  quantity?: string;
  unit_id?: string | null;
  delivery_note?: string;
  reason: string;
}

export function GateRefusalForm({ from, deliveryNote, goods, onDone, onClose }: Props) {
  const { t } = useTranslation("receiving");
  const [form] = Form.useForm<Values>();
  const draft = `gate-refusal/${"order_id" in from ? from.order_id : from.supplier_id}`;
  const refuse = useAct("post", "/api/v1/gate-refusals", {
    onDone: (refused) => {
      dropDraft(draft);
      onDone(refused);
    },
  });
  const { material } = goods;
  return (
    <Modal open width={560} footer={null} onCancel={onClose} title={t("refusal.title")}>
      <p className="quiet">{t("refusal.detail")}</p>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{
          material_id: material?.id ?? null,
          quantity: goods.quantity,
          unit_id: goods.unitId,
          delivery_note: deliveryNote,
          description: "",
        }}
        submit={t("refusal.go")}
        problem={refuse.error}
        isSending={refuse.isPending}
        onCancel={onClose}
        onSubmit={(values) =>
          refuse.mutate({
            body: {
              ...from,
              material_id: values.material_id ?? null,
              description: values.description ?? "",
              quantity: values.quantity ? (asDecimal(values.quantity) ?? values.quantity) : null,
              unit_id: values.quantity ? (values.unit_id ?? null) : null,
              delivery_note: values.delivery_note ?? "",
              reason: values.reason,
            },
          })
        }
      >
        <Form.Item name="reason" label={t("refusal.reason")} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={2} autoFocus maxLength={500} />
        </Form.Item>
        <Form.Item name="material_id" label={t("material")}>
          <RecordSelect
            path="/api/v1/materials"
            label={t("material")}
            chosen={material ? `${material.number} ${material.name}` : undefined}
            text={(row) => `${row.number} ${row.name}`}
          />
        </Form.Item>
        <Form.Item name="description" label={t("refusal.description")}>
          <Input maxLength={200} />
        </Form.Item>
        <div className="row">
          <Form.Item name="quantity" label={t("quantity")}>
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="unit_id" label={t("unit")}>
            <RecordSelect path="/api/v1/units" label={t("unit")} chosen={goods.unit} text={(row) => row.code} />
          </Form.Item>
          <Form.Item name="delivery_note" label={t("delivery_note")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
      </FormPanel>
    </Modal>
  );
}
