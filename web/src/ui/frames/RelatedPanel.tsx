// What other lists hold about a record: the first rows of each, how many there are, and the way to
// all of them. Shown to whoever may read that list.
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/acts";
import { http, type Problem } from "@/lib/client";
import type { ListPath, RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Cell, SimpleTable } from "../SimpleTable";
import { Shown } from "../states";
import { Panel } from "./RecordPage";

const FIRST = 10;

interface Props<P extends ListPath> {
  path: P;
  /** The permission that the list asks for. */
  permission: string;
  /** What the rows have to do with the record: `{ material_id: id }`. */
  query: Record<string, string>;
  title: string;
  columns: Cell<RowOf<P>>[];
  none: string;
  /** The address of the whole list. */
  all?: { to: string; search: Record<string, string> };
}

export function RelatedPanel<P extends ListPath>({ path, permission, query, title, columns, none, all }: Props<P>) {
  const { t } = useTranslation("ui");
  const may = useMay()(permission);
  const asked = { ...query, limit: FIRST, with_total: true };
  const rows = useQuery<{ items: RowOf<P>[]; total: number }, Problem>({
    queryKey: ["get", path, "related", query],
    enabled: may,
    queryFn: async ({ signal }) => {
      const get = http.GET as (path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown }>;
      const answer = await get(path, { params: { query: asked }, signal });
      if (answer.error !== undefined) throw asProblem(answer.error);
      return answer.data as { items: RowOf<P>[]; total: number };
    },
  });
  if (!may) return null;
  const total = rows.data?.total ?? 0;
  return (
    <Panel
      title={title}
      note={rows.data && t(total > FIRST ? "list.first_of" : "list.count", { count: total, first: FIRST })}
      end={all && total > 0 && <Link to={all.to as never} search={all.search as never}>{t("list.all")}</Link>}
      isFlush
    >
      <Shown of={rows}>{({ items }) => <SimpleTable label={title} rows={items} rowKey={(row) => row.id} none={none} columns={columns} />}</Shown>
    </Panel>
  );
}
