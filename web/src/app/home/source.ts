// A list in which work waits, with the rights that make it somebody's work.
import type { ListPath, RowOf } from "@/lib/lists";

/** One thing that waits. Texts that are not data are keys of the catalogue `home`. */
export interface Item {
  id: string;
  due: string | null;
  /** Its record, and where the button leads when that is not the record itself. */
  kind: string;
  recordId: string;
  number: string;
  to?: string;
  code?: string;
  title: string;
  partner?: string;
  amount?: string;
  unit?: string;
  /** Why it is here: key and values of `why`. */
  why?: { key: string; values?: Record<string, string | number> };
  /** Words that somebody wrote. */
  said?: string;
  act: string;
}

export interface Source {
  name: string;
  /** Whoever may do one of these has this work. */
  may: string[];
  path: ListPath;
  query: Record<string, string>;
  /** The page that shows the same list. */
  page: string;
  search: Record<string, string>;
  /** What the page is told besides the filters. */
  pageOnly?: Record<string, string>;
  /** In the table of my work; otherwise among the things that wait beside it. */
  isMain: boolean;
  /** Shown in the table only to people who have no work of their own, such as auditors. */
  isReading?: boolean;
  /** At most so many are shown; without it as many as there is room for. */
  most?: number;
  item: (row: never) => Omit<Item, "act"> & { act?: string };
}

export function source<P extends ListPath>(
  given: Omit<Source, "item" | "path" | "query" | "search"> & {
    path: P;
    /** The filters, the same for the list and for its page. */
    filters: Record<string, string>;
    sort?: string;
    item: (row: RowOf<P>) => Omit<Item, "act"> & { act?: string };
  },
): Source {
  const { filters, sort, ...rest } = given;
  return { ...rest, query: sort ? { ...filters, sort } : filters, search: { ...filters, ...given.pageOnly } } as Source;
}
