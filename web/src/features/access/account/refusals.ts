// What the sign-in endpoints refuse, in the person's words: they answer codes, not our sentences.
import { useTranslation } from "react-i18next";

const KNOWN = [
  "enter_current_password",
  "password_too_short",
  "password_too_common",
  "password_entirely_numeric",
  "password_too_similar",
  "password_unchanged",
  "incorrect_code",
  "incorrect_password",
  "too_many_login_attempts",
  "rate_limited",
  "passkey_cancelled",
  "no_connection",
] as const;

/** The codes in an answer; without an answer `no_connection`. */
export function codesOf(error: unknown): string[] {
  const answer = error as { status?: number; errors?: { code: string }[] } | null;
  if (!answer?.status) return ["no_connection"];
  if (answer.status === 429) return ["rate_limited"];
  return answer.errors?.map((one) => one.code) ?? ["failed"];
}

/** The sentence of a refused change, the first that is known. */
export function useRefusal(): (codes: string[]) => string {
  const { t } = useTranslation("account");
  return (codes) => {
    const code = KNOWN.find((known) => codes.includes(known));
    return t(`refused.${code ?? "failed"}`);
  };
}
