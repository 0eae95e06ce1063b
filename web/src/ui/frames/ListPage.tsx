// The list frame: filters, search, sort, columns and views in the URL; rows paged by cursor as one
// scrolls; export; bulk acts. A list page declares its path and columns and nothing else.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table, type TableColumnType } from "antd";
import { type Key, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { http, type Problem } from "@/lib/client";
import { asProblem, NO_ANSWER } from "@/lib/acts";
import type { ListPath, RowOf } from "@/lib/lists";
import { useHeight } from "@/lib/size";
import { ProblemPanel } from "../Problem";
import { Empty, Loading } from "../states";
import { asQuery, ListTools, type Filter } from "./ListTools";
import { useListState } from "./list-state";
import "./list.css";

export interface Column<Row> {
  key: string;
  title: string;
  width: number;
  render: (row: Row) => ReactNode;
  /** The field of the API to sort by; without it the column cannot be sorted. */
  sort?: string;
  align?: "right";
  /** Stays in sight at the right when the others are scrolled. */
  isPinned?: boolean;
  /** Shown only when somebody chose it. */
  isExtra?: boolean;
}

interface Props<P extends ListPath> {
  path: P;
  title: string;
  columns: Column<RowOf<P>>[];
  filters?: Filter[];
  /** What always holds on this page and is not shown as a filter. */
  fixed?: Record<string, string | undefined>;
  empty: ReactNode;
  /** Acts on the chosen rows; rows can be chosen only when it is given. */
  bulk?: (rows: RowOf<P>[], clear: () => void) => ReactNode;
  actions?: ReactNode;
  rowClass?: (row: RowOf<P>) => string;
  /** The heading that a row belongs under; rows of one heading follow one another. */
  group?: (row: RowOf<P>) => Group;
  /** Whether the endpoint searches texts; without it no search is offered. */
  isSearchable?: boolean;
  /** How the rows are sorted until somebody sorts them: a field of the API, "-" before it for down. */
  defaultSort?: string;
}

export interface Group {
  key: string;
  title: ReactNode;
}

interface PageOfRows<Row> {
  items: Row[];
  next_cursor: string | null;
  /** How many rows there are in all; counted with the first page. */
  total?: number | null;
}

/** The rows of a list as they are scrolled to. */
function useRows<P extends ListPath>(path: P, query: Record<string, string>) {
  return useInfiniteQuery<PageOfRows<RowOf<P>>, Problem>({
    queryKey: ["get", path, "rows", query],
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    queryFn: async ({ pageParam, signal }) => {
      const get = http.GET as (path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown }>;
      const cursor = pageParam === undefined ? { with_total: true } : { cursor: pageParam };
      const answer = await get(path, { params: { query: { ...query, ...cursor, limit: 100 } }, signal }).catch(
        (error: unknown) => {
          throw signal.aborted ? error : NO_ANSWER;
        },
      );
      if (answer.error !== undefined) throw asProblem(answer.error);
      return answer.data as PageOfRows<RowOf<P>>;
    },
  });
}

export function ListPage<P extends ListPath>(props: Props<P>) {
  const { path, title, columns, filters = [], fixed = {}, empty, bulk, actions, rowClass, group, isSearchable = true, defaultSort } = props;
  const { t } = useTranslation("ui");
  const state = useListState(filters.map((f) => f.name));
  const query = { ...(defaultSort ? { sort: defaultSort } : {}), ...asQuery(filters, state.query), ...dropUndefined(fixed) };
  const rows = useRows(path, query);
  const [chosen, setChosen] = useState<Key[]>([]);
  const [box, height] = useHeight<HTMLDivElement>();
  const shown = useMemo(() => rows.data?.pages.flatMap((page) => page.items) ?? [], [rows.data]);
  const visible = columns.filter((c) => (state.columns ? state.columns.includes(c.key) : !c.isExtra));
  const lines = useMemo(() => withHeadings(shown, group), [shown, group]);
  const tableColumns: TableColumnType<RowOf<P>>[] = visible.map((column, i) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    align: column.align,
    fixed: column.isPinned ? "right" : undefined,
    ellipsis: true,
    sorter: Boolean(column.sort),
    sortOrder: orderOf(state.sort || defaultSort || "", column.sort),
    onCell: (row) => (headingOf(row) ? { colSpan: i === 0 ? visible.length : 0 } : {}),
    render: (_, row) => headingOf(row)?.title ?? column.render(row),
  }));
  const scrolled = (event: React.UIEvent<HTMLElement>) => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    if (scrollHeight - scrollTop - clientHeight < 600 && rows.hasNextPage && !rows.isFetchingNextPage) {
      void rows.fetchNextPage();
    }
  };
  return (
    <section className="panel list" aria-label={title}>
      <header>
        <h1>{title}</h1>
        <span className="meta" role="status">
          {rows.data && t("list.count", { count: rows.data.pages[0]?.total ?? shown.length })}
        </span>
        <div className="end">{actions}</div>
      </header>
      <ListTools
        path={path}
        filters={filters}
        state={state}
        query={query}
        columns={columns.map((c) => ({ key: c.key, title: c.title }))}
        visible={visible.map((c) => c.key)}
        isSearchable={isSearchable}
      />
      {bulk && chosen.length > 0 && (
        <div className="list-bulk" role="toolbar" aria-label={t("list.bulk")}>
          <span>{t("list.chosen", { count: chosen.length })}</span>
          {bulk(
            shown.filter((row) => chosen.includes(row.id)),
            () => setChosen([]),
          )}
        </div>
      )}
      <div className="list-body" ref={box}>
        {rows.isPending && <Loading />}
        {rows.isError && !rows.data && (
          <ProblemPanel problem={asProblem(rows.error)} onRetry={() => void rows.refetch()} />
        )}
        {rows.data && shown.length === 0 && (state.isFiltered ? <NothingFound onClear={state.clear} /> : empty)}
        {shown.length > 0 && (
          <Table<RowOf<P>>
            virtual
            // a third press would take the sorting away, and with it what the page sorts by itself
            sortDirections={["ascend", "descend", "ascend"]}
            size="small"
            rowKey="id"
            columns={tableColumns}
            dataSource={lines}
            pagination={false}
            scroll={{ x: visible.reduce((sum, c) => sum + c.width, bulk ? 40 : 0), y: height - 40 }}
            onScroll={scrolled}
            rowClassName={(row) => (headingOf(row) ? "list-heading" : (rowClass?.(row) ?? ""))}
            rowSelection={
              bulk && {
                selectedRowKeys: chosen,
                onChange: setChosen,
                columnWidth: 40,
                getCheckboxProps: (row) => ({ disabled: Boolean(headingOf(row)) }),
              }
            }
            onChange={(_, __, sorter) => {
              const one = Array.isArray(sorter) ? sorter[0] : sorter;
              const field = columns.find((c) => c.key === one?.columnKey)?.sort;
              state.setSort(one?.order && field ? `${one.order === "descend" ? "-" : ""}${field}` : "");
            }}
          />
        )}
      </div>
    </section>
  );
}

const HEADING = Symbol("heading");

function headingOf(row: object): Group | undefined {
  return (row as { [HEADING]?: Group })[HEADING];
}

/** The rows with a line of its own before the first of each group. */
function withHeadings<Row extends { id: string }>(rows: Row[], group?: (row: Row) => Group): Row[] {
  if (!group) return rows;
  let last = "";
  return rows.flatMap((row) => {
    const heading = group(row);
    if (heading.key === last) return [row];
    last = heading.key;
    return [{ id: `heading/${heading.key}`, [HEADING]: heading } as unknown as Row, row];
  });
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation("ui");
  return (
    <Empty title={t("list.nothing_found")}>
      <button type="button" className="link" onClick={onClear}>
        {t("list.clear_filters")}
      </button>
    </Empty>
  );
}

function orderOf(sort: string, field?: string) {
  if (!field) return undefined;
  if (sort === field) return "ascend" as const;
  return sort === `-${field}` ? ("descend" as const) : null;
}

function dropUndefined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((e): e is [string, string] => e[1] !== undefined),
  );
}
