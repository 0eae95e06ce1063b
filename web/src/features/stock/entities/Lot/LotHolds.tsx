import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { ActionButton, actionOf } from "@/ui/Actions";
import { ByWhom, Person } from "@/ui/Person";
import { say } from "@/ui/said";
import { SigningDialog } from "@/ui/SigningDialog";
import { SimpleTable } from "@/ui/SimpleTable";
import { StatusChip } from "@/ui/status/StatusChip";

type Hold = Schemas["HoldDetailOut"];

/** The holds of a lot, open ones first; each is lifted with its own reason. */
export function LotHolds({ holds }: { holds: Hold[] }) {
  const { t } = useTranslation(["stock", "ui"]);
  const { t: state } = useTranslation("states");
  const [lifted, setLifted] = useState<Hold | null>(null);
  const rows = [...holds].sort((a, b) => b.state.localeCompare(a.state) || b.placed_at.localeCompare(a.placed_at));
  return (
    <>
      <SimpleTable<Hold>
        label={t("holds")}
        rows={rows}
        rowKey={(hold) => hold.id}
        columns={[
          { title: t("hold"), render: (hold) => <span className="code">{hold.number}</span> },
          { title: t("status"), render: (hold) => <StatusChip of="HoldState" value={hold.state} plain /> },
          { title: t("cause"), render: (hold) => [state(`HoldCause.${hold.cause}`), hold.cause_number].filter(Boolean).join(" ") },
          { title: t("reason"), render: (hold) => (hold.state === "open" ? hold.reason : `${hold.reason} → ${hold.lift_reason}`) },
          { title: t("since"), render: (hold) => <ByWhom at={moment(hold.placed_at)} id={hold.placed_by} /> },
          { title: t("ui:person.responsible"), render: (hold) => <Person id={hold.responsible_id} /> },
          { title: t("review"), render: (hold) => hold.review_date ?? "–" },
          {
            title: t("acts"),
            align: "right",
            render: (hold) => hold.state === "open" && <ActionButton action={actionOf(hold.allowed_actions, "lift")} label={t("verb.lift")} onClick={() => setLifted(hold)} />,
          },
        ]}
      />
      {lifted && <Lift hold={lifted} onClose={() => setLifted(null)} />}
    </>
  );
}

function Lift({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const { t } = useTranslation("stock");
  const lift = useAct("post", "/api/v1/holds/{hold_id}/lift", {
    onDone: () => {
      say(t("done.lift", { number: hold.number }));
      onClose();
    },
  });
  return (
    <SigningDialog
      isOpen
      title={t("act.lift", { number: hold.number })}
      what={t("then.lift", { lot: hold.lot, reason: hold.reason })}
      strength={actionOf(hold.allowed_actions, "lift")?.strength ?? "recorded"}
      reason="required"
      problem={lift.error}
      isSending={lift.isPending}
      onSign={({ reason }) => lift.mutate({ path: { hold_id: hold.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
