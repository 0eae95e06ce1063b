// The two generated clients, and the only place that speaks HTTP.
import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import type { components, paths } from "@/api/schema";
import type { paths as SignInPaths } from "@/api/sign-in";
import { currentLanguage } from "./i18n";
import { prove } from "./proof";
import { session } from "./session";

export type Schemas = components["schemas"];
export type Problem = Omit<Schemas["Problem"], "code"> & { code: string };
/** Paths of lists, of reads, of writes: for what is generic over endpoints. */
export type Paths = paths;

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

function csrfToken(): string {
  return /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

function withHeaders(request: Request): void {
  request.headers.set("Accept-Language", currentLanguage());
  if (WRITES.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
}

/** Copies of the requests under way, since a sent request has no body left to send again. */
const sent = new WeakMap<Request, Request>();

const atTheEdge: Middleware = {
  onRequest({ request }) {
    withHeaders(request);
    if (WRITES.has(request.method) && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    }
    sent.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response }) {
    if (response.status !== 401) return response;
    const again = sent.get(request);
    // The session ended in the middle of something: sign in over it, then go on with it.
    if (!again || !(await session.renew())) return response;
    withHeaders(again);
    return globalThis.fetch(again);
  },
};

export const http = createFetchClient<paths, "application/json">({ baseUrl: "", fetch: (r) => globalThis.fetch(r) });
http.use(atTheEdge);

/** Hooks over `http`: `api.useQuery("get", "/api/v1/lots", …)`. */
export const api = createQueryClient(http);

/** What may follow a 401 about one's own account; signing in itself answers it in lib/sign-in.ts. */
const OWN_ACCOUNT = /\/v1\/(?:account\/|auth\/sessions$)/;

const signInEdge: Middleware = {
  onRequest({ request }) {
    withHeaders(request);
    sent.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response }) {
    const again = sent.get(request);
    if (response.status !== 401 || !again || !OWN_ACCOUNT.test(request.url)) return response;
    const flows = flowsOf(await response.clone().json());
    const asked = flows.filter((flow) => /reauthenticate$/.test(flow.id));
    const goesOn = asked.length
      ? await prove(asked.flatMap((flow) => flow.types ?? []))
      : await session.renew();
    if (!goesOn) return response;
    withHeaders(again);
    return globalThis.fetch(again);
  },
};

export interface Flow {
  id: string;
  is_pending?: boolean;
  types?: string[];
}

/** The next steps that an answer of the sign-in endpoints names. */
export function flowsOf(answer: unknown): Flow[] {
  return (answer as { data?: { flows?: Flow[] } } | null)?.data?.flows ?? [];
}

/** django-allauth's own endpoints, with their own conventions: 401 tells what to do next. */
export const signInHttp = createFetchClient<SignInPaths>({
  baseUrl: "",
  fetch: (r) => globalThis.fetch(r),
});
signInHttp.use(signInEdge);

/** Hooks over `signInHttp`, for the person's own account. */
export const signInApi = createQueryClient(signInHttp);

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error && "remedy" in error;
}
