import { useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { useTab } from "@/lib/tabs";
import { actionOf } from "@/ui/Actions";
import { Empty, Loading, Shown } from "@/ui/states";
import { Counting } from "../entities/Inspection/Counting";
import { InspectionTitle } from "../entities/Inspection/InspectionTitle";
import { ReadingsDesk } from "../entities/Readings/Desk";
import { type Inspection, useGauges, useInspection, useOpeningReadings, useSort } from "../queries";

export function ReadingsPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const inspection = useInspection(id);
  useTab(`/inspections/${id}`, inspection.data?.number);
  return (
    <Shown of={inspection}>
      {(found) => (
        <article className="rd-page" aria-label={found.number}>
          <InspectionTitle inspection={found} />
          <Work inspection={found} />
        </article>
      )}
    </Shown>
  );
}

function Work({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation("inspections");
  const navigate = useNavigate();
  const sort = useSort(inspection);
  const toRecord = () => void navigate({ to: `/inspections/${inspection.id}` as never });
  const isCounted = !inspection.sampled || inspection.result_count > 0 || Boolean(sort.data);
  const reading = actionOf(inspection.allowed_actions, isCounted ? "record_result" : "record_readings");
  if (!reading?.is_allowed) {
    return (
      <Empty title={reading?.sentence ?? t("grid.not_now")}>
        <p className="quiet">{reading?.remedy}</p>
        <Button type="primary" onClick={toRecord}>
          {t("record.open", { number: inspection.number })}
        </Button>
      </Empty>
    );
  }
  if (sort.isLoading) return <Loading />;
  if (isCounted) return <Counting inspection={inspection} sort={sort.data ?? null} onDecided={toRecord} />;
  return <Sampled inspection={inspection} onDecided={toRecord} />;
}

function Sampled({ inspection, onDecided }: { inspection: Inspection; onDecided: () => void }) {
  const me = useMe();
  const opening = useOpeningReadings(inspection.id);
  const gauges = useGauges(inspection.site_id);
  return (
    <Shown of={opening}>
      {(readings) => (
        <Shown of={gauges}>
          {(all) =>
            me.data &&
            inspection.sampled && (
              <ReadingsDesk
                key={inspection.id}
                inspection={inspection}
                sampled={inspection.sampled}
                opening={readings}
                gauges={all}
                me={me.data}
                onDecided={onDecided}
              />
            )
          }
        </Shown>
      )}
    </Shown>
  );
}
