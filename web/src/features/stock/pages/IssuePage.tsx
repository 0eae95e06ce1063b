// Issuing to a work order by scan. What may not be used is refused with its reason, and what could be
// used instead is one press away.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Problem } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { workOrder } from "@/lib/references";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { ActionButton, actionOf } from "@/ui/Actions";
import { ProblemPanel } from "@/ui/Problem";
import { ScanBox } from "@/ui/scan/ScanBox";
import { HandCard } from "../entities/Goods/HandCard";
import { asOutcome, type InHand, isInHand, pickUp, pickUpScanned, refused, serialsOf } from "../entities/Goods/inHand";
import { type Done, Log } from "../entities/Goods/Log";
import { Unusable } from "../entities/Lot/Unusable";
import { sent } from "../entities/Lot/verbs";
import "../entities/Lot/stock.css";

export function IssuePage() {
  const { t } = useTranslation(["stock", "app"]);
  const navigate = useNavigate();
  const { order = "", lot: asked } = useSearch({ strict: false }) as { order?: string; lot?: string };
  const [inHand, setInHand] = useState<InHand | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<Done[]>([]);
  const issue = useAct("post", "/api/v1/lots/{lot_id}/issue");
  const orderNow = useRef(order);
  useEffect(() => {
    orderNow.current = order;
  });
  const setOrder = (next: string) =>
    void navigate({ to: ".", search: ((before: Record<string, unknown>) => ({ ...before, order: next || undefined })) as never, replace: true });
  const hold = (next: InHand | null) => {
    setInHand(next);
    setProblem(null);
  };
  const outcomeOf = (found: InHand): Outcome => {
    hold(found);
    const action = actionOf(found.detail.allowed_actions, "issue");
    if (action && !action.is_allowed) return refused(action.sentence ?? found.detail.lot.number, action.remedy ?? "");
    return { state: "done", words: found.detail.lot.number, detail: `${quantity(found.quantity)} ${found.detail.lot.unit}` };
  };
  useEffect(() => {
    if (!asked) return;
    void pickUp(asked, t).then((found) => {
      if (isInHand(found)) setInHand(found);
    });
    // the lot of the address is taken up once
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  useScans(async ({ code }): Promise<Outcome> => {
    try {
      const found = await pickUpScanned(code, t);
      if (isInHand(found)) return outcomeOf(found);
      if (orderNow.current || Object.keys(code.elements).length) return found;
      setOrder(code.text);
      return { state: "done", words: t("for_order", { order: code.text }), detail: t("scan.now_lot") };
    } catch (thrown) {
      return asOutcome(thrown, code.text);
    }
  });
  const go = async (held: InHand) => {
    const { lot } = held.detail;
    try {
      const body = { place_id: held.balance.place_id, owner_id: held.balance.owner_id, quantity: sent(held.quantity), serials: await serialsOf(held), reference: await workOrder(order), reason: "" };
      await issue.mutateAsync({ path: { lot_id: lot.id }, body });
      const words = t("issued", { number: lot.number, quantity: quantity(body.quantity), unit: lot.unit, order: body.reference.number });
      setDone((before) => [{ key: `${before.length}`, at: new Date(), words }, ...before]);
      hold(null);
    } catch (thrown) {
      setProblem(thrown as Problem);
    }
  };
  const instead = (lotId: string) =>
    void pickUp(lotId, t).then((found) => {
      if (isInHand(found)) hold(found);
    });
  return (
    <div className="scan-page">
      <ScanBox title={t("app:menu.issue")} prompt={t(order ? "scan.issue_prompt" : "scan.order_prompt", { order })} hint={t("scan.lot_hint")} />
      <div className="scan-body">
        <div className="stack">
          <section className="panel">
            <div className="body">
              <Form layout="inline">
                <Form.Item label={t("work_order")} htmlFor="work-order">
                  <Input key={order} id="work-order" defaultValue={order} maxLength={60} onBlur={(event) => setOrder(event.target.value.trim())} onPressEnter={(event) => setOrder(event.currentTarget.value.trim())} />
                </Form.Item>
                <span className="meta">{t("work_order_hint")}</span>
              </Form>
            </div>
          </section>
          {inHand && (
            <HandCard inHand={inHand} onQuantity={(next) => hold({ ...inHand, quantity: next })} onEnter={() => order && void go(inHand)}>
              <div className="row">
                <ActionButton
                  action={actionOf(inHand.detail.allowed_actions, "issue")}
                  label={order ? t("issue_go", { number: inHand.detail.lot.number, order }) : t("issue_order_first")}
                  isPrimary
                  isOff={!order}
                  isLoading={issue.isPending}
                  onClick={() => void go(inHand)}
                />
                <Button onClick={() => hold(null)}>{t("put_back")}</Button>
              </div>
            </HandCard>
          )}
          {inHand && !problem && <Unusable lot={inHand.detail} onInstead={(balance) => instead(balance.lot_id)} />}
          {problem && inHand && (
            <>
              <ProblemPanel problem={problem} title={t("not_issued", { number: inHand.detail.lot.number })} />
              <Unusable lot={inHand.detail} title={t("use_instead")} onInstead={(balance) => instead(balance.lot_id)} />
            </>
          )}
        </div>
        <Log done={done} />
      </div>
    </div>
  );
}
