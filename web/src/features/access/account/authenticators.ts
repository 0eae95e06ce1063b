// The second factors of one's account, as the sign-in endpoints list them.
import { signInApi } from "@/lib/client";

const PATH = "/_allauth/browser/v1/account/authenticators";

export function useAuthenticators() {
  const all = signInApi.useQuery("get", PATH);
  const list = all.data?.data ?? [];
  return {
    all,
    totp: list.find((one) => one.type === "totp"),
    recovery: list.find((one) => one.type === "recovery_codes"),
    passkeys: list.filter((one) => one.type === "webauthn"),
  };
}
