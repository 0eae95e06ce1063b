// What happened to a record: audit entries, events and files in one line of time, newest first.
import { Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { moment } from "@/lib/dates";
import { Person } from "./Person";
import { Loading } from "./states";

interface Entry {
  id: string;
  at: string;
  who: ReactNode;
  what: string;
  why: string;
  rule: string;
  href?: string;
}

type Part = "audit" | "events" | "files";

interface Props {
  kind: string;
  id: string;
  /** Whether files can be attached to records of this kind. */
  hasFiles: boolean;
}

export function Timeline({ kind, id, hasFiles }: Props) {
  const { t } = useTranslation("ui");
  const { t: word } = useTranslation("history");
  const { t: state } = useTranslation("states");
  const [part, setPart] = useState<Part>("events");
  const query = { params: { query: { record_kind: kind, record_id: id, limit: 100 } } } as const;
  const audit = api.useQuery("get", "/api/v1/audit-entries", query);
  const events = api.useQuery("get", "/api/v1/events", query);
  const files = api.useQuery("get", "/api/v1/attachments", query, { enabled: hasFiles });
  const entries: Record<Part, Entry[]> = {
    audit: (audit.data?.items ?? []).map((entry) => ({
      id: entry.id,
      at: entry.recorded_at,
      who: <Person id={entry.actor_id} name={entry.actor_name} />,
      what: word(`operation.${entry.operation}` as never, { defaultValue: entry.operation }),
      why: entry.reason,
      rule: "",
    })),
    events: (events.data?.items ?? []).map((event) => ({
      id: event.id,
      at: event.recorded_at,
      who: <Person id={event.actor_id} name={event.actor_name} />,
      what: word(`event.${event.type}` as never, { defaultValue: event.type }),
      why: event.reason,
      rule: event.rule_version,
    })),
    files: (files.data?.items ?? []).map((file) => ({
      id: file.id,
      at: file.attached_at,
      who: <Person id={file.attached_by} />,
      what: file.title || file.file_name,
      why: state(`Purpose.${file.purpose}`),
      rule: "",
      href: `/api/v1/attachments/${file.id}/content`,
    })),
  };
  const isPending = { audit, events, files }[part].isPending;
  const shown = [...entries[part]].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <aside className="panel" aria-label={t("timeline.title")}>
      <header>
        <h2>{t("timeline.title")}</h2>
        <div className="end">
          <Segmented<Part>
            size="small"
            value={part}
            onChange={setPart}
            options={[
              { value: "events", label: t("timeline.events") },
              { value: "audit", label: t("timeline.audit") },
              ...(hasFiles ? [{ value: "files" as const, label: t("timeline.files") }] : []),
            ]}
          />
        </div>
      </header>
      {isPending && <Loading />}
      {!isPending && shown.length === 0 && <p className="meta timeline">{t(`timeline.none_${part}`)}</p>}
      <ol className="timeline">
        {shown.map((entry) => (
          <li key={entry.id} data-by={entry.rule ? "rule" : "person"}>
            {entry.href ? (
              <a href={entry.href} target="_blank" rel="noreferrer">
                {entry.what}
              </a>
            ) : (
              <span>{entry.what}</span>
            )}
            {entry.why && <span className="quiet"> {entry.why}</span>}
            <span className="meta">
              {moment(entry.at)} · {entry.who}
              {entry.rule && ` · ${entry.rule}`}
            </span>
          </li>
        ))}
      </ol>
    </aside>
  );
}
