// Confirming that a disposition was carried out, and taking one back.
import { Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { quantity } from "@/lib/quantities";
import { actionOf } from "@/ui/Actions";
import { SigningDialog } from "@/ui/SigningDialog";
import type { Disposition, Report } from "../../queries";

interface Props {
  disposition: Disposition;
  report: Report;
  onClose: () => void;
}

export function CarryOutDialog({ disposition, onClose }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const [isUnusable, setUnusable] = useState(false);
  const carryOut = useAct("post", "/api/v1/dispositions/{disposition_id}/carry-out", { onDone: onClose });
  const kind = disposition.kind as "scrap" | "rework" | "repair";
  const about = {
    number: disposition.number,
    quantity: quantity(disposition.quantity),
    unit: disposition.unit,
    lot: disposition.lot,
  };
  return (
    <SigningDialog
      isOpen
      title={t(`carry_out.title_${kind}`, about)}
      what={
        <div className="stack">
          <p>{t(`carry_out.what_${kind}`, about)}</p>
          {kind === "scrap" && (
            <Checkbox checked={isUnusable} onChange={(event) => setUnusable(event.target.checked)}>
              {t("carry_out.unusable")}
            </Checkbox>
          )}
        </div>
      }
      meaning={t("carry_out.meaning")}
      strength={actionOf(disposition.allowed_actions, "carry_out")?.strength ?? "recorded"}
      problem={carryOut.error}
      isSending={carryOut.isPending}
      onSign={({ secret }) =>
        carryOut.mutate({
          path: { disposition_id: disposition.id },
          body: { secret, is_rendered_unusable: isUnusable },
        })
      }
      onCancel={onClose}
    />
  );
}

export function CancelDialog({ disposition, onClose }: Props) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const cancel = useAct("post", "/api/v1/dispositions/{disposition_id}/cancel", { onDone: onClose });
  return (
    <SigningDialog
      isOpen
      title={t("cancel.title", { number: disposition.number })}
      what={t("cancel.what", {
        kind: t(`states:DispositionKind.${disposition.kind}`),
        quantity: quantity(disposition.quantity),
        unit: disposition.unit,
        lot: disposition.lot,
      })}
      meaning={t("cancel.meaning")}
      strength="recorded"
      reason="required"
      problem={cancel.error}
      isSending={cancel.isPending}
      onSign={({ reason }) => cancel.mutate({ path: { disposition_id: disposition.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
