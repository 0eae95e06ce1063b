// Counting a place, blind: what is booked there is not shown, the difference is said afterwards.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { useMay } from "@/lib/me";
import { findOne } from "@/lib/scan/find";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { PrintLabels } from "@/ui/labels/PrintLabels";
import { RecordSelect } from "@/ui/RecordSelect";
import { ScanBox } from "@/ui/scan/ScanBox";
import { Shown } from "@/ui/states";
import { asOutcome, refused } from "../entities/Goods/inHand";
import { type Counted, CountRow } from "../entities/Count/CountRow";
import { FoundGoods } from "../entities/Count/FoundGoods";
import { ask, type Balance } from "../queries";
import "../entities/Lot/stock.css";

const asRow = (balance: Balance, material: string): Counted => ({ lotId: balance.lot_id, lot: balance.lot, material, unit: balance.unit, ownerId: balance.owner_id });

export function CountPage() {
  const { t } = useTranslation(["stock", "app"]);
  const navigate = useNavigate();
  const { place: placeId, lot: wanted } = useSearch({ strict: false }) as { place?: string; lot?: string };
  const set = (values: Record<string, string | undefined>) =>
    void navigate({ to: ".", search: ((before: Record<string, unknown>) => ({ ...before, ...values })) as never, replace: true });
  const place = api.useQuery("get", "/api/v1/places/{place_id}", { params: { path: { place_id: placeId ?? "" } } }, { enabled: Boolean(placeId) });
  const there = api.useQuery("get", "/api/v1/balances", { params: { query: { place_id: placeId ?? "", limit: 500 } } }, { enabled: Boolean(placeId) });
  const [more, setMore] = useState<Counted[]>([]);
  const rows = [...(there.data?.items ?? []).map((one) => asRow(one, `${one.material_number} ${one.material_name}`)), ...more].filter(
    (row, i, all) => all.findIndex((other) => other.lotId === row.lotId && other.ownerId === row.ownerId) === i,
  );
  useScans(async ({ code }): Promise<Outcome> => {
    try {
      const [found] = (await ask.places(code.text)).items;
      if (found) {
        setMore([]);
        set({ place: found.id, lot: undefined });
        return { state: "done", words: found.code, detail: t("count.now_lots") };
      }
      const lot = await findOne(code, (one) => one.kind === "stock.lot");
      if (lot === "none") return refused(code.text, t("scan.no_lot"));
      if (!lot) return refused(code.text, t("scan.not_chosen"));
      if (!placeId) return refused(lot.number, t("count.place_first"));
      set({ lot: lot.id });
      if (rows.some((row) => row.lotId === lot.id)) return { state: "done", words: lot.number, detail: t("count.now_count") };
      // booked elsewhere, or nowhere: it is here all the same
      const [detail, elsewhere] = await Promise.all([ask.lot(lot.id), ask.balances({ lot_id: lot.id })]);
      const ownerId = elsewhere.items[0]?.owner_id ?? there.data?.items[0]?.owner_id;
      if (!ownerId) return refused(lot.number, t("count.nowhere"));
      setMore((before) => [...before, { lotId: lot.id, lot: lot.number, material: `${detail.lot.material_number} ${detail.lot.material_name}`, unit: detail.lot.unit, ownerId }]);
      return { state: "done", words: lot.number, detail: t("count.not_booked_here") };
    } catch (thrown) {
      return asOutcome(thrown, code.text);
    }
  });
  return (
    <div className="scan-page">
      <ScanBox title={t("app:menu.count")} prompt={t(placeId ? "count.lot_prompt" : "count.place_prompt")} hint={t("count.hint")} />
      {!placeId && (
        <section className="panel">
          <div className="body stack narrow">
            <p className="quiet">{t("count.choose")}</p>
            <RecordSelect path="/api/v1/places" fixed={{ is_internal: "true" }} label={t("place")} text={(one) => `${one.code} ${one.name}`} onChange={(id) => set({ place: id ?? undefined })} />
          </div>
        </section>
      )}
      {placeId && (
        <Shown of={place}>
          {(found) => (
            <Place key={placeId} place={found} rows={rows} wanted={wanted} owner={there.data?.items[0]} onOther={() => set({ place: undefined, lot: undefined })} />
          )}
        </Shown>
      )}
    </div>
  );
}

interface PlaceProps {
  place: { id: string; code: string; name: string };
  rows: Counted[];
  wanted: string | undefined;
  owner: Balance | undefined;
  onOther: () => void;
}

function Place({ place, rows, wanted, owner, onOther }: PlaceProps) {
  const { t } = useTranslation("stock");
  const may = useMay();
  const [reason, setReason] = useState(() => t("count.reason_default", { place: place.code }));
  const [isFinding, setFinding] = useState(false);
  const [made, setMade] = useState<{ id: string; number: string } | null>(null);
  return (
    <section className="panel" aria-label={t("count.title", { place: place.code })}>
      <header>
        <h2>{t("count.title", { place: `${place.code} ${place.name}` })}</h2>
        <span className="meta">{t("count.blind")}</span>
        <div className="end">
          {may("stock.book_found_goods") && <Button onClick={() => setFinding(true)}>{t("found.open")}</Button>}
          <Button onClick={onOther}>{t("count.other_place")}</Button>
        </div>
      </header>
      <div className="part-tools row">
        <label htmlFor="count-reason">{t("reason")}</label>
        <Input id="count-reason" className="count-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("number")}</th>
              <th scope="col">{t("material")}</th>
              <th scope="col" className="number">
                {t("count.counted")}
              </th>
              <th scope="col">{t("acts")}</th>
              <th scope="col">{t("count.result")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CountRow key={`${row.lotId}/${row.ownerId}`} row={row} placeId={place.id} reason={reason} isScanned={row.lotId === wanted} />
            ))}
          </tbody>
        </table>
      </div>
      {!rows.length && <p className="none quiet">{t("count.nothing_booked")}</p>}
      {isFinding && (
        <FoundGoods
          place={place}
          ownerId={owner?.owner_id ?? null}
          owner={owner?.owner ?? ""}
          onClose={() => setFinding(false)}
          onDone={(lot) => {
            setFinding(false);
            setMade(lot);
          }}
        />
      )}
      {made && <PrintLabels lots={[{ ...made, detail: t("found.made"), copies: 1 }]} onClose={() => setMade(null)} />}
    </section>
  );
}
