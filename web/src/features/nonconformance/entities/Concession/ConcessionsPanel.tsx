import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { Person } from "@/ui/Person";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Concession } from "../../queries";

export function ConcessionsPanel({ concessions }: { concessions: Concession[] }) {
  const { t } = useTranslation(["nonconformance", "ui"]);
  return (
    <Panel title={t("concession.list")} isFlush>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("concession.one")}</th>
              <th scope="col">{t("lot")}</th>
              <th scope="col" className="number">{t("concession.left")}</th>
              <th scope="col">{t("concession.until")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("split.reason")}</th>
              <th scope="col">{t("ui:person.approved")}</th>
            </tr>
          </thead>
          <tbody>
            {concessions.map((one) => (
              <tr key={one.id}>
                <td>
                  <RecordLink kind="nonconformance.concession" id={one.id} number={one.number} />
                </td>
                <td>
                  <RecordLink kind="stock.lot" id={one.lot_id} number={one.lot} />
                </td>
                <td className="number">
                  <Amount value={`${quantity(one.remaining)} / ${quantity(one.quantity)}`} unit={one.unit} />
                </td>
                <td>{moment(one.until)}</td>
                <td>
                  <StatusChip of="ConcessionState" value={one.state} plain />
                </td>
                <td>{one.reason}</td>
                <td>
                  <Person id={one.approved_by} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
