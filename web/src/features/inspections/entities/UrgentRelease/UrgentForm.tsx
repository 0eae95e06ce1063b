// Asking that goods may be used for one order before their inspection ends: how much, for what, until
// when, and why. Another person approves.
import { useNavigate } from "@tanstack/react-router";
import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { asDay, endOf } from "@/lib/dates";
import { dropDraft } from "@/lib/drafts";
import { asDecimal, quantity } from "@/lib/quantities";
import { workOrder } from "@/lib/references";
import { actionOf } from "@/ui/Actions";
import { DayInput, useDayRule } from "@/ui/DayInput";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { SigningDialog } from "@/ui/SigningDialog";
import { micros } from "../../grid/decimals";

interface Values {
  lot?: string;
  quantity: string;
  order: string;
  until?: string;
  reason: string;
}

interface Props {
  lotId?: string;
  onClose: () => void;
}

/** The inspection that the lot waits for, and what refuses an urgent release of it now. */
function useWaiting(lotId: string | undefined) {
  const found = api.useQuery(
    "get",
    "/api/v1/inspections",
    { params: { query: { lot_id: lotId, state: "open", limit: 1 } } },
    { enabled: Boolean(lotId) },
  );
  const id = found.data?.items[0]?.id ?? "";
  const detail = api.useQuery("get", "/api/v1/inspections/{inspection_id}", { params: { path: { inspection_id: id } } }, { enabled: id !== "" });
  return { none: found.data?.items.length === 0, inspection: detail.data };
}

export function UrgentForm({ lotId, onClose }: Props) {
  const { t } = useTranslation("inspections");
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [lot, setLot] = useState<string | undefined>(lotId);
  const [asked, setAsked] = useState<Values | null>(null);
  const { none, inspection } = useWaiting(lot);
  const dayRule = useDayRule();
  const mine = inspection?.lots.find((one) => one.lot_id === lot);
  const action = inspection && actionOf(inspection.allowed_actions, "request_urgent_release");
  const draft = `urgent/${lotId ?? ""}`;
  const request = useAct("post", "/api/v1/urgent-releases", {
    onDone: (made) => {
      dropDraft(draft);
      void navigate({ to: `/urgent-releases/${made.id}` as never });
    },
  });
  const refused = none ? t("urgent.none_waits") : action && !action.is_allowed ? [action.sentence, action.remedy].filter(Boolean).join(" ") : null;
  const amount = {
    validator: (_: unknown, typed?: string) => {
      const value = micros(asDecimal(typed ?? ""));
      const most = micros(mine?.open ?? null);
      if (value === null || value <= 0n) return Promise.reject(new Error(t("count.number")));
      return most !== null && value > most ? Promise.reject(new Error(t("urgent.too_much", { most: quantity(mine?.open), unit: inspection?.unit }))) : Promise.resolve();
    },
  };
  const sign = async ({ secret }: { secret?: string }) => {
    if (!asked || !lot) return;
    const until = asked.until ? asDay(asked.until) : null;
    request.mutate({
      body: {
        lot_id: lot,
        quantity: asDecimal(asked.quantity) ?? "",
        reference: await workOrder(asked.order),
        until: until ? endOf(until) : null,
        reason: asked.reason,
        secret,
      },
    });
  };
  const title = t("urgent.ask_title", { lot: mine?.lot ?? "" });
  return (
    <>
      <Modal open={!asked} title={title} footer={null} onCancel={onClose} destroyOnHidden width={560}>
        <p className="quiet">{t("urgent.what")}</p>
        <FormPanel<Values>
          draft={draft}
          form={form}
          initial={{}}
          submit={t("urgent.next")}
          problem={null}
          isSending={false}
          onSubmit={setAsked}
          onCancel={onClose}
        >
          {!lotId && (
            <Form.Item name="lot" label={t("queue.lot")} rules={[{ required: true, message: t("parts.problem.lot") }]}>
              <RecordSelect
                path="/api/v1/lots"
                fixed={{ status: "awaiting_inspection" }}
                label={t("queue.lot")}
                text={(one) => `${one.number} · ${one.material_number} ${one.material_name} · ${quantity(one.quantity)}`}
                onChange={(id) => setLot(id ?? undefined)}
              />
            </Form.Item>
          )}
          {refused && <p className="late">{refused}</p>}
          <Form.Item
            name="quantity"
            label={t("urgent.quantity")}
            extra={mine && t("urgent.open", { open: quantity(mine.open), unit: inspection?.unit, number: inspection?.number })}
            rules={[{ required: true, message: t("count.number") }, amount]}
          >
            <Input inputMode="decimal" suffix={inspection?.unit} autoComplete="off" autoFocus={Boolean(lotId)} />
          </Form.Item>
          <Form.Item name="order" label={t("urgent.order")} extra={t("urgent.order_hint")} rules={[{ required: true, message: t("urgent.order_needed") }]}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="until" label={t("urgent.until")} rules={[dayRule]}>
            <DayInput />
          </Form.Item>
          <Form.Item name="reason" label={t("urgent.reason")} rules={[{ required: true, message: t("urgent.reason_needed") }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormPanel>
      </Modal>
      <SigningDialog
        isOpen={asked !== null}
        title={title}
        what={
          asked && (
            <dl className="verdict-facts">
              <div>
                <dt>{t("queue.lot")}</dt>
                <dd>
                  <b>{mine?.lot}</b> {inspection?.material} {inspection?.material_name}
                </dd>
              </div>
              <div>
                <dt>{t("urgent.quantity")}</dt>
                <dd>
                  <b>{quantity(asDecimal(asked.quantity))}</b> {inspection?.unit}
                </dd>
              </div>
              <div>
                <dt>{t("urgent.order")}</dt>
                <dd>{asked.order}</dd>
              </div>
              {asked.until && (
                <div>
                  <dt>{t("urgent.until")}</dt>
                  <dd>{asDay(asked.until)}</dd>
                </div>
              )}
              <div>
                <dt>{t("urgent.reason")}</dt>
                <dd>{asked.reason}</dd>
              </div>
            </dl>
          )
        }
        meaning={t("urgent.ask_meaning")}
        strength={action?.strength ?? "re_authenticated"}
        problem={request.error}
        isSending={request.isPending}
        onSign={(signed) => void sign(signed)}
        onCancel={() => {
          request.reset();
          setAsked(null);
        }}
      />
    </>
  );
}
