// The verdicts: what exactly is decided, the bad units where there are any, then the signature.
import { Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { actionOf } from "@/ui/Actions";
import { SigningDialog } from "@/ui/SigningDialog";
import { ProblemPanel } from "@/ui/Problem";
import type { Inspection } from "../../queries";
import { asBody, boundsOf, firstParts, openLots, type Part, problemOf } from "./parts";
import { PartsForm } from "./PartsForm";
import { VerdictFacts } from "./VerdictFacts";

export const VERDICTS = ["accept", "not_accept", "judge", "cancel"] as const;
export type VerdictVerb = (typeof VERDICTS)[number];

const OF_SIGNING = /^(?:signatures|access)\./;

interface Verdicts {
  open: (verb: VerdictVerb) => void;
  dialogs: ReactNode;
}

function usePlaces(inspection: Inspection, isAsked: boolean) {
  const lots = openLots(inspection).map((lot) => lot.lot_id);
  const one = lots.length === 1 ? { lot_id: lots[0] } : { material_id: inspection.material_id };
  const found = api.useQuery("get", "/api/v1/balances", { params: { query: { ...one, limit: 500 } } }, { enabled: isAsked });
  return (found.data?.items ?? []).filter((balance) => lots.includes(balance.lot_id));
}

export function useVerdicts(inspection: Inspection, onDone: (verb: VerdictVerb) => void): Verdicts {
  const { t } = useTranslation("inspections");
  const [verb, setVerb] = useState<VerdictVerb | null>(null);
  const [parts, setParts] = useState<Part[]>([]);
  const [isNamed, setNamed] = useState(false);
  const done = (given: VerdictVerb) => ({
    onDone: () => {
      setVerb(null);
      onDone(given);
    },
  });
  const accept = useAct("post", "/api/v1/inspections/{inspection_id}/accept", done("accept"));
  const notAccept = useAct("post", "/api/v1/inspections/{inspection_id}/not-accept", done("not_accept"));
  const judge = useAct("post", "/api/v1/inspections/{inspection_id}/judge", done("judge"));
  const cancel = useAct("post", "/api/v1/inspections/{inspection_id}/cancel", done("cancel"));
  const acts = { accept, not_accept: notAccept, judge, cancel };
  const act = verb && acts[verb];
  const bounds = boundsOf(inspection);
  const takesOut = (verb === "accept" || verb === "judge") && bounds.most !== "0";
  const balances = usePlaces(inspection, takesOut);
  const close = () => {
    setVerb(null);
    for (const one of Object.values(acts)) one.reset();
  };
  const open = (given: VerdictVerb) => {
    for (const one of Object.values(acts)) one.reset();
    setParts(firstParts(inspection));
    setNamed(false);
    setVerb(given);
  };
  const sign = ({ secret, reason }: { secret?: string; reason: string }) => {
    if (!verb) return;
    const path = { inspection_id: inspection.id };
    const body = { secret, reason };
    if (verb === "cancel") cancel.mutate({ path, body: { reason } });
    else if (verb === "not_accept") notAccept.mutate({ path, body });
    else acts[verb].mutate({ path, body: { ...body, parts: takesOut ? asBody(parts, balances) : [] } });
  };
  if (!verb) return { open, dialogs: null };
  const title = t(`verdict.${verb}.title`, { number: inspection.number });
  const strength = actionOf(inspection.allowed_actions, verb)?.strength ?? "recorded";
  // what the server says of the units is put right where they are named, not where one signs
  const ofParts = takesOut && act?.error && act.error.status > 0 && !OF_SIGNING.test(act.error.code) ? act.error : null;
  const asksParts = takesOut && (!isNamed || ofParts !== null);
  const goOn = () => {
    act?.reset();
    setNamed(true);
  };
  const dialogs = (
    <>
      <Modal open={asksParts} title={title} footer={null} onCancel={close} destroyOnHidden width={640}>
        <div className="stack">
          <p className="quiet">{t("parts.why")}</p>
          <PartsForm inspection={inspection} parts={parts} balances={balances} onChange={setParts} />
          {ofParts && <ProblemPanel problem={ofParts} />}
          <div className="row form-actions">
            <Button type="primary" disabled={problemOf(parts, bounds, openLots(inspection).length) !== null} onClick={goOn}>
              {t("parts.next")}
            </Button>
            <Button onClick={close}>{t("verdict.not_now")}</Button>
          </div>
        </div>
      </Modal>
      <SigningDialog
        isOpen={!asksParts}
        title={title}
        what={<VerdictFacts inspection={inspection} verb={verb} taken={takesOut ? parts.map((p) => quantity(p.quantity)).join(" + ") : null} />}
        meaning={t(`verdict.${verb}.meaning`)}
        strength={strength}
        reason={verb === "cancel" ? "required" : verb === "not_accept" ? (strength === "recorded" ? "asked" : "required") : undefined}
        problem={act?.error ?? null}
        isSending={act?.isPending ?? false}
        onSign={sign}
        onCancel={takesOut ? () => setNamed(false) : close}
      />
    </>
  );
  return { open, dialogs };
}
