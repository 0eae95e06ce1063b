// Passkeys: this device or a key instead of the password.
import { Alert, Button, Form, Input, Popconfirm, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { signInApi, signInHttp } from "@/lib/client";
import { day, fromNow } from "@/lib/dates";
import { canUsePasskeys, makePasskey } from "@/lib/passkeys";
import { say } from "@/ui/said";
import { Panel } from "@/ui/frames/RecordPage";
import { Empty, Shown } from "@/ui/states";
import { useAuthenticators } from "./authenticators";
import { codesOf, useRefusal } from "./refusals";

const PATH = "/_allauth/browser/v1/account/authenticators/webauthn";

type Passkey = ReturnType<typeof useAuthenticators>["passkeys"][number];

/** Ask the browser for a new passkey and keep it; the codes of what refused it, or none. */
async function add(name: string): Promise<string[]> {
  const asked = await signInHttp.GET(PATH, { params: { query: { passwordless: true } } as never });
  if (asked.error) return codesOf(asked.error);
  let credential;
  try {
    credential = await makePasskey((asked.data as { data?: unknown }).data);
  } catch {
    return ["passkey_cancelled"];
  }
  const { error } = await signInHttp.POST(PATH, { body: { name, credential } as never });
  return error ? codesOf(error) : [];
}

export function PasskeysPanel() {
  const { t } = useTranslation("account");
  const sentence = useRefusal();
  const { all, passkeys } = useAuthenticators();
  const [form] = Form.useForm<{ name: string }>();
  const [refused, setRefused] = useState<string[]>([]);
  const [isAdding, setAdding] = useState(false);
  const remove = signInApi.useMutation("delete", PATH, { onSuccess: () => void all.refetch() });
  const begin = async ({ name }: { name: string }) => {
    setAdding(true);
    const codes = await add(name).catch(() => ["no_connection"]);
    setAdding(false);
    setRefused(codes);
    if (codes.length) return;
    form.resetFields();
    say(t("passkeys.added", { name }));
    void all.refetch();
  };
  return (
    <Panel isFlush title={t("passkeys.title")} note={t("passkeys.what")}>
      <Shown of={all}>
        {() =>
          passkeys.length === 0 ? (
            <Empty title={t("passkeys.none")} />
          ) : (
            <Table<Passkey>
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={passkeys}
              scroll={{ x: "max-content" }}
              columns={[
                { title: t("passkeys.name"), dataIndex: "name", className: "code" },
                { title: t("passkeys.since"), render: (_, key) => day(new Date(key.created_at * 1000)) },
                {
                  title: t("passkeys.used"),
                  render: (_, key) => (key.last_used_at ? fromNow(new Date(key.last_used_at * 1000)) : t("passkeys.never")),
                },
                {
                  title: "",
                  align: "right",
                  render: (_, key) => (
                    <Popconfirm
                      title={t("passkeys.really_remove", { name: key.name })}
                      okText={t("passkeys.remove")}
                      onConfirm={() => remove.mutate({ body: { authenticators: [key.id] } })}
                    >
                      <Button size="small" aria-label={t("passkeys.remove_one", { name: key.name })}>
                        {t("passkeys.remove")}
                      </Button>
                    </Popconfirm>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
      <div className="account-below stack">
        {canUsePasskeys() ? (
          <Form form={form} layout="inline" requiredMark={false} onFinish={(values: { name: string }) => void begin(values)}>
            <Form.Item name="name" label={t("passkeys.new_name")} rules={[{ required: true, max: 100, message: t("needed") }]}>
              <Input placeholder={t("passkeys.example")} />
            </Form.Item>
            <Button htmlType="submit" loading={isAdding}>
              {t("passkeys.add")}
            </Button>
          </Form>
        ) : (
          <p className="meta">{t("passkeys.not_here")}</p>
        )}
        {refused.length > 0 && <Alert type="error" showIcon role="alert" title={sentence(refused)} />}
        {remove.error && <Alert type="error" showIcon role="alert" title={sentence(codesOf(remove.error))} />}
      </div>
    </Panel>
  );
}
