// The verdicts of an inspection as buttons; a refused one says why. The one that its result suggests is
// the primary one.
import { useTranslation } from "react-i18next";
import { ActionButton, actionOf } from "@/ui/Actions";
import type { Inspection } from "../../queries";
import { useVerdicts, VERDICTS, type VerdictVerb } from "./useVerdicts";

interface Props {
  inspection: Inspection;
  /** The primary verdict; without one none of them is. */
  first?: VerdictVerb;
  onDecided: () => void;
}

export function VerdictButtons({ inspection, first, onDecided }: Props) {
  const { t } = useTranslation("inspections");
  const verdicts = useVerdicts(inspection, onDecided);
  const order = [...VERDICTS].sort((a, b) => Number(a === first) - Number(b === first));
  return (
    <div className="row">
      {order.map((verb) => {
        const action = actionOf(inspection.allowed_actions, verb);
        return (
          <ActionButton
            key={verb}
            action={action}
            label={t(verb === first ? `verdict.${verb as "accept"}.button` : `verdict.${verb}.verb`)}
            isPrimary={verb === first && action?.is_allowed}
            onClick={() => verdicts.open(verb)}
          />
        );
      })}
      {verdicts.dialogs}
    </div>
  );
}
