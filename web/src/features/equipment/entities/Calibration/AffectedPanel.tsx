// Readings in doubt, the nearest to a limit first: there an error of the gauge changes the result.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { Shown } from "@/ui/states";
import type { Calibration } from "../../queries";
import { percentOf } from "./nearness";

const FIRST = 50;
type Reading = Schemas["AffectedReadingOut"];

export function AffectedPanel({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("equipment");
  const query = { calibration_id: calibration.id, sort: "nearness" };
  const readings = api.useQuery("get", "/api/v1/affected-readings", {
    params: { query: { ...query, limit: FIRST, with_total: true } },
  });
  return (
    <Panel
      title={t("affected.title")}
      note={readings.data && t("affected.note", { count: readings.data.total ?? 0 })}
      end={
        <Link to={"/affected-readings" as never} search={query as never}>
          {t("affected.all")}
        </Link>
      }
      isFlush
    >
      <Shown of={readings}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="meta gauge-none">{t("affected.none")}</p>
          ) : (
            <div className="table-scroll">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t("affected.nearness")}</th>
                    <th scope="col">{t("affected.characteristic")}</th>
                    <th scope="col" className="number">{t("affected.value")}</th>
                    <th scope="col" className="number">{t("affected.limits")}</th>
                    <th scope="col">{t("affected.inspection")}</th>
                    <th scope="col">{t("held.lot")}</th>
                    <th scope="col">{t("affected.measured")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((reading) => (
                    <tr key={reading.id} className={reading.is_current ? "" : "superseded"}>
                      <td>
                        <Nearness reading={reading} />
                      </td>
                      <td>
                        <span className="code">{reading.characteristic}</span> <span className="meta">{t("affected.unit_no", { number: reading.unit_no })}</span>
                      </td>
                      <td className="number">
                        {reading.result && <Shape name={reading.result === "in" ? "rd-in" : "rd-out"} size={12} />} {reading.text}
                      </td>
                      <td className="number">{limitsOf(reading)}</td>
                      <td>
                        <RecordLink kind="inspections.inspection" id={reading.inspection_id} number={reading.inspection} />
                      </td>
                      <td>
                        {reading.lots.map((lot) => (
                          <RecordLink key={lot.lot_id} kind="stock.lot" id={lot.lot_id} number={lot.lot} />
                        ))}
                      </td>
                      <td>
                        {moment(reading.occurred_at)} {!reading.is_current && <span className="meta">{t("affected.corrected")}</span>}
                      </td>
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

export function limitsOf(reading: Pick<Reading, "lower" | "upper">): string {
  return [reading.lower, reading.upper].map((limit) => (limit === null ? "–" : quantity(limit))).join(" … ");
}

/** The strip is the tolerance, the mark the value; beside it how near the limit is. */
export function Nearness({ reading }: { reading: Reading }) {
  const { t } = useTranslation("equipment");
  if (reading.nearness === null) return <span className="quiet">{t("affected.no_limit")}</span>;
  const at = percentOf(reading);
  return (
    <span>
      <span className="nearness" data-result={reading.result} aria-hidden="true">
        <span style={{ left: `${at}%` }} />
      </span>
      {t("affected.share", { percent: Math.round(Number(reading.nearness) * 1000) / 10 })}
    </span>
  );
}
