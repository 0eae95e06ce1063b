// The audit search: who changed which record when and why, from what to what.
import { Button, Drawer } from "antd";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { useKindName, useKinds, useOperationName } from "@/ui/history";
import { Person } from "@/ui/Person";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { ChangesLine, ChangesTable } from "../ChangesTable";
import "@/ui/frames/record.css";
import "../evidence.css";

type Entry = RowOf<"/api/v1/audit-entries"> & { changes: Record<string, unknown> };

export function AuditPage() {
  const { t } = useTranslation("evidence");
  const may = useMay();
  const operationName = useOperationName();
  const kindName = useKindName();
  const [open, setOpen] = useState<Entry | null>(null);
  const people = api.useQuery("get", "/api/v1/users", { params: { query: { limit: 500, sort: "username" } } }, { enabled: may("access.read") });
  const columns: Column<Entry>[] = [
    { key: "at", title: t("audit.at"), width: 150, sort: "id", render: (entry) => moment(entry.recorded_at) },
    { key: "who", title: t("audit.who"), width: 120, render: (entry) => <Person id={entry.actor_id} name={entry.actor_name} /> },
    {
      key: "operation",
      title: t("audit.operation"),
      width: 230,
      render: (entry) => (
        <button type="button" className="link" onClick={() => setOpen(entry)}>
          {operationName(entry.operation)}
        </button>
      ),
    },
    {
      key: "record",
      title: t("audit.record"),
      width: 260,
      render: (entry) => (
        <>
          <span className="meta">{kindName(entry.record_kind)}</span> <RecordLink kind={entry.record_kind} id={entry.record_id} number={entry.record_number || `v${entry.record_version}`} />
        </>
      ),
    },
    { key: "changes", title: t("audit.changes"), width: 300, render: (entry) => <ChangesLine entry={entry} /> },
    { key: "reason", title: t("audit.reason"), width: 180, isExtra: true, render: (entry) => entry.reason },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/audit-entries"
        title={t("audit.title")}
        columns={columns as Column<RowOf<"/api/v1/audit-entries">>[]}
        isSearchable={false}
        defaultSort="-id"
        filters={[
          { name: "record_number", label: t("audit.number") },
          { name: "record_kind", label: t("audit.kind"), options: useKinds() },
          { name: "operation", label: t("audit.operation"), options: useOperations() },
          ...(people.data ? [{ name: "actor_id", label: t("audit.who"), options: people.data.items.map((one) => ({ value: one.id, label: `${one.username} ${one.name}` })) }] : []),
          { name: "recorded_from", label: t("audit.from"), day: "from" },
          { name: "recorded_before", label: t("audit.to"), day: "to" },
          { name: "command_id", label: t("audit.act") },
        ]}
        empty={<Empty title={t("audit.none")} />}
      />
      <EntryDrawer entry={open} onClose={() => setOpen(null)} />
    </>
  );
}

/** Every operation that may leave an entry, by its name. */
function useOperations(): { value: string; label: string }[] {
  const may = useMay();
  const operationName = useOperationName();
  const permissions = api.useQuery("get", "/api/v1/permissions", {}, { staleTime: Infinity, enabled: may("access.read") });
  const known = permissions.data?.items.map((one) => one.operation) ?? [];
  return known.filter((operation) => !operation.endsWith(".read")).map((operation) => ({ value: operation, label: operationName(operation) }));
}

function EntryDrawer({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const { t } = useTranslation("evidence");
  const operationName = useOperationName();
  const kindName = useKindName();
  const navigate = useNavigate();
  if (!entry) return null;
  const only = (search: Record<string, string>) => {
    onClose();
    void navigate({ to: "/audit" as never, search: search as never });
  };
  return (
    <Drawer open title={operationName(entry.operation)} onClose={onClose} size={620}>
      <div className="stack">
        <dl className="facts">
          <div>
            <dt className="meta">{kindName(entry.record_kind)}</dt>
            <dd>
              <RecordLink kind={entry.record_kind} id={entry.record_id} number={entry.record_number || entry.record_id.slice(0, 8)} />
            </dd>
          </div>
          <div>
            <dt className="meta">{t("audit.who")}</dt>
            <dd>
              <Person id={entry.actor_id} name={entry.actor_name} />
            </dd>
          </div>
          <div>
            <dt className="meta">{t("audit.at")}</dt>
            <dd>{moment(entry.recorded_at)}</dd>
          </div>
          <div>
            <dt className="meta">{t("audit.version")}</dt>
            <dd>{entry.record_version}</dd>
          </div>
        </dl>
        {entry.reason && (
          <p>
            <span className="meta">{t("audit.reason")} </span>
            {entry.reason}
          </p>
        )}
        <ChangesTable entry={entry} />
        <div className="row">
          <Button onClick={() => only({ command_id: entry.command_id })}>{t("audit.whole_act")}</Button>
          {entry.record_number && <Button onClick={() => only({ record_number: entry.record_number })}>{t("audit.whole_record")}</Button>}
        </div>
      </div>
    </Drawer>
  );
}
