// Who is signed in, and what he may do anywhere.
import { api, http, type Schemas } from "./client";

export type Me = Schemas["MeOut"];

/** Whether the page was loaded with a session; nobody's page does not ask who he is. */
export function startedSignedIn(): boolean {
  return document.querySelector<HTMLMetaElement>("meta[name=signed-in]")?.content !== "no";
}

export function useMe(isAsked = true) {
  return api.useQuery("get", "/api/v1/me", {}, { staleTime: 60_000, retry: false, enabled: isAsked });
}

/** Whether the person holds the permission somewhere; the server decides about each object. */
export function useMay(): (operation: string) => boolean {
  const me = useMe();
  const held = new Set(me.data?.operations.map((right) => right.operation));
  return (operation) => held.has(operation);
}

type Own = Schemas["SelfEdit"];
let kept: Promise<unknown> = Promise.resolve();

/**
 * Keep one's own language and display with the account: one change after the other, each on the
 * version that the one before left. Another device's choice may be overwritten; nothing depends on it.
 */
export function keepOwn(body: Own): void {
  kept = kept
    .then(async () => {
      const { data } = await http.GET("/api/v1/me");
      if (!data) return;
      const header = { "If-Match": `"${data.version}"`, "Idempotency-Key": crypto.randomUUID() };
      await http.PATCH("/api/v1/me", { params: { header }, body });
    })
    .catch(() => undefined); // this browser has it already; the account gets the next choice
}
