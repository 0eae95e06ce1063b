import { describe, expect, test } from "vitest";
import { startOf } from "@/lib/dates";
import type { Balance } from "../../queries";
import { bodyOf } from "./verbs";

const balances = [
  { id: "b1", place_id: "p1", owner_id: "o1" },
  { id: "b2", place_id: "p2", owner_id: "o2" },
] as Balance[];

describe("an act on a lot", () => {
  test("takes its part from the chosen place and owner, full-width digits and all", () => {
    expect(bodyOf("move", { balance: "b2", quantity: "１,２００", to_place_id: "p9" }, balances)).toEqual({
      place_id: "p2",
      owner_id: "o2",
      quantity: "1200",
      serials: [],
      to_place_id: "p9",
      reason: "",
    });
  });

  test("says what was typed when it is no number, so that the server can say what is wrong", () => {
    expect(bodyOf("split", { balance: "b1", quantity: "some" }, balances)).toMatchObject({ quantity: "some" });
  });

  test("holds all of the lot unless a place is chosen", () => {
    expect(bodyOf("hold", { reason: " crack " }, balances)).toEqual({ reason: "crack", cause: "manual", review_date: null, part: null });
    expect(bodyOf("hold", { reason: "crack", balance: "b1", quantity: "5", review_date: "2026-12-01" }, balances)).toMatchObject({
      review_date: "2026-12-01",
      part: { place_id: "p1", quantity: "5" },
    });
  });

  test("restricts by what is given and leaves the rest open", () => {
    expect(bodyOf("restrict", { reason: "r", limit: "20" }, balances)).toEqual({ reason: "r", quantity: "20", until: null });
    expect(bodyOf("restrict", { reason: "r", until: "2026-12-31" }, balances)).toEqual({ reason: "r", quantity: null, until: startOf("2026-12-31") });
  });

  test("takes an expiry away when none is given", () => {
    expect(bodyOf("change_expiry", { reason: "r" }, balances)).toEqual({ reason: "r", expires_at: null });
  });
});
