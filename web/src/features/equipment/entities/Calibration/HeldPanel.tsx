// The lots that the failed calibration put on hold, and whether they still are.
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { moment } from "@/lib/dates";
import { Panel } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Calibration } from "../../queries";

export function HeldPanel({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("equipment");
  const holds = api.useQuery("get", "/api/v1/holds", {
    params: { query: { cause_id: calibration.id, limit: 200, with_total: true } },
  });
  return (
    <Panel title={t("held.title")} note={holds.data && t("held.note", { count: holds.data.total ?? 0 })} isFlush>
      <Shown of={holds}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="meta gauge-none">{t("held.none")}</p>
          ) : (
            <div className="table-scroll">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t("held.lot")}</th>
                    <th scope="col">{t("held.hold")}</th>
                    <th scope="col">{t("state")}</th>
                    <th scope="col">{t("held.placed")}</th>
                    <th scope="col">{t("held.lifted")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((hold) => (
                    <tr key={hold.id}>
                      <td>
                        <RecordLink kind="stock.lot" id={hold.lot_id} number={hold.lot} />
                      </td>
                      <td>{hold.number}</td>
                      <td>
                        <StatusChip of="HoldState" value={hold.state} plain />
                      </td>
                      <td><ByWhom at={moment(hold.placed_at)} id={hold.placed_by} /></td>
                      <td>{hold.lifted_at && [moment(hold.lifted_at), hold.lift_reason].filter(Boolean).join(" · ")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </Panel>
  );
}
