// Sending goods back to their supplier: scan lot after lot, then one press makes the return.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Problem } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { findOne } from "@/lib/scan/find";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { ProblemPanel } from "@/ui/Problem";
import { RecordLink } from "@/ui/RecordLink";
import { RecordSelect } from "@/ui/RecordSelect";
import { ScanBox } from "@/ui/scan/ScanBox";
import { SimpleTable } from "@/ui/SimpleTable";
import { type Going, goingOf, linesOf } from "../entities/SupplierReturn/going";
import "../entities/Delivery/receiving.css";

export function NewSupplierReturnPage() {
  const { t } = useTranslation("receiving");
  const navigate = useNavigate();
  const { lot: asked } = useSearch({ strict: false }) as { lot?: string };
  const [goods, setGoods] = useState<Going[]>([]);
  const [reason, setReason] = useState("");
  const send = useAct("post", "/api/v1/supplier-returns", {
    onDone: (made) => void navigate({ to: `/supplier-returns/${made.id}` as never }),
  });
  const add = (going: Going) => setGoods((before) => (before.some((one) => one.lotId === going.lotId) ? before : [...before, going]));
  const put = async (lotId: string, number: string): Promise<Outcome> => {
    const going = await goingOf(lotId);
    if (!going) return { state: "refused", words: number, detail: t("return.nothing_there") };
    add(going);
    return { state: "done", words: going.lot, detail: `${quantity(going.quantity)} ${going.unit}` };
  };
  useEffect(() => {
    if (!asked) return;
    void goingOf(asked).then((going) => going && add(going), () => undefined);
  }, [asked]);
  useScans(async ({ code }): Promise<Outcome> => {
    try {
      const found = await findOne(code, (one) => one.kind === "stock.lot");
      if (found === "none") return { state: "refused", words: code.text, detail: t("return.no_lot") };
      if (!found) return { state: "refused", words: code.text, detail: t("scan.not_chosen") };
      return await put(found.id, found.number);
    } catch (thrown) {
      const { detail, remedy } = thrown as Problem;
      return { state: "refused", words: detail || code.text, detail: remedy };
    }
  });
  const set = (lotId: string, values: Partial<Going>) => setGoods((before) => before.map((one) => (one.lotId === lotId ? { ...one, ...values } : one)));
  const undecided = goods.filter((one) => one.isBlocked && !one.voucher);
  const needsReason = goods.some((one) => !one.voucher);
  return (
    <div className="stack">
      <ScanBox prompt={t("return.prompt")} hint={t("return.hint")} />
      <section className="panel" aria-label={t("return.new")}>
        <header>
          <h1>{t("return.new")}</h1>
        </header>
        <SimpleTable<Going>
          label={t("return.lines")}
          rows={goods}
          rowKey={(one) => one.lotId}
          none={t("return.empty")}
          columns={[
            { title: t("lot"), render: (one) => <RecordLink kind="stock.lot" id={one.lotId} number={one.lot} /> },
            { title: t("material"), render: (one) => one.material },
            {
              title: t("return.from"),
              render: (one) => (
                <Select
                  aria-label={t("return.from")}
                  value={one.balanceId}
                  options={one.balances.map((b) => ({ value: b.id, label: `${b.place} (${quantity(b.quantity)})` }))}
                  onChange={(balanceId: string) => set(one.lotId, { balanceId, quantity: one.balances.find((b) => b.id === balanceId)?.quantity ?? one.quantity })}
                />
              ),
            },
            {
              title: t("quantity"),
              align: "right",
              render: (one) => <Input className="return-quantity" inputMode="decimal" aria-label={t("quantity_of", { number: one.lot })} value={one.quantity} suffix={one.unit} onChange={(event) => set(one.lotId, { quantity: event.target.value })} />,
            },
            {
              title: t("return.voucher"),
              render: (one) => one.voucher?.number ?? (one.isBlocked ? <span className="late">{t("return.undecided")}</span> : t("return.by_reason")),
            },
            {
              title: t("what_now"),
              align: "right",
              render: (one) => (
                <Button type="link" size="small" onClick={() => setGoods((before) => before.filter((other) => other.lotId !== one.lotId))}>
                  {t("remove")}
                </Button>
              ),
            },
          ]}
        />
        <div className="body stack narrow">
          <RecordSelect
            path="/api/v1/lots"
            label={t("return.add")}
            text={(lot) => `${lot.number} · ${lot.material_number} ${lot.material_name}`}
            value={null}
            onChange={(id, lot) => {
              if (id && lot) void put(id, lot.number);
            }}
          />
          {undecided.length > 0 && <p className="late">{t("return.undecided_detail", { lots: undecided.map((one) => one.lot).join(", ") })}</p>}
          {needsReason && (
            <label className="stack-tight">
              <span className="quiet">{t("return.reason_needed")}</span>
              <Input.TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            </label>
          )}
          {send.error && <ProblemPanel problem={send.error} title={t("return.refused")} />}
          <div className="row">
            <Button type="primary" disabled={!goods.length} loading={send.isPending} onClick={() => send.mutate({ body: { lines: linesOf(goods), reason: reason.trim() } })}>
              {t("return.go", { count: goods.length })}
            </Button>
          </div>
        </div>
      </section>
    </div>
  );
}
