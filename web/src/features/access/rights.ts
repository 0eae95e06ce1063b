// Operations in the groups of their contexts, in the order of the building, the base first.

const ORDER = [
  "stock",
  "receiving",
  "purchasing",
  "inspections",
  "nonconformance",
  "equipment",
  "catalog",
  "partners",
  "rules",
  "signatures",
  "attachments",
  "access",
  "evidence",
  "outbox",
];

export interface Group<P> {
  context: string;
  permissions: P[];
}

function contextOf(operation: string): string {
  return operation.split(".")[0] ?? "";
}

/** The permissions by context: first what people work with, then what keeps it running. */
export function grouped<P extends { operation: string }>(permissions: P[]): Group<P>[] {
  const groups = new Map<string, P[]>();
  for (const permission of permissions) {
    const context = contextOf(permission.operation);
    groups.set(context, [...(groups.get(context) ?? []), permission]);
  }
  const place = (context: string) => (ORDER.includes(context) ? ORDER.indexOf(context) : ORDER.length);
  return [...groups]
    .map(([context, own]) => ({ context, permissions: own }))
    .sort((a, b) => place(a.context) - place(b.context) || a.context.localeCompare(b.context));
}

interface Titled {
  operation: string;
  name_en: string;
  name_zh: string;
}

/** Those whose name in either language, or whose operation, has what was typed. */
export function matching<P extends Titled>(permissions: P[], typed: string): P[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return permissions;
  return permissions.filter((one) =>
    [one.operation, one.name_en, one.name_zh].some((text) => text.toLowerCase().includes(wanted)),
  );
}
