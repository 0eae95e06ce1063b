// Who is signed in, and what he may do anywhere.
import { api, type Schemas } from "./client";

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
