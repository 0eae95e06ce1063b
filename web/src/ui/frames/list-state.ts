// What a list shows (filters, search, sort, columns) lives in the URL: a link is a view.
import { useNavigate, useSearch } from "@tanstack/react-router";

export interface ListState {
  /** What goes to the API. */
  query: Record<string, string>;
  search: string;
  sort: string;
  columns: string[] | null;
  isFiltered: boolean;
  set: (name: string, value: string | undefined) => void;
  setSort: (sort: string) => void;
  setColumns: (columns: string[] | null) => void;
  clear: () => void;
  /** All of it, as a saved view keeps it. */
  all: Record<string, string>;
  apply: (all: Record<string, string>) => void;
}

export function useListState(filters: string[]): ListState {
  const given = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const all: Record<string, string> = {};
  for (const name of [...filters, "search", "sort", "columns"]) {
    const value = given[name];
    if (value !== undefined && value !== "") all[name] = String(value);
  }
  const go = (change: Record<string, string | undefined>) =>
    void navigate({
      to: ".",
      search: ((before: Record<string, unknown>) => ({ ...before, ...change })) as never,
      replace: true,
    });
  const { columns, ...query } = all;
  return {
    query,
    search: all.search ?? "",
    sort: all.sort ?? "",
    columns: columns ? columns.split(",") : null,
    isFiltered: Object.keys(all).some((name) => name !== "sort" && name !== "columns"),
    set: (name, value) => go({ [name]: value || undefined }),
    setSort: (sort) => go({ sort: sort || undefined }),
    setColumns: (chosen) => go({ columns: chosen?.join(",") }),
    clear: () => go(Object.fromEntries([...filters, "search"].map((name) => [name, undefined]))),
    all,
    apply: (view) =>
      go({
        ...Object.fromEntries([...filters, "search", "sort", "columns"].map((n) => [n, undefined])),
        ...view,
      }),
  };
}
