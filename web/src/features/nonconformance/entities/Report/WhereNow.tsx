// Where the goods are now: places with their lots, and what left; a bar shows the shares.
import { useTranslation } from "react-i18next";
import { quantity, sum } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Shape } from "@/ui/Shape";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";
import type { Report } from "../../queries";
import { isOutOfReach, placesOf } from "./places";

const MOST_LOTS = 4;

export function WhereNow({ report }: { report: Report }) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const places = placesOf(report.lots);
  const here = sum(places.map((place) => place.quantity));
  const gone = sum(report.gone.map((way) => way.quantity));
  const amounts = [...places.map((place) => place.quantity), ...report.gone.map((way) => way.quantity)];
  const kindOf = new Map(report.dispositions.filter((one) => one.state === "decided").map((one) => [one.id, one.kind]));
  return (
    <Panel
      title={t("where.title")}
      note={t(gone === "0" ? "where.all_here" : "where.note", { here: quantity(here), gone: quantity(gone), unit: report.unit })}
      isFlush
    >
      <ul className="where">
        {places.map((place) => (
          <li key={place.key}>
            <span className="meta" title={place.name}>
              {t(`states:PlaceKind.${place.kind}`)} <b>{place.code}</b>
            </span>
            <span className="where-quantity">
              <Amount value={quantity(place.quantity)} unit={report.unit} />
            </span>
            <ul className="where-lots meta">
              {place.lots.slice(0, MOST_LOTS).map(({ lot, quantity: held }) => (
                <li key={lot.lot_id}>
                  <RecordLink kind="stock.lot" id={lot.lot_id} number={lot.lot} />
                  {place.lots.length > 1 && <span>{quantity(held)}</span>}
                  {lot.is_on_hold && <HoldChip plain />}
                  {lot.disposition_id && kindOf.get(lot.disposition_id) ? (
                    <StatusChip of="DispositionKind" value={kindOf.get(lot.disposition_id) ?? ""} plain />
                  ) : (
                    <StatusChip of="LotStatus" value={lot.status} plain />
                  )}
                </li>
              ))}
              {place.lots.length > MOST_LOTS && <li>{t("where.more_lots", { count: place.lots.length - MOST_LOTS })}</li>}
            </ul>
          </li>
        ))}
        {report.gone.map((way) => (
          <li key={way.kind} data-out={isOutOfReach(way.kind)}>
            <span className="meta">{t(`states:MoveKind.${way.kind}`)}</span>
            <span className="where-quantity">
              <Amount value={quantity(way.quantity)} unit={report.unit} />
            </span>
            {isOutOfReach(way.kind) && (
              <span className="late row">
                <Shape name="st-alert" size={14} />
                {t("where.out_of_reach")}
              </span>
            )}
          </li>
        ))}
        {amounts.length === 0 && <li className="meta">{t("where.nowhere")}</li>}
      </ul>
      {amounts.length > 1 && (
        <div className="shares" aria-hidden="true">
          {amounts.map((amount, at) => (
            <span key={at} style={{ flexGrow: Number(amount) }} />
          ))}
        </div>
      )}
    </Panel>
  );
}
