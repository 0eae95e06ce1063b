// The second step at sign-in by an authenticator app, and the recovery codes that stand in for it.
import { Alert, Button, Form, Input, Popconfirm, QRCode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { signInApi } from "@/lib/client";
import { day, fromNow } from "@/lib/dates";
import { halfWidth } from "@/lib/quantities";
import { say } from "@/ui/said";
import { Panel } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { useAuthenticators } from "./authenticators";
import { RecoveryCodes } from "./RecoveryCodes";
import { codesOf, useRefusal } from "./refusals";

const TOTP = "/_allauth/browser/v1/account/authenticators/totp";
const RECOVERY = "/_allauth/browser/v1/account/authenticators/recovery-codes";

interface Fresh {
  secret: string;
  url: string;
}

export function SecondFactorPanel() {
  const { t } = useTranslation("account");
  const sentence = useRefusal();
  const { all, totp, recovery } = useAuthenticators();
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const refetch = () => void all.refetch();
  // each question makes a new secret, so it is asked when somebody begins and never by itself
  const begin = signInApi.useMutation("get", TOTP, {
    onError: (answer) => {
      const meta = (answer as { meta?: { secret: string; totp_url: string } }).meta;
      if (meta) setFresh({ secret: meta.secret, url: meta.totp_url });
    },
  });
  const look = signInApi.useMutation("get", RECOVERY, { onSuccess: ({ data }) => setCodes(data.unused_codes) });
  const renew = signInApi.useMutation("post", RECOVERY, { onSuccess: () => look.mutate({}) });
  const confirm = signInApi.useMutation("post", TOTP, {
    onSuccess: () => {
      setFresh(null);
      refetch();
      if (!recovery) look.mutate({});
      say(t("totp.is_on"));
    },
  });
  const remove = signInApi.useMutation("delete", TOTP, { onSuccess: refetch });
  const failed = confirm.error ?? remove.error ?? renew.error ?? look.error;
  return (
    <Panel title={t("totp.title")} note={totp && t("totp.on_since", { date: day(new Date(totp.created_at * 1000)) })}>
      <Shown of={all}>
        {() => (
          <div className="stack">
            {codes ? (
              <RecoveryCodes
                codes={codes}
                onDone={() => {
                  setCodes(null);
                  refetch();
                }}
              />
            ) : fresh ? (
              <SetUp
                fresh={fresh}
                isSending={confirm.isPending}
                onCode={(code) => confirm.mutate({ body: { code } })}
                onCancel={() => setFresh(null)}
              />
            ) : (
              <p>{t(totp ? "totp.on" : "totp.off")}</p>
            )}
            {failed && <Alert type="error" showIcon role="alert" title={sentence(codesOf(failed))} />}
            {!codes && !fresh && (
              <div className="row">
                {!totp && (
                  <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({})}>
                    {t("totp.set_up")}
                  </Button>
                )}
                {recovery && (
                  <Button loading={renew.isPending || look.isPending} onClick={() => renew.mutate({})}>
                    {t("recovery.renew")}
                  </Button>
                )}
                {totp && (
                  <Popconfirm title={t("totp.really_off")} okText={t("totp.turn_off")} onConfirm={() => remove.mutate({})}>
                    <Button loading={remove.isPending}>{t("totp.turn_off")}</Button>
                  </Popconfirm>
                )}
                <span className="meta">
                  {[
                    recovery && t("recovery.left", { count: recovery.unused_code_count, total: recovery.total_code_count }),
                    totp?.last_used_at && t("last_used", { when: fromNow(new Date(totp.last_used_at * 1000)) }),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </div>
            )}
          </div>
        )}
      </Shown>
    </Panel>
  );
}

interface SetUpProps {
  fresh: Fresh;
  isSending: boolean;
  onCode: (code: string) => void;
  onCancel: () => void;
}

function SetUp({ fresh, isSending, onCode, onCancel }: SetUpProps) {
  const { t } = useTranslation("account");
  return (
    <div className="account-setup">
      {/* cameras want dark on light, in either theme */}
      <QRCode value={fresh.url} size={168} bordered={false} color="black" bgColor="white" aria-label={t("totp.picture")} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }: { code: string }) => onCode(halfWidth(code).replace(/\s/g, ""))}
      >
        <ol className="account-steps">
          <li>{t("totp.step_app")}</li>
          <li>
            {t("totp.step_secret")} <code className="code account-secret">{fresh.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
          </li>
          <li>{t("totp.step_code")}</li>
        </ol>
        <Form.Item name="code" label={t("totp.code")} rules={[{ required: true, message: t("needed") }]}>
          <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={8} className="account-code" />
        </Form.Item>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={isSending}>
            {t("totp.confirm")}
          </Button>
          <Button onClick={onCancel}>{t("cancel")}</Button>
        </div>
      </Form>
    </div>
  );
}
