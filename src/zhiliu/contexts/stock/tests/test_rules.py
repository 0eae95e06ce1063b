"""The gate and the lifecycles, on plain values."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from zhiliu.contexts.stock.rules import (
    GateFacts,
    LotFacts,
    Purpose,
    can_act,
    can_dispose,
    can_use,
    can_use_for_owner,
    free,
    lowest_since,
)
from zhiliu.contexts.stock.states import ALLOWED, LIFECYCLES, LotStatus, Permit, Use

NOW = datetime(2026, 5, 20, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORDER, OTHER = UUID(int=7), UUID(int=8)

# DESIGN.md section 3, "What may be done", written out once more: status -> sample, move, dispose,
# issue, ship. What is "by disposition" or "return only" there is asked by `can_dispose`.
TABLE = {
    "awaiting_inspection": ("yes", "yes", "yes", "no", "no"),
    "released": ("yes", "yes", "yes", "yes", "yes"),
    "restricted": ("yes", "yes", "yes", "yes", "yes"),
    "blocked": ("yes", "yes", "yes", "no", "no"),
}
USES = ("sample", "move", "dispose", "issue", "ship")


def facts(status: str, **more: object) -> GateFacts:
    values = {"holds": (), "expires_at": None, "is_urgent": False, **more}
    return GateFacts(lot="L-1", status=LotStatus(status), **values)  # type: ignore[arg-type]


def codes(facts: GateFacts, use: str, purpose: Purpose | None = None) -> set[str]:
    return {r.code for r in can_use(facts, Use(use), NOW, purpose or Purpose(ORDER, "WO-7"))}


@pytest.mark.parametrize(
    ("status", "use", "hold", "expiry", "is_urgent"),
    list(product(TABLE, USES, (False, True), ("none", "to come", "now", "past"), (False, True))),
)
def test_the_table_with_every_hold_expiry_and_mark(
    status: str, use: str, hold: bool, expiry: str, is_urgent: bool
) -> None:
    expires_at = {"none": None, "to come": NOW + HOUR, "now": NOW, "past": NOW - HOUR}[expiry]
    expected = set()
    if TABLE[status][USES.index(use)] == "no":
        expected.add("stock.lot_not_usable")
    if use in ("issue", "ship"):
        if hold:
            expected.add("stock.lot_on_hold")
        if expiry in ("now", "past"):
            expected.add("stock.lot_expired")
        if is_urgent and use == "ship":
            expected.add("stock.lot_urgent")

    lot = facts(status, holds=("H-1",) if hold else (), expires_at=expires_at, is_urgent=is_urgent)

    assert codes(lot, use) == expected


@pytest.mark.parametrize("use", ["issue", "ship"])
@pytest.mark.parametrize(
    ("bound", "is_inside"),
    [
        ({"bound_until": NOW + HOUR}, True),
        ({"bound_until": NOW}, False),
        ({"bound_until": NOW - HOUR}, False),
        ({"bound_references": (str(ORDER),)}, True),
        ({"bound_references": (str(OTHER),)}, False),
        ({"bound_references": ()}, False),
        ({"bound_customers": (str(ORDER),)}, True),
        ({"bound_customers": (str(OTHER),)}, False),
    ],
)
def test_restricted_goods_stay_within_their_bounds(
    use: str, bound: dict[str, object], is_inside: bool
) -> None:
    purpose = Purpose(ORDER, "WO-7", customer_id=ORDER)

    assert codes(facts("restricted", **bound), use, purpose) == (
        set() if is_inside else {"stock.outside_bounds"}
    )
    # the same bounds mean nothing at another status, and never for a move
    assert codes(facts("released", **bound), use, purpose) == set()
    assert codes(facts("restricted", **bound), "move", purpose) == set()


def test_every_bound_that_is_broken_is_named() -> None:
    lot = facts(
        "restricted", bound_until=NOW, bound_references=(str(OTHER),), bound_customers=(str(OTHER),)
    )

    found = can_use(lot, Use.SHIP, NOW, Purpose())

    assert [r.data()["bound"] for r in found] == ["until", "order", "customer"]


def test_bounds_hold_only_where_the_table_says_so() -> None:
    within = {(s, u) for s in LotStatus for u in Use if ALLOWED[s][u] is Permit.WITHIN_BOUNDS}

    assert within == {(LotStatus.RESTRICTED, Use.ISSUE), (LotStatus.RESTRICTED, Use.SHIP)}


@pytest.mark.parametrize("status", list(LotStatus))
@pytest.mark.parametrize("is_return", [True, False])
def test_what_waits_for_inspection_may_only_be_returned(status: LotStatus, is_return: bool) -> None:
    found = can_dispose("L-1", status, is_return=is_return)

    refused = status is LotStatus.AWAITING_INSPECTION and not is_return
    assert [r.code for r in found] == (["stock.return_only"] if refused else [])


@pytest.mark.parametrize(
    ("owner", "customer", "is_allowed"),
    [(1, None, True), (1, 2, True), (2, 2, True), (2, None, False), (2, 3, False)],
)
def test_goods_of_others_go_only_to_their_owner(
    owner: int, customer: int | None, is_allowed: bool
) -> None:
    found = can_use_for_owner(
        lot="L-1",
        owner="owner",
        owner_id=UUID(int=owner),
        own_id=UUID(int=1),
        customer_id=UUID(int=customer) if customer else None,
    )

    assert [r.code for r in found] == ([] if is_allowed else ["stock.owned_by_other"])


def test_what_is_reserved_for_oneself_is_free() -> None:
    assert free(Decimal(100), Decimal(60), Decimal(0)) == 40
    assert free(Decimal(100), Decimal(60), Decimal(25)) == 65


@pytest.mark.parametrize(
    ("hours_ago", "lowest"), [(9, 0), (8, 4), (7, 4), (6, 4), (5, 7), (2, 7), (1, 7), (0, 7)]
)
def test_the_lowest_total_from_a_moment_on(hours_ago: int, lowest: int) -> None:
    # 8 h ago 10 came, 6 h ago 6 left, 5 h ago 3 came back, 2 h ago 20 passed through at once
    moves = [(8, 10), (2, -20), (6, -6), (5, 3), (2, 20)]
    deltas = [(NOW - h * HOUR, Decimal(q)) for h, q in moves]

    assert lowest_since(deltas, NOW - hours_ago * HOUR) == lowest


def test_nothing_moved_is_nothing_there() -> None:
    assert lowest_since([], NOW) == 0


@pytest.mark.parametrize(
    ("verb", "status", "more", "codes"),
    [
        ("move", "blocked", {}, []),
        ("merge", "released", {}, []),
        ("merge", "released", {"holds": ("H-1",)}, ["stock.mismatch"]),
        ("merge", "restricted", {}, ["stock.mismatch"]),
        ("merge", "released", {"is_serial": True}, ["stock.mismatch"]),
        ("regrade", "released", {"is_serial": True}, ["stock.mismatch"]),
        ("regrade", "blocked", {}, ["stock.not_disposed"]),
        ("scrap", "released", {}, []),
        ("scrap", "awaiting_inspection", {}, ["stock.return_only"]),
        ("return_to_vendor", "awaiting_inspection", {}, []),
        ("return_to_vendor", "released", {"has_supplier": False}, ["stock.mismatch"]),
        ("restrict", "restricted", {}, []),
        ("restrict", "awaiting_inspection", {}, ["stock.not_in_state"]),
        ("ship", "released", {"is_urgent": True}, ["stock.lot_urgent"]),
        ("reserve", "awaiting_inspection", {}, ["stock.lot_not_usable"]),
        ("split", "released", {"on_hand": 0}, ["stock.nothing_in_stock"]),
        ("hold", "blocked", {"on_hand": 0}, []),
    ],
)
def test_what_may_be_done_with_a_lot(verb, status, more, codes) -> None:
    own = {"on_hand": 5, "has_supplier": True, "is_serial": False}
    gate = facts(status, **{k: v for k, v in more.items() if k not in own})
    lot = LotFacts(gate, **{**own, **{k: v for k, v in more.items() if k in own}})

    assert [r.code for r in can_act(verb, lot, NOW)] == codes


MOVES = [
    (lifecycle, verb, state)
    for lifecycle in LIFECYCLES
    for verb in lifecycle.verbs
    for state in lifecycle.states
]
LEGAL = {
    ("stock.lot", verb, status)
    for verb in ("release", "restrict", "block")
    for status in ("awaiting_inspection", "released", "restricted", "blocked")
} | {
    ("stock.hold", "lift", "open"),
    ("stock.reservation", "consume", "open"),
    ("stock.reservation", "cancel", "open"),
    ("stock.reservation", "break", "open"),
    ("stock.period", "close", "open"),
}


@pytest.mark.parametrize(
    ("lifecycle", "verb", "state"), MOVES, ids=[f"{x.kind}-{v}-{s}" for x, v, s in MOVES]
)
def test_every_lifecycle_move_legal_and_illegal(lifecycle, verb, state) -> None:
    assert lifecycle.allows(verb, state) == ((lifecycle.kind, verb, str(state)) in LEGAL)


def test_no_lot_goes_back_to_waiting_and_nothing_ended_opens_again() -> None:
    for lifecycle in LIFECYCLES:
        targets = {target for _, target in lifecycle.moves()}
        assert not targets & {"awaiting_inspection", "open"}
