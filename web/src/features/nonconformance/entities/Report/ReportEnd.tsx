// Closing a report of which all is done, and opening it again.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { quantity } from "@/lib/quantities";
import { ActionButton, actionOf } from "@/ui/Actions";
import { SigningDialog } from "@/ui/SigningDialog";
import type { Report } from "../../queries";

export function ReportEnd({ report }: { report: Report }) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const [verb, setVerb] = useState<"close" | "reopen" | null>(null);
  const done = { onDone: () => setVerb(null) };
  const close = useAct("post", "/api/v1/nonconformance-reports/{report_id}/close", done);
  const reopen = useAct("post", "/api/v1/nonconformance-reports/{report_id}/reopen", done);
  const isClosed = report.state === "closed";
  const shown = isClosed ? "reopen" : "close";
  const action = actionOf(report.allowed_actions, shown);
  const act = isClosed ? reopen : close;
  const path = { report_id: report.id };
  return (
    <>
      <ActionButton
        action={action}
        label={t(isClosed ? "end.reopen" : "end.close")}
        isPrimary={report.state === "disposed"}
        onClick={() => setVerb(shown)}
      />
      <SigningDialog
        isOpen={verb !== null}
        title={t(isClosed ? "end.reopen_title" : "end.close_title", { number: report.number })}
        what={t(isClosed ? "end.reopen_what" : "end.close_what", {
          number: report.number,
          quantity: quantity(report.quantity),
          unit: report.unit,
          count: report.dispositions.length,
        })}
        meaning={t(isClosed ? "end.reopen_meaning" : "states:Meaning.approve")}
        strength={action?.strength ?? "recorded"}
        reason={isClosed ? "required" : undefined}
        problem={act.error}
        isSending={act.isPending}
        onSign={({ secret, reason }) =>
          isClosed ? reopen.mutate({ path, body: { reason } }) : close.mutate({ path, body: { secret, reason } })
        }
        onCancel={() => {
          act.reset();
          setVerb(null);
        }}
      />
    </>
  );
}
