// The conversation with django-allauth: its 401 says which step comes next.
import { flowsOf, signInHttp } from "./client";
import { answerPasskey } from "./passkeys";
import { halfWidth } from "./quantities";

export type Step =
  | { kind: "done" }
  | { kind: "second"; types: string[] }
  | { kind: "refused"; code: string; message: string };

interface Answer {
  status?: number;
  errors?: { code: string; message: string }[];
}

/** What an answer of the sign-in endpoints asks for next. */
function next(status: number, body: unknown): Step {
  const answer = (body ?? {}) as Answer;
  if (status === 200) return { kind: "done" };
  if (status === 429) return { kind: "refused", code: "too_many_login_attempts", message: "" };
  if (status === 401) {
    const second = flowsOf(body).find((f) => f.id === "mfa_authenticate" && f.is_pending);
    if (second) return { kind: "second", types: second.types ?? [] };
    return { kind: "refused", code: "account_inactive", message: "" };
  }
  const first = answer.errors?.[0];
  return { kind: "refused", code: first?.code ?? "failed", message: first?.message ?? "" };
}

type Sent = Promise<{ data?: unknown; error?: unknown; response: Response }>;

async function send(call: Sent): Promise<Step> {
  try {
    const { data, error, response } = await call;
    return next(response.status, data ?? error);
  } catch {
    return { kind: "refused", code: "no_connection", message: "" };
  }
}

export function signInWithPassword(username: string, password: string): Promise<Step> {
  return send(signInHttp.POST("/_allauth/browser/v1/auth/login", { body: { username, password } as never }));
}

export function signInWithCode(code: string): Promise<Step> {
  return send(signInHttp.POST("/_allauth/browser/v1/auth/2fa/authenticate", { body: { code } }));
}

const BY_PASSKEY = {
  login: "/_allauth/browser/v1/auth/webauthn/login",
  authenticate: "/_allauth/browser/v1/auth/webauthn/authenticate",
  reauthenticate: "/_allauth/browser/v1/auth/webauthn/reauthenticate",
} as const;

/** A passkey instead of the password, as the second step after it, or as a fresh proof. */
export async function passkeyTo(purpose: keyof typeof BY_PASSKEY): Promise<Step> {
  const path = BY_PASSKEY[purpose];
  const asked = await signInHttp.GET(path);
  if (!asked.data) return next(asked.response.status, asked.error);
  let credential;
  try {
    credential = await answerPasskey((asked.data as { data?: unknown }).data);
  } catch {
    return { kind: "refused", code: "passkey_cancelled", message: "" };
  }
  return send(signInHttp.POST(path, { body: { credential } as never }));
}

/** Prove again who is here: by the code that the app shows now, or by the password. */
export function reauthenticate(secret: string): Promise<Step> {
  const code = halfWidth(secret).replace(/\s/g, "");
  return /^\d{6}$/.test(code)
    ? send(signInHttp.POST("/_allauth/browser/v1/auth/2fa/reauthenticate", { body: { code } }))
    : send(signInHttp.POST("/_allauth/browser/v1/auth/reauthenticate", { body: { password: secret } }));
}

export async function signOut(): Promise<void> {
  await signInHttp.DELETE("/_allauth/browser/v1/auth/session");
}

/** The company accounts that this installation offers, by name. */
export async function providers(): Promise<{ id: string; name: string }[]> {
  const { data } = await signInHttp.GET("/_allauth/browser/v1/config");
  const config = data as { data?: { socialaccount?: { providers?: { id: string; name: string }[] } } };
  return config?.data?.socialaccount?.providers ?? [];
}

/** Where somebody stands who comes back from the company: done, its refusal, or a second step. */
export async function backFromCompany(): Promise<Step | null> {
  const refused = new URLSearchParams(location.search).get("error");
  if (refused) return { kind: "refused", code: refused, message: "" };
  const step = await send(signInHttp.GET("/_allauth/browser/v1/auth/session"));
  return step.kind === "refused" ? null : step;
}

/** Leave for the company's sign-in page; only a form may do that (a fetch cannot be redirected). */
export function goToProvider(id: string): void {
  const token = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  const form = document.createElement("form");
  form.method = "POST";
  form.action = "/_allauth/browser/v1/auth/provider/redirect";
  const values = { provider: id, callback_url: `${location.origin}/`, process: "login", csrfmiddlewaretoken: token };
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
