import { useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { useTab } from "@/lib/tabs";
import { actionOf } from "@/ui/Actions";
import { Empty, Shown } from "@/ui/states";
import { Counting } from "../entities/Inspection/Counting";
import { InspectionTitle } from "../entities/Inspection/InspectionTitle";
import { ReadingsDesk } from "../entities/Readings/Desk";
import { type Inspection, useGauges, useInspection, useOpeningReadings } from "../queries";

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
  const toRecord = () => void navigate({ to: `/inspections/${inspection.id}` as never });
  const reading = actionOf(inspection.allowed_actions, inspection.sampled ? "record_readings" : "record_result");
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
  if (!inspection.sampled) return <Counting inspection={inspection} onDecided={toRecord} />;
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
