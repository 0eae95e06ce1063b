"""Reads of stock: labels, traces, what lay where, and how many queries they take."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.plant import Plant, build_plant
from tests.support import caller

from zhiliu.contexts.stock import operations, queries
from zhiliu.contexts.stock.errors import LabelAmbiguous, NotFound
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.queries.acts import lot_actions
from zhiliu.contexts.stock.states import LOT_ACTS, LotStatus
from zhiliu.contexts.stock.tests.acts import do, hold, issue, reserve
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.clock import server_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


def split(plant: Plant, lot: Lot, quantity: int, place: str = "A-01") -> Lot:
    return do(operations.split_lot, lot_id=lot.pk, part=plant.part(place, quantity))


def move(plant: Plant, lot: Lot, quantity: int, to: str) -> None:
    part = plant.part("A-01", quantity)
    do(operations.move_goods, lot_id=lot.pk, part=part, to_place_id=plant.places[to])


def test_an_old_label_resolves_by_place_and_is_never_guessed(plant):
    lot = plant.lot(10)
    assert queries.get_lot_by_label(SYSTEM, lot.number, None) == lot
    part = split(plant, lot, 4)
    move(plant, part, 4, "A-02")

    with pytest.raises(LabelAmbiguous) as asked:
        queries.get_lot_by_label(SYSTEM, lot.number, None)
    assert asked.value.data()["candidates"] == [lot.number, part.number]
    for place, expected in (("A-01", lot), ("A-02", part), ("A-03", lot)):
        found = queries.get_lot_by_label(SYSTEM, lot.number, plant.places[place])
        assert found.number == expected.number
    assert queries.get_lot_by_label(SYSTEM, part.number, None).number == part.number
    with pytest.raises(NotFound):
        queries.get_lot_by_label(SYSTEM, "L-none", None)


def steps(actor: Actor, lot: Lot, direction: str) -> list[tuple[int, str, str, str]]:
    found = queries.get_trace(actor, lot.pk, direction)
    return [
        (e["depth"], e["kind"], e["source"], e["target"] or e["reference_number"]) for e in found
    ]


def test_a_trace_runs_both_ways_to_any_depth(plant):
    lot, other = plant.lot(10, material="oil"), plant.lot(5, material="oil")
    part = split(plant, lot, 4)
    parts = [(part.pk, plant.part("A-01", 4)), (other.pk, plant.part("A-01", 5))]
    mixed = do(operations.merge_lots, parts=parts, to_place_id=plant.places["A-01"])
    issue(plant, mixed, 3)

    forward = steps(SYSTEM, lot, "forward")
    assert forward == [
        (0, "split", lot.number, part.number),
        (1, "merged", part.number, mixed.number),
        (2, "consumed", mixed.number, "WO-1"),
    ]
    assert sorted(steps(SYSTEM, mixed, "backward")) == sorted(
        [
            (0, "merged", part.number, mixed.number),
            (0, "merged", other.number, mixed.number),
            (1, "split", lot.number, part.number),
        ]
    )
    assert steps(SYSTEM, lot, "backward") == []


def test_a_trace_names_only_what_the_reader_may_see(plant):
    lot = plant.lot(10)
    part = split(plant, lot, 4)
    scopes = {queries.READ: (Scope(supplier_id=plant.supplier),)}
    supplier = Actor(uuid4(), "supplier", scopes)
    stranger = Actor(uuid4(), "stranger", {queries.READ: (Scope(supplier_id=uuid4()),)})
    do(
        operations.merge_lots,
        parts=[
            (part.pk, plant.part("A-01", 4)),
            (_of_nobody(plant).pk, plant.part("A-01", 5)),
        ],
        to_place_id=plant.places["A-02"],
    )  # a mixture of several suppliers belongs to none of them

    assert steps(supplier, lot, "forward") == [(0, "split", lot.number, part.number)]
    with pytest.raises(NotFound):
        queries.get_trace(stranger, lot.pk, "forward")


def _of_nobody(plant: Plant) -> Lot:
    return do(
        operations.book_opening_stock,
        reason="opening",
        material_id=plant.material("bearing"),
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(5),
    )


def test_what_lay_where_and_was_usable_at_any_moment(plant):
    now = server_time()
    lot = plant.lot(10, at=now - timedelta(hours=9))
    do(
        operations.move_goods,
        when=now - timedelta(hours=6),
        lot_id=lot.pk,
        part=plant.part("A-01", 4),
        to_place_id=plant.places["A-02"],
    )
    hold(lot, when=now - timedelta(hours=3))

    def at(hours: int) -> dict[str, tuple[Decimal, bool]]:
        moment = now - timedelta(hours=hours)
        rows = queries.list_stock_at(SYSTEM, plant.company, moment, lot.pk)
        return {r["place"]: (r["quantity"], r["is_usable"]) for r in rows}

    assert at(10) == {}
    assert at(8) == {"A-01": (10, True)}
    assert at(5) == {"A-01": (6, True), "A-02": (4, True)}
    assert at(1) == {"A-01": (6, False), "A-02": (4, False)}


def test_usable_stock_leaves_out_what_may_not_be_issued(plant):
    now = server_time()
    good, part_reserved = plant.lot(10), plant.lot(10)
    reserve(plant, part_reserved, 4)
    reserve(plant, plant.lot(10), 10)
    hold(plant.lot(10))
    plant.lot(10, status=LotStatus.BLOCKED)
    plant.lot(10, expires_at=now - timedelta(seconds=1))

    rows = queries.list_usable(SYSTEM, now)

    assert {b.lot_id: b.quantity - b.reserved for b in rows} == {good.pk: 10, part_reserved.pk: 6}


def refused(lot, on_hand, *, actor=SYSTEM):
    """What refuses each act on a lot, by its first code."""
    holds = queries.list_lot_holds(lot.pk)
    lot = queries.get_lot(SYSTEM, lot.pk)
    found = lot_actions(actor, lot, Decimal(on_hand), holds, server_time())
    return {verb: refusals[0] for verb, refusals in found.items() if refusals}


def test_a_lot_says_which_acts_are_refused_and_what_may_be_used_instead(plant):
    lot, good = plant.lot(10, status=LotStatus.BLOCKED), plant.lot(10)
    hold(lot)

    found = refused(lot, 10)

    assert {verb: refusal.code for verb, refusal in found.items()} == {
        "merge": "stock.mismatch",
        "restrict": "stock.not_in_state",
        "change_owner": "stock.lot_not_usable",
        "regrade": "stock.not_disposed",
        "reserve": "stock.lot_not_usable",
        "issue": "stock.lot_not_usable",
        "ship": "stock.lot_not_usable",
        "scrap": "stock.not_disposed",
        "return_to_vendor": "stock.not_disposed",
    }
    assert found["issue"].alternative == found["ship"].alternative == f"{good.number} (10)"


def test_of_a_lot_that_is_gone_nothing_can_be_taken(plant):
    found = refused(plant.lot(10), 0)

    assert {refusal.code for refusal in found.values()} == {"stock.nothing_in_stock"}
    assert set(LOT_ACTS) - set(found) == {
        "hold",
        "restrict",
        "change_expiry",
        "return_issue",
        "customer_return",
        "count",
        "print_labels",
    }


def test_an_actor_without_the_right_is_told_that_first(plant):
    lot = plant.lot(10, status=LotStatus.BLOCKED)
    keeper = Actor(uuid4(), "王", {"stock.move_goods": (Scope(site_id=plant.site),)})

    found = refused(lot, 10, actor=keeper)

    assert set(LOT_ACTS) - set(found) == {"move"}
    assert {refusal.code for refusal in found.values()} == {"access.not_permitted"}


@pytest.mark.parametrize(
    ("path", "queries_needed"),
    [("/lots", 2), ("/balances", 1), ("/usable-stock", 1), ("/moves", 1), ("/places", 1)],
)
def test_a_page_takes_the_same_queries_for_any_number_of_rows(
    plant, django_assert_num_queries, path, queries_needed
):
    reader = caller("stock.read")
    reader.get(path)
    for rows in (1, 5):
        for _ in range(rows):
            move(plant, plant.lot(5), 2, "A-02")
        with django_assert_num_queries(queries_needed):
            assert reader.get(path)["items"]
