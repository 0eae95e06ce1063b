// The counted form of a result: how many were inspected, how many are nonconforming, which defects they
// show. Of the whole, or of one attribute of the sample.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import { asDecimal } from "@/lib/quantities";
import { FormPanel } from "@/ui/frames/FormPanel";
import { type Inspection, useDefects } from "../../queries";

interface Values {
  inspected: string;
  nonconforming: string;
  defects?: { code?: string; count?: string }[];
  reason?: string;
}

interface Props {
  inspection: Inspection;
  /** The attribute that is counted; the whole without one. */
  characteristic?: { code: string; name: string };
  /** How many there are to look at. */
  most: string;
  unit: string;
  isCorrection: boolean;
  onDone: () => void;
  onCancel?: () => void;
}

export function CountForm({ inspection, characteristic, most, unit, isCorrection, onDone, onCancel }: Props) {
  const { t, i18n } = useTranslation("inspections");
  const draft = `count/${inspection.id}/${characteristic?.code ?? ""}/${inspection.result_count}`;
  const [form] = Form.useForm<Values>();
  const defects = useDefects();
  const bad = asDecimal(Form.useWatch("nonconforming", form) ?? "") ?? "0";
  const record = useAct("post", "/api/v1/inspections/{inspection_id}/result", {
    onDone: () => {
      dropDraft(draft);
      onDone();
    },
  });
  const options = (defects.data ?? []).map((d) => ({ value: d.code, label: `${d.code} ${i18n.language === "en" ? d.name_en : d.name_zh || d.name_en}` }));
  const isNumber = (text: string | undefined) => asDecimal(text ?? "") !== null;
  const number = { validator: (_: unknown, text?: string) => (isNumber(text) ? Promise.resolve() : Promise.reject(new Error(t("count.number")))) };
  const submit = (values: Values) =>
    record.mutate({
      path: { inspection_id: inspection.id },
      body: {
        characteristic: characteristic?.code ?? null,
        inspected: asDecimal(values.inspected) ?? "",
        nonconforming: asDecimal(values.nonconforming) ?? "",
        defects: Number(bad) > 0 ? (values.defects ?? []).flatMap((d) => (d.code ? [{ code: d.code, count: asDecimal(d.count ?? "") ?? bad }] : [])) : [],
        reason: values.reason ?? "",
      },
    });
  return (
    <FormPanel<Values>
      draft={draft}
      form={form}
      initial={{ inspected: most, nonconforming: "", defects: [{}] }}
      submit={characteristic ? t("count.save_of", { name: characteristic.name }) : t("count.save")}
      problem={record.error}
      isSending={record.isPending}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <div className="count-numbers">
        <Form.Item name="inspected" label={t("count.inspected")} extra={t("count.of", { most, unit })} rules={[{ required: true, message: t("count.number") }, number]}>
          <Input inputMode="decimal" suffix={unit} autoComplete="off" />
        </Form.Item>
        <Form.Item name="nonconforming" label={t("count.nonconforming")} rules={[{ required: true, message: t("count.number") }, number]}>
          <Input inputMode="decimal" suffix={unit} autoComplete="off" autoFocus />
        </Form.Item>
      </div>
      {Number(bad) > 0 && (
        <Form.List name="defects">
          {(rows, { add, remove }) => (
            <fieldset className="parts">
              <legend>{t("count.defects")}</legend>
              {rows.map((row, i) => (
                <div key={row.key} className="row">
                  <Form.Item name={[row.name, "code"]} rules={[{ required: true, message: t("count.defect_needed") }]} noStyle>
                    <Select className="count-defect" showSearch={{ optionFilterProp: "label" }} aria-label={t("count.defect")} placeholder={t("count.defect")} options={options} loading={defects.isPending} />
                  </Form.Item>
                  <Form.Item name={[row.name, "count"]} noStyle>
                    <Input className="parts-quantity" inputMode="decimal" aria-label={t("count.how_many")} placeholder={rows.length === 1 ? bad : t("count.how_many")} />
                  </Form.Item>
                  {rows.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t("parts.remove", { n: i + 1 })} onClick={() => remove(row.name)} />}
                </div>
              ))}
              <div>
                <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>
                  {t("count.add_defect")}
                </Button>
              </div>
            </fieldset>
          )}
        </Form.List>
      )}
      {isCorrection && (
        <Form.Item name="reason" label={t("count.reason")} rules={[{ required: true, message: t("count.reason_needed") }]}>
          <Input maxLength={300} />
        </Form.Item>
      )}
    </FormPanel>
  );
}
