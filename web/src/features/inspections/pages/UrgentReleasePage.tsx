// One urgent release: its bounds, and the decision of a second person.
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { SigningDialog } from "@/ui/SigningDialog";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import "../entities/Inspection/inspection.css";

type Urgent = Schemas["UrgentReleaseDetailOut"];
type Verb = "approve" | "refuse";

export function UrgentReleasePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/urgent-releases/{urgent_release_id}", { params: { path: { urgent_release_id: id } } });
  useTab(`/urgent-releases/${id}`, found.data?.number);
  return <Shown of={found}>{(urgent) => <Content urgent={urgent} />}</Shown>;
}

function Content({ urgent }: { urgent: Urgent }) {
  const { t } = useTranslation(["inspections", "states"]);
  return (
    <RecordPage
      record={{ kind: "inspections.urgent_release", id: urgent.id }}
      kind={t("urgent.one")}
      number={urgent.number}
      status={<StatusChip of="UrgentReleaseState" value={urgent.state} />}
      fields={[
        { label: t("title.material"), value: `${urgent.material} ${urgent.material_name}` },
        { label: t("queue.lot"), value: <RecordLink kind="stock.lot" id={urgent.lot_id} number={urgent.lot} /> },
        { label: t("urgent.quantity"), value: <Amount value={quantity(urgent.quantity)} unit={urgent.unit} /> },
        { label: t("urgent.order"), value: urgent.reference_number },
        { label: t("record.kind"), value: <RecordLink kind="inspections.inspection" id={urgent.inspection_id} number={urgent.inspection} /> },
      ]}
      actions={urgent.state === "requested" && <Decision urgent={urgent} />}
    >
      <Panel title={t("urgent.bounds")} note={t("urgent.bounds_note")}>
        <dl className="facts">
          <Fact label={t("urgent.quantity")}>
            <Amount value={quantity(urgent.quantity)} unit={urgent.unit} />
          </Fact>
          <Fact label={t("urgent.order")}>{urgent.reference_number}</Fact>
          <Fact label={t("urgent.until")}>{urgent.until ? moment(urgent.until) : t("urgent.until_verdict")}</Fact>
          <Fact label={t("urgent.requested")}><ByWhom at={moment(urgent.requested_at)} id={urgent.requested_by} /></Fact>
          {urgent.decided_at && <Fact label={t("urgent.decided")}><ByWhom at={moment(urgent.decided_at)} id={urgent.decided_by} /></Fact>}
          {urgent.drawn !== null && (
            <Fact label={t("urgent.drawn")}>
              <Amount value={quantity(urgent.drawn)} unit={urgent.unit} />
            </Fact>
          )}
          {urgent.ended_at && <Fact label={t("urgent.ended")}>{moment(urgent.ended_at)}</Fact>}
          <div className="urgent-why">
            <dt className="meta">{t("urgent.reason")}</dt>
            <dd>{urgent.reason}</dd>
          </div>
          {urgent.decision_reason && (
            <div className="urgent-why">
              <dt className="meta">{t("urgent.decision_reason")}</dt>
              <dd>{urgent.decision_reason}</dd>
            </div>
          )}
        </dl>
      </Panel>
    </RecordPage>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Decision({ urgent }: { urgent: Urgent }) {
  const { t } = useTranslation("inspections");
  const [verb, setVerb] = useState<Verb | null>(null);
  const done = { onDone: () => setVerb(null) };
  const approve = useAct("post", "/api/v1/urgent-releases/{urgent_release_id}/approve", done);
  const refuse = useAct("post", "/api/v1/urgent-releases/{urgent_release_id}/refuse", done);
  const path = { urgent_release_id: urgent.id };
  const action = (name: Verb) => actionOf(urgent.allowed_actions, name);
  const close = () => {
    approve.reset();
    refuse.reset();
    setVerb(null);
  };
  return (
    <>
      <ActionButton action={action("refuse")} label={t("urgent.refuse")} onClick={() => setVerb("refuse")} />
      <ActionButton action={action("approve")} label={t("urgent.approve", { number: urgent.number })} isPrimary onClick={() => setVerb("approve")} />
      <SigningDialog
        isOpen={verb !== null}
        title={verb ? t(`urgent.${verb}_title`, { number: urgent.number }) : ""}
        what={
          <p>
            {t("urgent.what_exactly", {
              quantity: `${quantity(urgent.quantity)} ${urgent.unit}`,
              lot: urgent.lot,
              material: urgent.material,
              order: urgent.reference_number,
              until: urgent.until ? moment(urgent.until) : t("urgent.until_verdict"),
            })}
          </p>
        }
        meaning={verb === "approve" ? t("urgent.approve_meaning") : undefined}
        strength={(verb && action(verb)?.strength) ?? "recorded"}
        reason={verb === "refuse" ? "required" : undefined}
        problem={(verb === "refuse" ? refuse : approve).error}
        isSending={approve.isPending || refuse.isPending}
        onSign={({ secret, reason }) => (verb === "refuse" ? refuse.mutate({ path, body: { reason } }) : approve.mutate({ path, body: { secret, reason } }))}
        onCancel={close}
      />
    </>
  );
}
