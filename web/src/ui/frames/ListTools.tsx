// The bar above a list: search, filters, views, columns, export.
import { DownloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Input, Popover, Select } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asDay, nextDay, startOf } from "@/lib/dates";
import { SearchInput, useClear } from "../SearchInput";
import type { ListState } from "./list-state";
import { Views } from "./Views";

export interface Filter {
  /** The parameter of the list's endpoint. */
  name: string;
  label: string;
  options?: { value: string; label: string }[];
  /** A day: rows from its beginning on, or up to its end. */
  day?: "from" | "to";
}

/** What goes to the API: days as moments, everything else as it stands in the address. */
export function asQuery(filters: Filter[], query: Record<string, string>): Record<string, string> {
  const sent = { ...query };
  for (const { name, day } of filters) {
    const chosen = day && asDay(query[name] ?? "");
    if (!day) continue;
    if (chosen) sent[name] = startOf(day === "from" ? chosen : nextDay(chosen));
    else delete sent[name];
  }
  return sent;
}

/** So many choices are searched, not scrolled. */
const MANY = 12;

interface Props {
  path: string;
  filters: Filter[];
  state: ListState;
  query: Record<string, string>;
  columns: { key: string; title: string }[];
  visible: string[];
  isSearchable: boolean;
}

export function ListTools({ path, filters, state, query, columns, visible, isSearchable }: Props) {
  const { t } = useTranslation("ui");
  const [typed, setTyped] = useKept(state.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = (text: string, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => state.set("search", text.trim()), after);
  };
  const href = (format: string) => `${path}?${new URLSearchParams({ ...query, format })}`;
  return (
    <div className="list-tools no-print">
      {isSearchable && (
        <SearchInput
          className="list-search"
          label={t("list.search")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            search(event.target.value, 250);
          }}
          onSearch={(text) => search(text, 0)}
        />
      )}
      {filters.map((filter) =>
        filter.options ? (
          <Select
            key={filter.name}
            allowClear
            showSearch={filter.options.length > MANY ? { optionFilterProp: "label" } : false}
            className="list-filter"
            aria-label={filter.label}
            placeholder={filter.label}
            options={filter.options}
            value={state.all[filter.name]}
            onChange={(value: string | undefined) => state.set(filter.name, value)}
          />
        ) : (
          <TextFilter key={filter.name} filter={filter} state={state} />
        ),
      )}
      <div className="end">
        <Views list={path} state={state} />
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <Checkbox.Group
              className="list-columns"
              value={visible}
              options={columns.map((c) => ({ value: c.key, label: c.title }))}
              onChange={(chosen) => state.setColumns(columns.map((c) => c.key).filter((k) => chosen.includes(k)))}
            />
          }
        >
          <Button icon={<SettingOutlined />} aria-label={t("list.columns")} title={t("list.columns")} />
        </Popover>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "xlsx", label: <a href={href("xlsx")} download>{t("list.excel")}</a> },
              { key: "csv", label: <a href={href("csv")} download>{t("list.csv")}</a> },
            ],
          }}
        >
          <Button icon={<DownloadOutlined />}>{t("list.export")}</Button>
        </Dropdown>
      </div>
    </div>
  );
}

/** What is typed, until the address says something else: a view, or no filters any more. */
function useKept(kept: string): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(kept);
  const [before, setBefore] = useState(kept);
  if (kept !== before) {
    setBefore(kept);
    if (kept !== typed.trim()) setTyped(kept);
  }
  return [typed, setTyped];
}

function TextFilter({ filter, state }: { filter: Filter; state: ListState }) {
  const { t } = useTranslation("ui");
  const [typed, setTyped] = useKept(state.all[filter.name] ?? "");
  const set = (text: string) => {
    const value = filter.day ? (asDay(text) ?? text) : text;
    setTyped(value);
    state.set(filter.name, value);
  };
  const isWrong = Boolean(filter.day && typed && !asDay(typed));
  return (
    <Input
      allowClear={useClear()}
      className="list-filter"
      aria-label={filter.label}
      placeholder={filter.label}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        if (!event.target.value) state.set(filter.name, undefined);
      }}
      status={isWrong ? "error" : ""}
      title={filter.day && t("day.format")}
      onPressEnter={() => set(typed.trim())}
      onBlur={() => set(typed.trim())}
    />
  );
}
