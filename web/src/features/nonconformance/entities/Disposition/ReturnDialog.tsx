// Goods go back to their supplier with the disposition as voucher, from wherever they lie.
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { quantity, sum } from "@/lib/quantities";
import { ProblemPanel } from "@/ui/Problem";
import { Amount, RecordLink } from "@/ui/RecordLink";
import type { Disposition, Report } from "../../queries";

interface Props {
  disposition: Disposition;
  report: Report;
  onClose: () => void;
}

export function ReturnDialog({ disposition, report, onClose }: Props) {
  const { t } = useTranslation("nonconformance");
  const send = useAct("post", "/api/v1/supplier-returns");
  const lot = report.lots.find((one) => one.lot_id === disposition.lot_id);
  const places = lot?.places ?? [];
  const voucher = { kind: "nonconformance.disposition", id: disposition.id, number: disposition.number };
  const all = quantity(sum(places.map((place) => place.quantity)));
  const sent = quantity(sum((send.variables?.body.lines ?? []).map((line) => String(line.quantity))));
  const unit = disposition.unit;
  const supplier = report.supplier_name ?? "";
  return (
    <Modal open title={t("return.title", { number: disposition.number })} footer={null} onCancel={onClose}>
      {send.data ? (
        <div className="stack" role="status">
          <p>
            {t("return.done", { quantity: sent, unit, supplier })}{" "}
            <RecordLink kind="receiving.supplier_return" id={send.data.id} number={send.data.number} />
          </p>
          <div className="row">
            <Button type="primary" onClick={onClose}>
              {t("return.close")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="stack">
          <p>{t("return.what", { quantity: all, unit, supplier })}</p>
          <ul className="signed-text stack">
            {places.map((place) => (
              <li key={`${place.place_id}/${place.owner_id}`}>
                <span className="code">{disposition.lot}</span> · {place.place} · <Amount value={quantity(place.quantity)} unit={unit} />
              </li>
            ))}
          </ul>
          {send.error && <ProblemPanel problem={send.error} />}
          <div className="row form-actions">
            <Button
              type="primary"
              loading={send.isPending}
              onClick={() =>
                send.mutate({
                  body: {
                    reason: disposition.reason,
                    lines: places.map((place) => ({
                      lot_id: disposition.lot_id,
                      place_id: place.place_id,
                      owner_id: place.owner_id,
                      quantity: place.quantity,
                      voucher,
                    })),
                  },
                })
              }
            >
              {t("return.send", { quantity: all, unit })}
            </Button>
            <Button onClick={onClose}>{t("cancel.no")}</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
