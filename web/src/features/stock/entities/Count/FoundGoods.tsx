// Goods without a label that turned up: a new lot, on hold until somebody decides about it.
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { sent } from "../Lot/verbs";

interface Values {
  material_id: string;
  owner_id: string;
  quantity: string;
  reason: string;
}

interface Props {
  place: { id: string; code: string };
  /** Whose the goods most likely are: the owner of what stands there. */
  ownerId: string | null;
  owner: string;
  onDone: (lot: { id: string; number: string }) => void;
  onClose: () => void;
}

export function FoundGoods({ place, ownerId, owner, onDone, onClose }: Props) {
  const { t } = useTranslation("stock");
  const [form] = Form.useForm<Values>();
  const draft = `found/${place.id}`;
  const book = useAct("post", "/api/v1/found-goods", {
    onDone: (lot) => {
      dropDraft(draft);
      onDone(lot);
    },
  });
  return (
    <Modal open width={520} footer={null} onCancel={onClose} title={t("found.title", { place: place.code })}>
      <p className="quiet">{t("found.detail")}</p>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ owner_id: ownerId ?? undefined }}
        submit={t("found.go")}
        problem={book.error}
        isSending={book.isPending}
        onCancel={onClose}
        onSubmit={(values) => book.mutate({ body: { ...values, quantity: sent(values.quantity), place_id: place.id, serials: [] } })}
      >
        <Form.Item name="material_id" label={t("material")} rules={[{ required: true }]}>
          <RecordSelect path="/api/v1/materials" label={t("material")} text={(row) => `${row.number} ${row.name}`} autoFocus />
        </Form.Item>
        <Form.Item name="quantity" label={t("quantity")} rules={[{ required: true }]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="owner_id" label={t("owner")} rules={[{ required: true }]}>
          <RecordSelect path="/api/v1/partners" label={t("owner")} chosen={owner} text={(row) => `${row.number} ${row.name}`} />
        </Form.Item>
        <Form.Item name="reason" label={t("reason")} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}
