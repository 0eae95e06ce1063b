// One dialog for the acts on a lot: the fields that the act needs, and what follows from it.
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { day } from "@/lib/dates";
import { dropDraft } from "@/lib/drafts";
import { DayInput, useDayRule } from "@/ui/DayInput";
import { FormPanel } from "@/ui/frames/FormPanel";
import { RecordSelect } from "@/ui/RecordSelect";
import { say } from "@/ui/said";
import type { Balance, LotDetail } from "../../queries";
import { PartFields } from "./PartFields";
import { bodyOf, type Field, type Values, type Verb, VERBS, WHOLE } from "./verbs";

interface Props {
  lot: LotDetail;
  balances: Balance[];
  verb: Verb;
  /** The place that the act starts from, when it was called there. */
  from?: Balance;
  onClose: () => void;
  /** The lot that the act made, such as the part that was split off. */
  onMade: (lot: { id: string; number: string }) => void;
}

export function LotActDialog({ lot: { lot }, balances, verb, from, onClose, onMade }: Props) {
  const { t } = useTranslation("stock");
  const [form] = Form.useForm<Values>();
  const dayRule = useDayRule();
  const draft = `lot-${verb}/${lot.id}`;
  const finished = () => {
    dropDraft(draft);
    say(t(`done.${verb}`, { number: lot.number }));
    onClose();
  };
  const made = (one: { id: string; number: string }) => {
    finished();
    if (one.id !== lot.id) onMade(one);
  };
  const acts = {
    move: useAct("post", "/api/v1/lots/{lot_id}/move", { onDone: finished }),
    split: useAct("post", "/api/v1/lots/{lot_id}/split", { onDone: made }),
    hold: useAct("post", "/api/v1/lots/{lot_id}/hold", { onDone: ({ lot_id, lot: number }) => made({ id: lot_id, number }) }),
    restrict: useAct("post", "/api/v1/lots/{lot_id}/restrict", { onDone: finished }),
    change_expiry: useAct("post", "/api/v1/lots/{lot_id}/expiry", { onDone: finished }),
    regrade: useAct("post", "/api/v1/lots/{lot_id}/regrade", { onDone: made }),
    scrap: useAct("post", "/api/v1/lots/{lot_id}/scrap", { onDone: finished }),
  };
  const act = acts[verb];
  const start = from ?? (balances.length === 1 && !WHOLE.has(verb) ? balances[0] : undefined);
  const pick = (balance: Balance | undefined) => form.setFieldsValue({ quantity: balance?.free, serials: [] });
  const field = (name: Field) => {
    switch (name) {
      case "part":
        return <PartFields key={name} lotId={lot.id} unit={lot.unit} balances={balances} mayBeWhole={WHOLE.has(verb)} onPick={pick} />;
      case "to_place":
        return (
          <Form.Item key={name} name="to_place_id" label={t("to_place")} rules={[{ required: true }]}>
            <RecordSelect path="/api/v1/places" fixed={{ is_internal: "true", site_id: lot.site_id }} label={t("to_place")} text={(place) => `${place.code} ${place.name}`} />
          </Form.Item>
        );
      case "to_material":
        return (
          <Form.Item key={name} name="to_material_id" label={t("to_material")} rules={[{ required: true }]}>
            <RecordSelect path="/api/v1/materials" fixed={{ is_active: "true" }} label={t("to_material")} text={(row) => `${row.number} ${row.name}`} />
          </Form.Item>
        );
      case "limit":
        return (
          <Form.Item key={name} name="limit" label={t("limit")}>
            <Input inputMode="decimal" suffix={lot.unit} />
          </Form.Item>
        );
      case "reason":
        return (
          <Form.Item key={name} name="reason" label={t("reason")} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={2} maxLength={500} autoFocus={VERBS[verb][0] === "reason"} />
          </Form.Item>
        );
      case "until":
      case "expires":
      case "review":
        return (
          <Form.Item key={name} name={name === "review" ? "review_date" : name} label={t(name)} rules={[dayRule]}>
            <DayInput />
          </Form.Item>
        );
    }
  };
  return (
    <Modal open width={520} footer={null} onCancel={onClose} title={t(`act.${verb}`, { number: lot.number })}>
      <p className="quiet">{t(`then.${verb}`)}</p>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ balance: start?.id ?? null, quantity: start?.free, serials: [], expires: lot.expires_at ? day(lot.expires_at) : "" }}
        submit={t(`act.${verb}`, { number: lot.number })}
        problem={act.error}
        isSending={act.isPending}
        onCancel={onClose}
        onSubmit={(values) => act.mutate({ path: { lot_id: lot.id }, body: bodyOf(verb, values, balances) } as never)}
      >
        {VERBS[verb].map(field)}
      </FormPanel>
    </Modal>
  );
}
