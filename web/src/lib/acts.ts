// A write of the API as a hook: one idempotency key a content, so that a double submit, a second
// press after a lost answer and a repeat after a new sign-in have one effect.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { paths } from "@/api/schema";
import { http, isProblem, type Problem } from "./client";

type Method = "post" | "patch" | "put" | "delete";
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O>
  ? O
  : never;
type Answers<O> = O extends { responses: infer R }
  ? R extends { 200: { content: { "application/json": infer A } } }
    ? A
    : R extends { 201: { content: { "application/json": infer A } } }
      ? A
      : unknown
  : never;

type PathOf<O> = O extends { parameters: { path: infer Q } } ? { path: Q } : unknown;
type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer B } } }
  ? { body: B }
  : unknown;
type VersionOf<O> = O extends { parameters: { header: { "If-Match": string } } }
  ? { version: number }
  : unknown;

/** What an act needs: the ids in its address, the version that was seen, its content. */
export type ActInit<P extends keyof paths, M extends Method> = PathOf<Operation<P, M>> &
  BodyOf<Operation<P, M>> &
  VersionOf<Operation<P, M>>;

/** What went wrong without an answer of the server. */
export const NO_ANSWER: Problem = {
  type: "about:blank",
  title: "lib.no_answer",
  status: 0,
  code: "lib.no_answer",
  detail: "",
  remedy: "",
  data: {},
  trace_id: "",
};

/** The refusal in whatever was thrown; a lost connection is `lib.no_answer`. */
export function asProblem(error: unknown): Problem {
  return isProblem(error) ? error : NO_ANSWER;
}

export function useAct<M extends Method, P extends PathsWith<M>>(
  method: M,
  path: P,
  options: { onDone?: (answer: Answers<Operation<P, M>>) => void } = {},
) {
  const queries = useQueryClient();
  const last = useRef({ content: "", key: "" });
  return useMutation<Answers<Operation<P, M>>, Problem, ActInit<P, M>>({
    mutationKey: [method, path],
    mutationFn: async (init) => {
      const content = JSON.stringify(init);
      if (last.current.content !== content) {
        last.current = { content, key: crypto.randomUUID() };
      }
      const given = init as { path?: object; body?: object; version?: number };
      const headers = new Headers({ "Idempotency-Key": last.current.key });
      if (given.version !== undefined) headers.set("If-Match", `"${given.version}"`);
      const send = http[method.toUpperCase() as "POST"] as (
        path: string,
        init: unknown,
      ) => Promise<{ data?: unknown; error?: unknown }>;
      let result;
      try {
        result = await send(path, { params: { path: given.path }, body: given.body, headers });
      } catch {
        throw NO_ANSWER;
      }
      if (result.error !== undefined) throw asProblem(result.error);
      last.current = { content: "", key: "" };
      return result.data as Answers<Operation<P, M>>;
    },
    onSuccess: async (answer) => {
      // Whatever was written may show anywhere: everything in view is asked again.
      await queries.invalidateQueries();
      options.onDone?.(answer);
    },
  });
}
