// The lot that a person holds: scanned, found, and where it stands told apart.
import type { TFunction } from "i18next";
import type { Problem } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { ask as askWhich } from "@/lib/scan/asking";
import { findOne } from "@/lib/scan/find";
import type { Code } from "@/lib/scan/gs1";
import type { Outcome } from "@/lib/scan/scans";
import { ask, type Balance, type LotDetail } from "../../queries";

export interface InHand {
  detail: LotDetail;
  balance: Balance;
  quantity: string;
}

type T = TFunction<"stock">;

export const refused = (words: string, detail = ""): Outcome => ({ state: "refused", words, detail });

/** A refusal of the server as what came of a scan. */
export function asOutcome(thrown: unknown, words: string): Outcome {
  const { detail, remedy } = thrown as Problem;
  return refused(detail || words, remedy);
}

/** The lot with the balance that is meant; a lot that stands in several places is asked about. */
export async function pickUp(lotId: string, t: T): Promise<InHand | Outcome> {
  const [detail, { items }] = await Promise.all([ask.lot(lotId), ask.balances({ lot_id: lotId })]);
  if (!items.length) return refused(detail.lot.number, t("scan.nothing_there"));
  const balance = items.length === 1 ? items[0] : await chosen(detail.lot.number, items, t);
  if (!balance) return refused(detail.lot.number, t("scan.not_chosen"));
  return { detail, balance, quantity: balance.free === "0" ? balance.quantity : balance.free };
}

async function chosen(number: string, balances: Balance[], t: T): Promise<Balance | undefined> {
  const found = balances.map((one) => ({ kind: "", id: one.id, number: one.place, title: `${quantity(one.quantity)} ${one.unit}`, detail: one.owner }));
  const words = { title: t("scan.where", { number }), detail: t("scan.where_detail") };
  const answer = await askWhich(number, found, words);
  return balances.find((one) => one.id === answer?.id);
}

/** The lot that was scanned, or what to say when there is none. */
export async function pickUpScanned(code: Code, t: T): Promise<InHand | Outcome> {
  const found = await findOne(code, (one) => one.kind === "stock.lot");
  if (found === "none") return refused(code.text, t("scan.no_lot"));
  if (!found) return refused(code.text, t("scan.not_chosen"));
  return pickUp(found.id, t);
}

export const isInHand = (found: InHand | Outcome): found is InHand => "detail" in found && typeof found.detail === "object";

/** Serials that go with a part: all that stand there, when all of it goes. */
export async function serialsOf(inHand: InHand): Promise<string[]> {
  const { items } = await ask.serials({ lot_id: inHand.detail.lot.id, place_id: inHand.balance.place_id });
  return `${items.length}` === inHand.quantity ? items.map((serial) => serial.number) : [];
}
