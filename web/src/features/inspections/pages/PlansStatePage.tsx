// One sampling state with its history; declaring steady production, and resuming what was
// discontinued.
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api, type Schemas } from "@/lib/client";
import { day, moment } from "@/lib/dates";
import { useTab } from "@/lib/tabs";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { Named, RecordLink } from "@/ui/RecordLink";
import { SigningDialog } from "@/ui/SigningDialog";
import { Shown } from "@/ui/states";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import { PlansRecent } from "./PlansRecent";

type State = Schemas["SamplingStateDetailOut"];

export function PlansStatePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const state = api.useQuery("get", "/api/v1/sampling-states/{state_id}", { params: { path: { state_id: id } } });
  useTab(`/sampling-states/${id}`, state.data && `${state.data.material} · ${state.data.supplier}`);
  return <Shown of={state}>{(found) => <Content state={found} />}</Shown>;
}

function Content({ state }: { state: State }) {
  const { t } = useTranslation(["plans", "states"]);
  const [open, setOpen] = useState<"steady" | "resume" | null>(null);
  const done = { onDone: () => setOpen(null) };
  const declare = useAct("post", "/api/v1/sampling-states/{state_id}/declare-steady", done);
  const resume = useAct("post", "/api/v1/sampling-states/{state_id}/resume", done);
  const path = { state_id: state.id };
  const isStopped = state.status === "discontinued";
  const steadyVerb = state.is_steady ? "unsteady" : "steady";
  return (
    <RecordPage
      record={{ kind: "inspections.sampling_state", id: state.id }}
      hasFiles={false}
      kind={t("state_of")}
      number={state.material}
      status={<StatusChip of="SamplingStatus" value={state.status} />}
      fields={[
        { label: t("material"), value: <Named kind="catalog.material" id={state.material_id} number={state.material} name={state.material_name} /> },
        { label: t("supplier"), value: <Named kind="partners.partner" id={state.supplier_id} number={state.supplier} name={state.supplier_name} /> },
        { label: t("class"), value: <SeverityMark value={state.severity_class} /> },
        { label: t("since"), value: day(state.since) },
        { label: t("recent"), value: <PlansRecent outcomes={state.recent} /> },
        { label: t("steady"), value: t(state.is_steady ? "yes" : "no") },
      ]}
      actions={
        <>
          <ActionButton action={actionOf(state.allowed_actions, "declare_steady")} label={t(`act.${steadyVerb}`)} isPrimary={!isStopped} onClick={() => setOpen("steady")} />
          {isStopped && <ActionButton action={actionOf(state.allowed_actions, "resume")} label={t("act.resume")} isPrimary onClick={() => setOpen("resume")} />}
        </>
      }
    >
      <Panel title={t("facts")}>
        <dl className="facts">
          {(["score", "accepted_run", "tightened_failures"] as const).map((name) => (
            <div key={name}>
              <dt className="meta">{t(name)}</dt>
              <dd>{state[name]}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t("changes")} isFlush>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("when")}</th>
              <th scope="col">{t("status")}</th>
              <th scope="col">{t("why")}</th>
              <th scope="col">{t("after")}</th>
            </tr>
          </thead>
          <tbody>
            {state.changes.map((change, at) => (
              <tr key={at}>
                <td><ByWhom at={moment(change.occurred_at)} id={change.changed_by} /></td>
                <td>
                  <StatusChip of="SamplingStatus" value={change.status} plain />
                </td>
                <td>
                  {change.sentence} {change.reason && <span className="quiet">{change.reason}</span>}
                </td>
                <td>{change.inspection && <RecordLink kind="inspections.inspection" id={change.inspection_id} number={change.inspection} />}</td>
              </tr>
            ))}
            {state.changes.length === 0 && (
              <tr>
                <td colSpan={4} className="quiet">
                  {t("no_changes")}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </Panel>
      <SigningDialog
        isOpen={open === "steady"}
        title={t(`act.${steadyVerb}_title`, { material: state.material })}
        what={t(`act.${steadyVerb}_what`, { material: state.material, supplier: state.supplier })}
        meaning={t(`act.${steadyVerb}_meaning`)}
        strength={actionOf(state.allowed_actions, "declare_steady")?.strength ?? "recorded"}
        reason="required"
        problem={declare.error}
        isSending={declare.isPending}
        onSign={({ reason }) => declare.mutate({ path, body: { is_steady: !state.is_steady, reason } })}
        onCancel={() => setOpen(null)}
      />
      <SigningDialog
        isOpen={open === "resume"}
        title={t("act.resume_title", { material: state.material })}
        what={t("act.resume_what", { material: state.material, supplier: state.supplier })}
        meaning={t("act.resume_meaning")}
        strength={actionOf(state.allowed_actions, "resume")?.strength ?? "recorded"}
        reason="required"
        problem={resume.error}
        isSending={resume.isPending}
        onSign={({ reason }) => resume.mutate({ path, body: { reason } })}
        onCancel={() => setOpen(null)}
      />
    </RecordPage>
  );
}
