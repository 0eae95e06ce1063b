// What may be asked of a lot on its own page, and what each act needs to be told.
import { asDecimal } from "@/lib/quantities";
import { startOf } from "@/lib/dates";
import type { Balance } from "../../queries";

export type Field = "part" | "to_place" | "to_material" | "limit" | "until" | "expires" | "review" | "reason";

/** In the order in which the page offers them; the first ones stand in the open, the others in a menu. */
export const VERBS = {
  move: ["part", "to_place"],
  split: ["part"],
  hold: ["reason", "part", "review"],
  restrict: ["reason", "limit", "until"],
  change_expiry: ["expires", "reason"],
  regrade: ["part", "to_material", "reason"],
  scrap: ["part", "reason"],
} as const satisfies Record<string, readonly Field[]>;

export type Verb = keyof typeof VERBS;

export interface Values {
  /** The balance that the part is taken from; none: the whole lot, where that is possible. */
  balance?: string | null;
  quantity?: string;
  serials?: string[];
  to_place_id?: string | null;
  to_material_id?: string | null;
  limit?: string;
  until?: string;
  expires?: string;
  review_date?: string;
  reason?: string;
}

/** Acts that may be about all of a lot, wherever it stands. */
export const WHOLE = new Set<Verb>(["hold"]);

/** A quantity as it goes out; what is no number goes as typed, and the server says what is wrong. */
export function sent(quantity: string | undefined): string {
  return asDecimal(quantity ?? "") ?? quantity ?? "";
}

export function partOf(values: Values, balances: Balance[]) {
  const balance = balances.find((one) => one.id === values.balance);
  return {
    place_id: balance?.place_id ?? "",
    owner_id: balance?.owner_id ?? "",
    quantity: sent(values.quantity),
    serials: values.serials ?? [],
  };
}

/** The content of an act as the API takes it. */
export function bodyOf(verb: Verb, values: Values, balances: Balance[]): Record<string, unknown> {
  const reason = values.reason?.trim() ?? "";
  const part = partOf(values, balances);
  switch (verb) {
    case "move":
      return { ...part, to_place_id: values.to_place_id, reason };
    case "split":
    case "scrap":
      return { ...part, reason };
    case "regrade":
      return { ...part, to_material_id: values.to_material_id, reason };
    case "hold":
      return { reason, cause: "manual", review_date: values.review_date || null, part: values.balance ? part : null };
    case "restrict":
      return { reason, quantity: values.limit ? sent(values.limit) : null, until: values.until ? startOf(values.until) : null };
    case "change_expiry":
      return { reason, expires_at: values.expires ? startOf(values.expires) : null };
  }
}
