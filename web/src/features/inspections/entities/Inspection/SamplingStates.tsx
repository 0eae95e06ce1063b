// How strictly this material of this supplier is inspected now, and the last changes with their reason.
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { day } from "@/lib/dates";
import { Panel } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { SeverityMark } from "@/ui/status/SeverityMark";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Inspection } from "../../queries";

const SHOWN = 3;

export function SamplingStates({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation("inspections");
  const { material_id, supplier_id } = inspection;
  const states = api.useQuery(
    "get",
    "/api/v1/sampling-states",
    { params: { query: { material_id, supplier_id: supplier_id ?? undefined, limit: 10 } } },
    { enabled: supplier_id !== null },
  );
  if (!states.data?.items.length) return null;
  return (
    <Panel title={t("states_of.title")} note={t("states_of.note")}>
      <div className="stack">
        {states.data.items.map((state) => (
          <section key={state.id}>
            <p className="row">
              <SeverityMark value={state.severity_class} />
              <StatusChip of="SamplingStatus" value={state.status} plain />
              <span className="meta">{t("states_of.since", { date: day(state.since), score: state.score })}</span>
              <RecordLink kind="inspections.sampling_state" id={state.id} number={t("states_of.history")} />
            </p>
            <Changes id={state.id} />
          </section>
        ))}
      </div>
    </Panel>
  );
}

function Changes({ id }: { id: string }) {
  const { t } = useTranslation("states");
  const state = api.useQuery("get", "/api/v1/sampling-states/{state_id}", { params: { path: { state_id: id } } });
  const changes = [...(state.data?.changes ?? [])].reverse().slice(0, SHOWN);
  return (
    <ul className="changes">
      {changes.map((change) => (
        <li key={change.occurred_at}>
          <span className="meta">{day(change.occurred_at)}</span> {t(`SamplingStatus.${change.status}`)}: {change.sentence} {change.reason}{" "}
          {change.inspection && <RecordLink kind="inspections.inspection" id={change.inspection_id} number={change.inspection} />}
        </li>
      ))}
    </ul>
  );
}
