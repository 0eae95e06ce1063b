// What people are called whose ids the answers hold: all ids on screen go out as one question.
import { useQuery } from "@tanstack/react-query";
import { asProblem, NO_ANSWER } from "./acts";
import { http, type Problem, type Schemas } from "./client";

export type PersonNamed = Schemas["PersonOut"];

/** As many ids as the server takes at once. */
const MOST = 200;
const GATHER_MILLISECONDS = 10;

interface Waiting<Answer> {
  id: string;
  done: (answer: Answer | null) => void;
  failed: (error: unknown) => void;
}

/**
 * One id's answer each from a question about many: ids asked for within a moment go out together,
 * each once, `most` at a time. What the answer leaves out is null.
 */
export function gathered<Answer extends { id: string }>(
  ask: (ids: string[]) => Promise<Answer[]>,
  most: number,
): (id: string) => Promise<Answer | null> {
  let waiting: Waiting<Answer>[] = [];
  const send = () => {
    const all = waiting;
    waiting = [];
    const ids = [...new Set(all.map((one) => one.id))];
    for (let at = 0; at < ids.length; at += most) {
      const some = new Set(ids.slice(at, at + most));
      const of = all.filter((one) => some.has(one.id));
      ask([...some]).then(
        (answers) => {
          const byId = new Map(answers.map((answer) => [answer.id, answer]));
          for (const one of of) one.done(byId.get(one.id) ?? null);
        },
        (error: unknown) => of.forEach((one) => one.failed(error)),
      );
    }
  };
  return (id) =>
    new Promise((done, failed) => {
      if (!waiting.length) setTimeout(send, GATHER_MILLISECONDS);
      waiting.push({ id, done, failed });
    });
}

const nameOf = gathered<PersonNamed>(async (id) => {
  const answer = await http.GET("/api/v1/people", { params: { query: { id } } }).catch(() => {
    throw NO_ANSWER;
  });
  if (answer.error !== undefined) throw asProblem(answer.error);
  return answer.data.items;
}, MOST);

/** The person behind an id; a name changes so seldom that it is asked for once a page load. */
export function usePerson(id: string | null | undefined) {
  return useQuery<PersonNamed | null, Problem>({
    queryKey: ["people", id],
    queryFn: () => nameOf(id ?? ""),
    enabled: Boolean(id),
    staleTime: "static",
    gcTime: Infinity,
  });
}
