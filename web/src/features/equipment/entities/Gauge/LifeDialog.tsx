// Taking a gauge out of service, putting it back, and taking it away for good.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { actionOf } from "@/ui/Actions";
import { SigningDialog } from "@/ui/SigningDialog";
import type { Gauge } from "../../queries";

export type LifeVerb = "take_out_of_service" | "put_in_service" | "retire";

interface Props {
  gauge: Gauge;
  verb: LifeVerb;
  onClose: () => void;
}

export function LifeDialog({ gauge, verb, onClose }: Props) {
  const { t } = useTranslation("equipment");
  const done = { onDone: onClose };
  const out = useAct("post", "/api/v1/gauges/{gauge_id}/take-out-of-service", done);
  const back = useAct("post", "/api/v1/gauges/{gauge_id}/put-in-service", done);
  const retire = useAct("post", "/api/v1/gauges/{gauge_id}/retire", done);
  const act = { take_out_of_service: out, put_in_service: back, retire }[verb];
  return (
    <SigningDialog
      isOpen
      title={t(`life.${verb}_title`, { number: gauge.number })}
      what={
        <>
          <b>{gauge.number}</b> {gauge.name}
        </>
      }
      meaning={t(`life.${verb}_meaning`)}
      strength={actionOf(gauge.allowed_actions, verb)?.strength ?? "recorded"}
      reason={verb === "put_in_service" ? "asked" : "required"}
      problem={act.error}
      isSending={act.isPending}
      onSign={({ reason }) => act.mutate({ path: { gauge_id: gauge.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
