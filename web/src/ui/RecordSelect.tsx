// Choosing one record of a list by typing a part of its number or name.
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "@/lib/acts";
import { http, type Problem } from "@/lib/client";
import type { ListPath, RowOf } from "@/lib/lists";
import { useRested } from "@/lib/size";

interface Props<P extends ListPath> {
  id?: string;
  path: P;
  /** What always holds of the offered records: `{ is_internal: "true" }`. */
  fixed?: Record<string, string>;
  label: string;
  text: (row: RowOf<P>) => string;
  value?: string | null;
  /** The words of the chosen record, when it is known already. */
  chosen?: string;
  onChange?: (id: string | null, row: RowOf<P> | null) => void;
  autoFocus?: boolean;
}

export function RecordSelect<P extends ListPath>(props: Props<P>) {
  const { id, path, fixed = {}, label, text, value, chosen, onChange, autoFocus } = props;
  const { t } = useTranslation("ui");
  const [typed, setTyped] = useState("");
  const search = useRested(typed.trim(), 200);
  const found = useQuery<RowOf<P>[], Problem>({
    queryKey: ["get", path, "choose", fixed, search],
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const get = http.GET as (path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown }>;
      const answer = await get(path, { params: { query: { ...fixed, search, limit: 50 } }, signal });
      if (answer.error !== undefined) throw asProblem(answer.error);
      return (answer.data as { items: RowOf<P>[] }).items;
    },
  });
  const rows = found.data ?? [];
  const options = rows.map((row) => ({ value: row.id, label: text(row) }));
  if (value && chosen && !search && !rows.some((row) => row.id === value)) options.unshift({ value, label: chosen });
  return (
    <Select
      id={id}
      className="record-select"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      autoFocus={autoFocus}
      aria-label={label}
      placeholder={label}
      value={value ?? undefined}
      options={options}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t("loading") : t("list.nothing_found")}
      onChange={(next: string | undefined) => {
        setTyped("");
        onChange?.(next ?? null, rows.find((row) => row.id === next) ?? null);
      }}
    />
  );
}
