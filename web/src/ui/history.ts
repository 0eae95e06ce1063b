// Operations, events and kinds of records by their words, wherever history is told.
import { useTranslation } from "react-i18next";

export function useOperationName(): (operation: string) => string {
  const { t } = useTranslation("history");
  return (operation) => t(`operation.${operation}` as never, { defaultValue: operation });
}

export function useEventName(): (type: string) => string {
  const { t } = useTranslation("history");
  return (type) => t(`event.${type}` as never, { defaultValue: type });
}

export function useKindName(): (kind: string) => string {
  const { t } = useTranslation("app");
  return (kind) => t(`kind.${kind}` as never, { defaultValue: kind });
}

/** Every kind that has a word, for a filter. */
export function useKinds(): { value: string; label: string }[] {
  const { t } = useTranslation("app");
  const kinds = t("kind" as never, { returnObjects: true }) as unknown as Record<string, Record<string, string>>;
  return Object.entries(kinds).flatMap(([context, own]) => Object.entries(own).map(([kind, label]) => ({ value: `${context}.${kind}`, label })));
}
