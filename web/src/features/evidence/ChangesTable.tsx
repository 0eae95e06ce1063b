// What changed, field by field: what it was, and what it is since.
import { useTranslation } from "react-i18next";
import { SimpleTable } from "@/ui/SimpleTable";
import { type Change, changesOf, shown } from "./changes";

interface Entry {
  record_kind: string;
  record_version: number;
  changes: Record<string, unknown>;
}

/** A field by its word; the foreign key `lot_id` may be written `lot`. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation("history");
  return (field) => t([`field.${field}`, `field.${field}_id`] as never, { defaultValue: field });
}

function Value({ kind, field, value }: { kind: string; field: string; value: unknown }) {
  const { t } = useTranslation("evidence");
  const { t: state } = useTranslation("states");
  const found = shown(kind, field, value);
  switch (found.kind) {
    case "nothing":
      return <span className="quiet">–</span>;
    case "state":
      return <>{state(`${found.name}.${found.value}` as never, { defaultValue: found.value })}</>;
    case "text":
      return <span title={found.full}>{found.text}</span>;
    default:
      return <>{t(`value.${found.kind}`)}</>;
  }
}

export function ChangesTable({ entry }: { entry: Entry }) {
  const { t } = useTranslation("evidence");
  const fieldName = useFieldName();
  const isFirst = entry.record_version === 1;
  const value = (change: Change, which: "old" | "new") => <Value kind={entry.record_kind} field={change.field} value={change[which]} />;
  return (
    <SimpleTable
      label={t("audit.changes")}
      rows={changesOf(entry.changes)}
      rowKey={(change) => change.field}
      none={t("audit.no_changes")}
      columns={[
        { title: t("audit.field"), render: (change) => <span title={change.field}>{fieldName(change.field)}</span> },
        ...(isFirst ? [] : [{ title: t("audit.old"), render: (change: Change) => <del className="change-old">{value(change, "old")}</del> }]),
        { title: t(isFirst ? "audit.value" : "audit.new"), render: (change) => <span className="change-new">{value(change, "new")}</span> },
      ]}
    />
  );
}

/** The same in one line, for a list. */
export function ChangesLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation("evidence");
  const fieldName = useFieldName();
  if (entry.record_version === 1) return <span className="quiet">{t("audit.created")}</span>;
  return (
    <>
      {changesOf(entry.changes).map((change, i) => (
        <span key={change.field}>
          {i > 0 && " · "}
          <span className="quiet">{fieldName(change.field)}</span> <Value kind={entry.record_kind} field={change.field} value={change.old} />
          {" → "}
          <Value kind={entry.record_kind} field={change.field} value={change.new} />
        </span>
      ))}
    </>
  );
}
