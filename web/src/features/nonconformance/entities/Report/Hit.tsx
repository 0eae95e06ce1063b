// Whom the report hits: orders that reserved the goods, and lots of the same supplier lot.
import { useTranslation } from "react-i18next";
import { quantity } from "@/lib/quantities";
import { Panel } from "@/ui/frames/RecordPage";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { HoldChip, StatusChip } from "@/ui/status/StatusChip";
import type { Report } from "../../queries";

export function OrdersHit({ report }: { report: Report }) {
  const { t } = useTranslation("nonconformance");
  const rows = report.orders_hit;
  return (
    <Panel title={t("orders.title")} note={rows.length ? t("orders.note", { count: rows.length }) : undefined} isFlush>
      {rows.length === 0 ? (
        <p className="body meta panel-none">{t("orders.none")}</p>
      ) : (
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("orders.order")}</th>
                <th scope="col">{t("lot")}</th>
                <th scope="col" className="number">
                  {t("quantity")}
                </th>
                <th scope="col">{t("orders.now")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.reservation}>
                  <td>
                    <RecordLink kind={row.reference_kind} id={row.reference_id} number={row.reference} />
                  </td>
                  <td>
                    <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} />
                  </td>
                  <td className="number">
                    <Amount value={quantity(row.quantity)} unit={report.unit} />
                  </td>
                  <td>{row.is_broken ? <span className="late">{t("orders.broken")}</span> : t("orders.reserved")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

export function Siblings({ report }: { report: Report }) {
  const { t } = useTranslation("nonconformance");
  const supplierLots = [...new Set(report.lots.map((lot) => lot.supplier_lot).filter(Boolean))].join(", ");
  return (
    <Panel title={t("siblings.title")} note={supplierLots && t("siblings.note", { lot: supplierLots })} isFlush>
      {report.siblings.length === 0 ? (
        <p className="body meta panel-none">{t("siblings.none")}</p>
      ) : (
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("lot")}</th>
                <th scope="col">{t("site")}</th>
                <th scope="col" className="number">
                  {t("on_hand")}
                </th>
                <th scope="col">{t("status")}</th>
              </tr>
            </thead>
            <tbody>
              {report.siblings.map((row) => (
                <tr key={row.lot_id}>
                  <td>
                    <RecordLink kind="stock.lot" id={row.lot_id} number={row.lot} />
                  </td>
                  <td>{row.site}</td>
                  <td className="number">
                    <Amount value={quantity(row.quantity)} unit={report.unit} />
                  </td>
                  <td>
                    <span className="row">
                      {row.is_on_hold && <HoldChip plain />}
                      <StatusChip of="LotStatus" value={row.status} plain />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
