// A status as shape and word; `plain` has no ground, for tables. A chip never acts as a button.
import { useTranslation } from "react-i18next";
import { Shape } from "../Shape";
import { type Look, type StatusName, STATUSES } from "./statuses";
import "./status.css";

interface Props<N extends StatusName> {
  of: N;
  value: string;
  plain?: boolean;
}

export function StatusChip<N extends StatusName>({ of, value, plain = false }: Props<N>) {
  const { t } = useTranslation("states");
  const look = (STATUSES[of] as Record<string, Look>)[value];
  const word = t(`${of}.${value}` as never) as string;
  if (!look) return <span>{word}</span>;
  return (
    <span className={`status ${plain ? "status-plain" : ""}`} data-tone={look.tone}>
      <Shape name={look.shape} />
      <span>{word}</span>
    </span>
  );
}

/** The overlay that beats every status. */
export function HoldChip({ plain = false }: { plain?: boolean }) {
  const { t } = useTranslation("states");
  return (
    <span className={`status ${plain ? "status-plain" : ""}`} data-tone="hold">
      <Shape name="st-hold" />
      <span>{t("hold")}</span>
    </span>
  );
}
