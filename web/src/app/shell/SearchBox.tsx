// Search over every number, supplier lot, serial and name (Ctrl+K); a scan arrives here too.
import { SearchOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { AutoComplete, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { pathOf } from "@/lib/records";
import { useRested } from "@/lib/size";

export function SearchBox() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const input = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const rested = useRested(typed.trim(), 200);
  const found = api.useQuery(
    "get",
    "/api/v1/search",
    { params: { query: { q: rested, limit: 20 } } },
    { enabled: rested.length > 1, staleTime: 30_000 },
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        input.current?.focus({ cursor: "all" });
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const hits = rested.length > 1 ? (found.data?.items ?? []) : [];
  const options = hits
    .filter((hit) => pathOf(hit.kind, hit.id))
    .map((hit) => ({
      value: `${hit.kind}/${hit.id}`,
      label: (
        <span className="row">
          <span className="code">{hit.number}</span>
          <span className="cut">{hit.title}</span>
          <span className="meta">
            {t(`kind.${hit.kind}` as never)} {hit.detail}
          </span>
        </span>
      ),
    }));
  const open = (value: string) => {
    const hit = hits.find((h) => `${h.kind}/${h.id}` === value);
    const path = hit && pathOf(hit.kind, hit.id);
    setTyped("");
    if (path) void navigate({ to: path as never });
  };
  return (
    <AutoComplete
      className="top-search"
      value={typed}
      options={options}
      defaultActiveFirstOption
      notFoundContent={rested.length > 1 && found.data ? t("search.nothing", { text: rested }) : null}
      onChange={setTyped}
      onSelect={open}
    >
      <Input
        ref={input}
        prefix={<SearchOutlined />}
        suffix={<kbd>Ctrl K</kbd>}
        aria-label={t("search.label")}
        placeholder={t("search.label")}
      />
    </AutoComplete>
  );
}
