// One's own new password; the current one is asked, and every other session ends.
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { signInApi } from "@/lib/client";
import { say } from "@/ui/said";
import { Panel } from "@/ui/frames/RecordPage";
import { codesOf, useRefusal } from "./refusals";

interface Values {
  current: string;
  fresh: string;
}

export function PasswordPanel() {
  const { t } = useTranslation("account");
  const sentence = useRefusal();
  const [form] = Form.useForm<Values>();
  const change = signInApi.useMutation("post", "/_allauth/browser/v1/account/password/change", {
    onSuccess: () => {
      form.resetFields();
      say(t("password.changed"));
    },
  });
  return (
    <Panel title={t("password.title")} note={t("password.rule")}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ current, fresh }) =>
          change.mutate({ body: { current_password: current, new_password: fresh } })
        }
      >
        <div className="account-pair">
          <Form.Item name="current" label={t("password.current")} rules={[{ required: true, message: t("needed") }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="fresh"
            label={t("password.new")}
            rules={[
              { required: true, message: t("needed") },
              { min: 8, message: t("refused.password_too_short") },
              ({ getFieldValue }) => ({
                validator: (_, value: string) =>
                  value && value === getFieldValue("current")
                    ? Promise.reject(new Error(t("refused.password_unchanged")))
                    : Promise.resolve(),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        {change.error && <Alert type="error" showIcon role="alert" title={sentence(codesOf(change.error))} />}
        <div className="row">
          <Button htmlType="submit" loading={change.isPending}>
            {t("password.change")}
          </Button>
          <span className="meta">{t("password.others_end")}</span>
        </div>
      </Form>
    </Panel>
  );
}
