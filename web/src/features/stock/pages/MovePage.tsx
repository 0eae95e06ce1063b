// Putting away and moving by two scans: the lot, then the place.
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Problem } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import type { Code } from "@/lib/scan/gs1";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { actionOf } from "@/ui/Actions";
import { ProblemPanel } from "@/ui/Problem";
import { RecordSelect } from "@/ui/RecordSelect";
import { ScanBox } from "@/ui/scan/ScanBox";
import { HandCard } from "../entities/Goods/HandCard";
import { asOutcome, type InHand, isInHand, pickUp, pickUpScanned, refused, serialsOf } from "../entities/Goods/inHand";
import { type Done, Log } from "../entities/Goods/Log";
import { Unusable } from "../entities/Lot/Unusable";
import { sent } from "../entities/Lot/verbs";
import { ask, type Place } from "../queries";
import "../entities/Lot/stock.css";

export function MovePage() {
  const { t } = useTranslation(["stock", "app"]);
  const queries = useQueryClient();
  const [inHand, setInHand] = useState<InHand | null>(null);
  const latest = useRef<InHand | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<Done[]>([]);
  const move = useAct("post", "/api/v1/lots/{lot_id}/move");
  const hold = (next: InHand | null) => {
    latest.current = next;
    setInHand(next);
    setProblem(null);
  };
  const put = async (held: InHand, to: { id: string; code: string }): Promise<Outcome> => {
    const { lot } = held.detail;
    const from = held.balance;
    const part = { owner_id: from.owner_id, quantity: sent(held.quantity), serials: await serialsOf(held), reason: "" };
    await move.mutateAsync({ path: { lot_id: lot.id }, body: { ...part, place_id: from.place_id, to_place_id: to.id } });
    const words = t("moved", { number: lot.number, quantity: quantity(part.quantity), unit: lot.unit, from: from.place, to: to.code });
    const undo = () => {
      const body = { ...part, place_id: to.id, to_place_id: from.place_id };
      move.mutateAsync({ path: { lot_id: lot.id }, body }).then(
        () => setDone((before) => before.map((one) => (one.words === words ? { ...one, words: t("moved_back", { words }), act: undefined } : one))),
        (thrown: Problem) => setProblem(thrown),
      );
    };
    setDone((before) => [
      { key: `${before.length}`, at: new Date(), words, act: <Button size="small" onClick={undo}>{t("move_back")}</Button> },
      ...before,
    ]);
    hold(null);
    return { state: "done", words };
  };
  const toPlace = async (held: InHand, code: Code): Promise<Outcome | null> => {
    const { items } = await ask.places(code.text);
    const here = items.filter((place) => place.site_id === held.detail.lot.site_id);
    const place = here[0];
    if (!place) return items.length ? refused(code.text, t("scan.other_site")) : null;
    try {
      return await put(held, place);
    } catch (thrown) {
      setProblem(thrown as Problem);
      return asOutcome(thrown, held.detail.lot.number);
    }
  };
  const take = async (code: Code): Promise<Outcome> => {
    const found = await pickUpScanned(code, t);
    if (!isInHand(found)) return found;
    hold(found);
    const action = actionOf(found.detail.allowed_actions, "move");
    if (action && !action.is_allowed) return refused(action.sentence ?? found.detail.lot.number, action.remedy ?? "");
    return { state: "done", words: found.detail.lot.number, detail: t("scan.now_place") };
  };
  const { lot: given } = useSearch({ strict: false }) as { lot?: string };
  // a lot that the page before had in view counts as scanned: only its place is still to be scanned
  useEffect(() => {
    let isHere = true;
    if (!given) return;
    pickUp(given, t).then(
      (found) => isHere && isInHand(found) && !latest.current && hold(found),
      (thrown: Problem) => isHere && setProblem(thrown),
    );
    return () => {
      isHere = false;
    };
  }, [given, t]);
  useScans(async ({ code }): Promise<Outcome> => {
    try {
      const held = latest.current;
      const placed = held && (await toPlace(held, code));
      if (placed) return placed;
      if (!held && (await ask.places(code.text)).items.length) return refused(code.text, t("scan.lot_first"));
      return await take(code);
    } catch (thrown) {
      return asOutcome(thrown, code.text);
    } finally {
      void queries.invalidateQueries({ queryKey: ["get", "/api/v1/balances"] });
    }
  });
  const action = inHand && actionOf(inHand.detail.allowed_actions, "move");
  return (
    <div className="scan-page">
      <ScanBox title={t("app:menu.move")} prompt={t(inHand ? "scan.place_prompt" : "scan.lot_prompt", { number: inHand?.detail.lot.number })} hint={t(inHand ? "scan.place_hint" : "scan.lot_hint")} />
      <div className="scan-body">
        <div className="stack">
          {inHand ? (
            <HandCard inHand={inHand} onQuantity={(next) => hold({ ...inHand, quantity: next })}>
              <p className="from-to">
                <b>{inHand.balance.place}</b>
                <span aria-hidden="true">→</span>
                <span className="hollow">{t("scan.place_short")}</span>
              </p>
              {action && !action.is_allowed ? (
                <p className="late">{[action.sentence, action.remedy].filter(Boolean).join(" ")}</p>
              ) : (
                <div className="row">
                  <RecordSelect
                    path="/api/v1/places"
                    fixed={{ is_internal: "true", site_id: inHand.detail.lot.site_id }}
                    label={t("to_place")}
                    text={(place) => `${place.code} ${place.name}`}
                    onChange={(_, place: Place | null) => {
                      if (place) put(inHand, place).catch((thrown: Problem) => setProblem(thrown));
                    }}
                  />
                  <Button onClick={() => hold(null)}>{t("put_back")}</Button>
                </div>
              )}
            </HandCard>
          ) : (
            <section className="panel">
              <div className="state">
                <h3>{t("move_empty")}</h3>
                <p className="quiet">{t("move_empty_detail")}</p>
              </div>
            </section>
          )}
          {problem && <ProblemPanel problem={problem} title={t("not_moved", { number: inHand?.detail.lot.number ?? "" })} />}
          {inHand && <Unusable lot={inHand.detail} />}
        </div>
        <Log done={done} />
      </div>
    </div>
  );
}
