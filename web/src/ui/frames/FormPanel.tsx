// The form frame: a panel of label, value and where it came from; at most five required fields;
// what was typed is kept as a draft until it was sent.
import { Button, Form, type FormInstance } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/client";
import { dropDraft, keepDraft, readDraft } from "@/lib/drafts";
import { fieldSentences, ProblemPanel } from "../Problem";

interface Props<Values extends object> {
  /** What the draft is kept under: form and record, such as "hold/0192…". */
  draft: string;
  form: FormInstance<Values>;
  initial: Partial<Values>;
  /** The primary action, named with its object: "Hold L-0042". */
  submit: string;
  problem: Problem | null;
  isSending: boolean;
  onSubmit: (values: Values) => void;
  /** Told what was changed, for what one field proposes to another. */
  onChange?: (changed: Partial<Values>, values: Values) => void;
  onCancel?: () => void;
  children: ReactNode;
}

export function FormPanel<Values extends object>(props: Props<Values>) {
  const { draft, form, initial, submit, problem, isSending, onSubmit, onChange, onCancel, children } = props;
  const { t } = useTranslation("ui");
  useEffect(() => {
    const sentences = fieldSentences(problem);
    const fields = Object.entries(sentences).map(([name, sentence]) => ({
      name: name.split(".").map((p) => (/^\d+$/.test(p) ? Number(p) : p)),
      errors: [sentence],
    }));
    if (fields.length) form.setFields(fields as never);
  }, [form, problem]);
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={(label, { required }) => (
        <>
          {label}
          {!required && <span className="meta">&nbsp;{t("form.optional")}</span>}
        </>
      )}
      initialValues={{ ...initial, ...readDraft(draft) }}
      onValuesChange={(changed: Partial<Values>, values) => {
        keepDraft(draft, values);
        onChange?.(changed, values);
      }}
      onFinish={onSubmit}
      scrollToFirstError
    >
      {children}
      {problem && <ProblemPanel problem={problem} />}
      <div className="row form-actions">
        <Button type="primary" htmlType="submit" loading={isSending}>
          {submit}
        </Button>
        {onCancel && (
          <Button
            onClick={() => {
              dropDraft(draft);
              onCancel();
            }}
          >
            {t("form.cancel")}
          </Button>
        )}
      </div>
    </Form>
  );
}
