// Password, then the second step when the account has one; or a passkey, or the company account.
import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { canUsePasskeys } from "@/lib/passkeys";
import {
  backFromCompany,
  goToProvider,
  passkeyTo,
  providers,
  signInWithCode,
  signInWithPassword,
  type Step,
} from "@/lib/sign-in";

const KNOWN = [
  "username_password_mismatch",
  "too_many_login_attempts",
  "incorrect_code",
  "account_inactive",
  "no_connection",
  "passkey_cancelled",
  "no_account",
  "email_not_verified",
  "already_linked",
  "unreachable",
  "cancelled",
] as const;

interface Props {
  /** Known when a lost session is renewed: only that person may go on with this page. */
  username?: string;
  onDone: () => void;
}

export function SignIn({ username, onDone }: Props) {
  const { t } = useTranslation("app");
  const [second, setSecond] = useState<string[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [companies, setCompanies] = useState<{ id: string; name: string }[]>([]);
  useEffect(() => {
    providers().then(setCompanies, () => undefined);
    backFromCompany().then(
      (step) => {
        if (step?.kind === "refused") setRefused(step.code);
        if (step?.kind === "second") setSecond(step.types);
      },
      () => undefined,
    );
  }, []);
  const go = async (call: Promise<Step>) => {
    setSending(true);
    const next = await call;
    setSending(false);
    if (next.kind === "done") return onDone();
    setRefused(next.kind === "refused" ? next.code : null);
    if (next.kind === "second") setSecond(next.types);
  };
  const sentence = refused && (KNOWN.find((code) => code === refused) ?? "failed");
  const message = sentence && <Alert type="error" showIcon role="alert" title={t(`sign_in.${sentence}`)} />;
  if (second) {
    return (
      <Form key="second" layout="vertical" onFinish={({ code }: { code: string }) => void go(signInWithCode(code))}>
        <Form.Item name="code" label={t("sign_in.code")} rules={[{ required: true }]}>
          <Input autoFocus size="large" autoComplete="one-time-code" inputMode="numeric" />
        </Form.Item>
        {message}
        <Button block type="primary" size="large" htmlType="submit" loading={isSending} className="sign-in-go">
          {t("sign_in.confirm")}
        </Button>
        {second.includes("webauthn") && canUsePasskeys() && (
          <Button block size="large" onClick={() => void go(passkeyTo("authenticate"))}>
            {t("sign_in.passkey")}
          </Button>
        )}
      </Form>
    );
  }
  return (
    <Form
      key="first"
      layout="vertical"
      initialValues={{ username }}
      onFinish={(v: { username: string; password: string }) => void go(signInWithPassword(v.username, v.password))}
    >
      <Form.Item name="username" label={t("sign_in.username")} rules={[{ required: true }]}>
        <Input size="large" prefix={<UserOutlined />} autoComplete="username" readOnly={Boolean(username)} autoFocus={!username} />
      </Form.Item>
      <Form.Item name="password" label={t("sign_in.password")} rules={[{ required: true }]}>
        <Input.Password size="large" prefix={<LockOutlined />} autoComplete="current-password" autoFocus={Boolean(username)} />
      </Form.Item>
      {message}
      <Button block type="primary" size="large" htmlType="submit" loading={isSending} className="sign-in-go">
        {t(username ? "sign_in.go_on" : "sign_in.title")}
      </Button>
      <div className="sign-in-others">
        {canUsePasskeys() && (
          <Button size="large" onClick={() => void go(passkeyTo("login"))}>
            {t("sign_in.passkey")}
          </Button>
        )}
        {!username &&
          companies.map((company) => (
            <Button key={company.id} size="large" onClick={() => goToProvider(company.id)}>
              {t("sign_in.company", { name: company.name })}
            </Button>
          ))}
      </div>
    </Form>
  );
}
