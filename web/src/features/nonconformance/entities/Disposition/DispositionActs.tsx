// What can be done now with a disposition; what cannot says why.
import { ConfigProvider } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionButton, actionOf } from "@/ui/Actions";
import { ConcessionForm } from "../Concession/ConcessionForm";
import type { Disposition, Report } from "../../queries";
import { CancelDialog, CarryOutDialog } from "./Confirm";
import { ReturnDialog } from "./ReturnDialog";
import type { Kind } from "./split";

type Verb = "carry_out" | "return_goods" | "approve_concession" | "cancel";

/** What each kind waits for, in its order; all may be taken back. */
const VERBS: Record<Kind, Verb[]> = {
  use_as_is: ["approve_concession"],
  sort: [],
  rework: ["carry_out"],
  repair: ["carry_out", "approve_concession"],
  scrap: ["carry_out"],
  return_to_vendor: ["return_goods"],
  regrade: [],
};
/** Refusals that say that this was done, or is no more to be done: nothing to explain in a row. */
const OVER = new Set(["nonconformance.not_in_state", "nonconformance.nothing_to_carry_out", "nonconformance.no_concession_needed"]);

interface Props {
  disposition: Disposition;
  report: Report;
}

export function DispositionActs({ disposition, report }: Props) {
  const { t } = useTranslation("nonconformance");
  const [open, setOpen] = useState<Verb | null>(null);
  const close = () => setOpen(null);
  const verbs: Verb[] = [...VERBS[disposition.kind], "cancel"];
  const dialog = { disposition, report, onClose: close };
  return (
    <span className="disposition-acts">
      <ConfigProvider componentSize="small">
        {verbs.map((verb) => {
        const action = actionOf(disposition.allowed_actions, verb);
        if (!action || disposition.state !== "decided" || OVER.has(action.refusal ?? "")) return null;
        const label = verb === "carry_out" ? t(`act.carry_out_${disposition.kind as "scrap" | "rework" | "repair"}`) : t(`act.${verb}`);
        return <ActionButton key={verb} action={action} label={label} onClick={() => setOpen(verb)} />;
      })}
      </ConfigProvider>
      {open === "carry_out" && <CarryOutDialog {...dialog} />}
      {open === "cancel" && <CancelDialog {...dialog} />}
      {open === "return_goods" && <ReturnDialog {...dialog} />}
      {open === "approve_concession" && <ConcessionForm {...dialog} />}
    </span>
  );
}
