// Passkeys: from the JSON that django-allauth sends to the browser's own dialog, and back.

interface Request {
  request_options?: { publicKey?: PublicKeyCredentialRequestOptionsJSON };
}
interface Creation {
  creation_options?: { publicKey?: PublicKeyCredentialCreationOptionsJSON };
}

/** Passkeys need a secure address with a name (they belong to a name, never to a number). */
export function canUsePasskeys(): boolean {
  return (
    !/^[\d.]+$|:/.test(location.hostname) &&
    typeof PublicKeyCredential !== "undefined" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

/** Ask the authenticator to prove who is here; throws when the person cancels. */
export async function answerPasskey(data: unknown): Promise<Record<string, unknown>> {
  const options = (data as Request).request_options?.publicKey;
  if (!options) throw new Error("no request options");
  const credential = (await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  })) as PublicKeyCredential;
  return credential.toJSON() as unknown as Record<string, unknown>;
}

/** Make a new passkey; throws when the person cancels. */
export async function makePasskey(data: unknown): Promise<Record<string, unknown>> {
  const options = (data as Creation).creation_options?.publicKey;
  if (!options) throw new Error("no creation options");
  const credential = (await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  })) as PublicKeyCredential;
  return credential.toJSON() as unknown as Record<string, unknown>;
}
