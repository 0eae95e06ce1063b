// Approving that goods are used within bounds: until when, how much, for which orders or customers.
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { asDay, dayFromNow, endOf } from "@/lib/dates";
import { dropDraft } from "@/lib/drafts";
import { asDecimal, quantity } from "@/lib/quantities";
import { actionOf } from "@/ui/Actions";
import { DayInput, useDayRule } from "@/ui/DayInput";
import { FormPanel } from "@/ui/frames/FormPanel";
import { SigningDialog } from "@/ui/SigningDialog";
import type { Disposition, Report } from "../../queries";

const DAYS = 30;

interface Values {
  until: string;
  quantity: string;
  orders: string[];
  customers: string[];
  reason: string;
}

interface Props {
  disposition: Disposition;
  report: Report;
  onClose: () => void;
}

export function ConcessionForm({ disposition, report, onClose }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const [form] = Form.useForm<Values>();
  const [signed, setSigned] = useState<Values | null>(null);
  const dayRule = useDayRule();
  const draft = `concession/${disposition.id}`;
  const customers = api.useQuery("get", "/api/v1/partners", {
    params: { query: { is_customer: true, is_active: true, limit: 500 } },
  });
  const approve = useAct("post", "/api/v1/dispositions/{disposition_id}/concession", {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  });
  const orders = new Map(report.orders_hit.map((hit) => [hit.reference_id, hit.reference]));
  const unit = disposition.unit;
  const names = (ids: string[] | undefined, of: (id: string) => string | undefined) =>
    ids?.length ? ids.map((id) => of(id) ?? id).join(", ") : t("concession.everybody");
  const customerOf = (id: string) => customers.data?.items.find((one) => one.id === id)?.name;
  return (
    <>
      <Modal open={signed === null} title={t("concession.title", { number: disposition.number })} footer={null} onCancel={onClose} width={560}>
        <FormPanel<Values>
          draft={draft}
          form={form}
          initial={{ until: dayFromNow(DAYS), quantity: disposition.quantity, orders: [], customers: [], reason: disposition.reason }}
          submit={t("concession.to_sign")}
          problem={null}
          isSending={false}
          onSubmit={setSigned}
          onCancel={onClose}
        >
          <Form.Item name="until" label={t("concession.until")} rules={[{ required: true }, dayRule]}>
            <DayInput />
          </Form.Item>
          <Form.Item
            name="quantity"
            label={t("concession.quantity", { unit })}
            extra={t("concession.most", { quantity: quantity(disposition.quantity), unit })}
            rules={[{ required: true, validator: (_, typed: string) => (asDecimal(typed ?? "") ? Promise.resolve() : Promise.reject(new Error(t("split.problem.not_a_number")))) }]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="orders" label={t("concession.orders")} extra={t("concession.orders_hint")}>
            <Select
              mode="multiple"
              placeholder={t("concession.everybody")}
              notFoundContent={t("concession.no_orders")}
              options={[...orders].map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
          <Form.Item name="customers" label={t("concession.customers")}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t("concession.everybody")}
              notFoundContent={t("nothing_found")}
              options={(customers.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.number} ${one.name}` }))}
            />
          </Form.Item>
          <Form.Item name="reason" label={t("split.reason")} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormPanel>
      </Modal>
      <SigningDialog
        isOpen={signed !== null}
        title={t("concession.title", { number: disposition.number })}
        what={
          signed && (
            <ul className="stack">
              <li>{t("concession.sign_what", { quantity: quantity(asDecimal(signed.quantity)), unit, lot: disposition.lot, until: asDay(signed.until) })}</li>
              <li>
                {t("concession.orders")}: {names(signed.orders, (id) => orders.get(id))}
              </li>
              <li>
                {t("concession.customers")}: {names(signed.customers, customerOf)}
              </li>
              <li>
                {t("split.reason")}: {signed.reason}
              </li>
            </ul>
          )
        }
        meaning={t("states:Meaning.approve")}
        strength={actionOf(disposition.allowed_actions, "approve_concession")?.strength ?? "re_authenticated"}
        problem={approve.error}
        isSending={approve.isPending}
        onSign={({ secret }) =>
          signed &&
          approve.mutate({
            path: { disposition_id: disposition.id },
            body: {
              secret,
              reason: signed.reason,
              until: endOf(asDay(signed.until) ?? signed.until),
              quantity: asDecimal(signed.quantity),
              reference_ids: signed.orders.length ? signed.orders : null,
              customer_ids: signed.customers.length ? signed.customers : null,
            },
          })
        }
        onCancel={() => {
          approve.reset();
          setSigned(null);
        }}
      />
    </>
  );
}
