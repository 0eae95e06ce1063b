// Recording a calibration: what was found, what was left, and what follows from a failure.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, Modal, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { asDay, dayFromNow, moment } from "@/lib/dates";
import { dropDraft } from "@/lib/drafts";
import { useMe } from "@/lib/me";
import { DayInput, useDayRule } from "@/ui/DayInput";
import { FormPanel } from "@/ui/frames/FormPanel";
import { Shape } from "@/ui/Shape";
import type { Gauge } from "../../queries";
import { errorOf, isOff, pointsOf, resultsOf, type TypedPoint } from "./points";

type Result = "pass" | "fail";

interface Values {
  points: TypedPoint[];
  as_found?: Result;
  as_left?: Result;
  performed: string;
  performed_by: string;
  certificate_number: string;
  due_date?: string;
  remark: string;
}

export function CalibrationForm({ gauge, onClose }: { gauge: Gauge; onClose: () => void }) {
  const { t } = useTranslation(["equipment", "states"]);
  const me = useMe();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const dayRule = useDayRule();
  const draft = `calibration/${gauge.id}`;
  const found = Form.useWatch("as_found", form);
  const left = Form.useWatch("as_left", form);
  const record = useAct("post", "/api/v1/gauges/{gauge_id}/calibrations", {
    onDone: (calibration) => {
      dropDraft(draft);
      onClose();
      if (calibration.since) void navigate({ to: `/calibrations/${calibration.id}` as never });
    },
  });
  const fails = found === "fail" || left === "fail";
  const since = gauge.last_good_at ?? gauge.registered_at;
  const send = (values: Values) => {
    const day = asDay(values.performed);
    record.mutate({
      path: { gauge_id: gauge.id },
      body: {
        as_found: values.as_found as Result,
        as_left: values.as_left as Result,
        performed_at: !day || day === dayFromNow(0) ? null : new Date(`${day}T12:00:00`).toISOString(),
        performed_by: values.performed_by,
        certificate_number: values.certificate_number,
        due_date: values.as_left === "pass" && values.due_date ? asDay(values.due_date) : null,
        points: pointsOf(values.points),
        remark: values.remark,
      },
    });
  };
  /** What the points say is proposed; whoever calibrates may say otherwise. */
  const propose = (changed: Partial<Values>, values: Values) => {
    const said = changed.points && resultsOf(values.points);
    if (said) form.setFieldsValue(said);
    else if (changed.as_found && !values.as_left) form.setFieldsValue({ as_left: changed.as_found });
  };
  const results = (["pass", "fail"] as const).map((value) => ({ value, label: t(`states:CalibrationResult.${value}`) }));
  return (
    <Modal open title={t("calibration.title", { number: gauge.number })} footer={null} onCancel={onClose} width={680}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{
          points: [{}],
          performed: dayFromNow(0),
          performed_by: me.data?.name ?? "",
          certificate_number: "",
          due_date: gauge.interval_days ? dayFromNow(gauge.interval_days) : undefined,
          remark: "",
        }}
        submit={t(fails ? "calibration.submit_fail" : "calibration.submit")}
        problem={record.error}
        isSending={record.isPending}
        onSubmit={send}
        onChange={propose}
        onCancel={onClose}
      >
        {gauge.unit && <Points unit={gauge.unit} />}
        <div className="found">
          <Form.Item name="as_found" label={t("calibration.as_found")} rules={[{ required: true }]}>
            <Segmented options={results} />
          </Form.Item>
          <Form.Item name="as_left" label={t("calibration.as_left")} rules={[{ required: true }]}>
            <Segmented options={results} />
          </Form.Item>
          <Form.Item name="performed" label={t("calibration.performed")} rules={[{ required: true }, dayRule]}>
            <DayInput />
          </Form.Item>
          <Form.Item name="due_date" label={t("due.title")} rules={[dayRule]} hidden={left === "fail"}>
            <DayInput />
          </Form.Item>
          <Form.Item name="performed_by" label={t("calibration.performed_by")}>
            <Input maxLength={150} />
          </Form.Item>
          <Form.Item name="certificate_number" label={t("calibration.certificate")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
        <Form.Item name="remark" label={t("calibration.remark")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {fails && (
          <div className="consequence" role="status">
            <Shape name="st-alert" />
            <div>
              {found === "fail" && <p>{t("calibration.holds", { since: moment(since) })}</p>}
              {left === "fail" && <p>{t("calibration.goes_out")}</p>}
            </div>
          </div>
        )}
      </FormPanel>
    </Modal>
  );
}

const FIELDS = ["reference", "as_found", "as_left", "max_error"] as const;

function Points({ unit }: { unit: string }) {
  const { t } = useTranslation("equipment");
  const points = (Form.useWatch("points") ?? []) as TypedPoint[];
  return (
    <Form.List name="points">
      {(fields, { add, remove }) => (
        <>
          <table className="points">
            <thead>
              <tr>
                {FIELDS.map((name) => (
                  <th key={name} scope="col">
                    {t(`point.${name}`)} <span className="unit">{unit}</span>
                  </th>
                ))}
                <th scope="col">{t("point.error")}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {fields.map(({ key, name }) => (
                <tr key={key}>
                  {FIELDS.map((field) => (
                    <td key={field}>
                      <Form.Item name={[name, field]} noStyle>
                        <Input size="small" inputMode="decimal" autoComplete="off" aria-label={`${t(`point.${field}`)} ${name + 1}`} />
                      </Form.Item>
                    </td>
                  ))}
                  <td className="number">
                    <PointError point={points[name] ?? {}} />
                  </td>
                  <td>
                    {fields.length > 1 && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("point.remove", { number: name + 1 })} onClick={() => remove(name)} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => add({ max_error: points.at(-1)?.max_error })}>
            {t("point.add")}
          </Button>
        </>
      )}
    </Form.List>
  );
}

/** The error as found, and as left where something was adjusted, by shape and number. */
function PointError({ point }: { point: TypedPoint }) {
  const errors = [errorOf(point.reference, point.as_found), point.as_left ? errorOf(point.reference, point.as_left) : null];
  return (
    <>
      {errors.map((error, at) => {
        if (error === null) return null;
        const off = isOff(error, point.max_error);
        return (
          <span key={at} className={off ? "late" : ""}>
            {at > 0 && " → "}
            {off !== null && <Shape name={off ? "rd-out" : "rd-in"} size={12} />} {error.startsWith("-") ? error : `+${error}`}
          </span>
        );
      })}
    </>
  );
}
