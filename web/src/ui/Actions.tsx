// The verbs of a record: allowed ones are buttons; a refused one stays focusable and says why.
import { Button, Tooltip } from "antd";
import type { Schemas } from "@/lib/client";

type Allowed = Schemas["AllowedAction"];

interface Props {
  action: Allowed | undefined;
  label: string;
  isPrimary?: boolean;
  isLoading?: boolean;
  /** Nothing is entered yet that the act could be about. */
  isOff?: boolean;
  size?: "large" | "small";
  onClick: () => void;
}

export function ActionButton({ action, label, isPrimary = false, isLoading = false, isOff = false, size, onClick }: Props) {
  if (!action) return null;
  const type = isPrimary ? "primary" : "default";
  if (action.is_allowed) {
    return (
      // the second press of a double click is the same press
      <Button type={type} size={size} loading={isLoading} disabled={isOff} onClick={(event) => event.detail < 2 && onClick()}>
        {label}
      </Button>
    );
  }
  const why = [action.sentence, action.remedy].filter(Boolean).join(" ");
  return (
    <Tooltip title={why} trigger={["hover", "focus", "click"]}>
      <Button aria-disabled="true" size={size} className="refused-action" aria-description={why}>
        {label}
      </Button>
    </Tooltip>
  );
}

export function actionOf(actions: Allowed[], verb: string): Allowed | undefined {
  return actions.find((action) => action.verb === verb);
}
