// What every list endpoint has in common, as types over the generated paths.
import type { paths } from "@/api/schema";

type PageOf<Row> = { items: Row[]; next_cursor: string | null };
type Get<P extends keyof paths> = paths[P] extends { get: infer G } ? G : never;
type Answer<G> = G extends { responses: { 200: { content: { "application/json": infer A } } } }
  ? A
  : never;

/** The paths that answer pages. */
export type ListPath = {
  [P in keyof paths]: Answer<Get<P>> extends PageOf<unknown> ? P : never;
}[keyof paths];

/** The row of a list. */
export type RowOf<P extends ListPath> =
  Answer<Get<P>> extends PageOf<infer Row> ? Row & { id: string } : never;

/** The query of a list: filters, search, sort. */
export type QueryOf<P extends ListPath> =
  Get<P> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
