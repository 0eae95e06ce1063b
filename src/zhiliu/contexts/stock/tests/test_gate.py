"""Versions, bounds and late acts: what was allowed then, and what a restriction leaves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.plant import Plant, build_plant
from tests.support import run

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import (
    Mismatch,
    NotThereThen,
    NotUsableThen,
    OutsideBounds,
    TooEarly,
)
from zhiliu.contexts.stock.models import Hold, Lot, LotBound, LotVersion, Move, Reservation
from zhiliu.contexts.stock.states import LotStatus
from zhiliu.contexts.stock.tests.acts import do, hold, issue, ledger, reserve, restrict
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def plant() -> Plant:
    return build_plant()


def release(lot: Lot, when=None) -> Lot:
    return run(
        lambda command, at: operations.release_lot(
            lot_id=lot.pk, voucher=Reference("tests", command.id, "t"), command=command, at=at
        ),
        at=when,
    )


def block(lot: Lot) -> Lot:
    return run(
        lambda command, at: operations.block_lot(
            lot_id=lot.pk, voucher=Reference("tests", command.id, "t"), command=command, at=at
        )
    )


def lift(placed: Hold, when=None) -> Hold:
    return run(
        lambda command, at: operations.lift_hold(
            hold_id=placed.pk, reason="ok", command=command, at=at
        ),
        at=when,
    )


def late_issue(plant: Plant, lot: Lot, when):
    return do(
        operations.issue,
        when=when,
        lot_id=lot.pk,
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(1),
        reference=plant.order(),
    )


def test_a_change_never_takes_effect_before_the_one_it_changes(plant):
    now = server_time()
    lot = plant.lot(10, status=LotStatus.AWAITING_INSPECTION, at=now - 9 * HOUR)
    release(lot, now - 3 * HOUR)

    placed = hold(lot, when=now - 6 * HOUR)
    lift(placed.hold)
    release(lot, now - 5 * HOUR)
    release(lot, now - 5 * HOUR)

    versions = list(LotVersion.objects.filter(lot_id=lot.pk).order_by("version"))
    times = [v.occurred_at for v in versions]
    assert [v.version for v in versions] == [1, 2, 3, 4, 5, 6]
    assert times == sorted(times)
    assert times[2] == now - 3 * HOUR
    assert placed.hold.placed_at == now - 6 * HOUR
    with pytest.raises(NotUsableThen):
        late_issue(plant, lot, now - 4 * HOUR)
    with pytest.raises(NotUsableThen):
        late_issue(plant, lot, now - 10 * HOUR)  # before it was received


def test_a_hold_is_not_lifted_before_it_was_placed(plant):
    placed = hold(plant.lot(10))
    before = ledger()

    with pytest.raises(TooEarly):
        lift(placed.hold, server_time() - HOUR)

    assert ledger() == before


def test_what_inherits_a_gate_is_not_born_before_it(plant):
    now = server_time()
    lots = [plant.lot(10, status=LotStatus.AWAITING_INSPECTION, at=now - 9 * HOUR) for _ in "ab"]
    for lot in lots:
        release(lot, now - 3 * HOUR)
    part = plant.part("A-01", 4)
    parts = [(lot.pk, part) for lot in lots]
    to = plant.places["A-02"]
    before = ledger()

    with pytest.raises(TooEarly):
        do(operations.split_lot, when=now - 6 * HOUR, lot_id=lots[0].pk, part=part)
    with pytest.raises(TooEarly):
        do(operations.merge_lots, when=now - 6 * HOUR, parts=parts, to_place_id=to)
    assert ledger() == before

    child = do(operations.split_lot, when=now - 2 * HOUR, lot_id=lots[0].pk, part=part)
    with pytest.raises(NotUsableThen):
        late_issue(plant, child, now - 4 * HOUR)


def test_the_bounds_of_then_count_for_a_late_posting(plant):
    now = server_time()
    lot = plant.lot(10, at=now - 9 * HOUR)
    do(
        operations.restrict_by_reason,
        when=now - 8 * HOUR,
        reason="limit",
        lot_id=lot.pk,
        bounds=operations.Bounds(until=now - 4 * HOUR),
    )
    release(lot, now - 2 * HOUR)

    for hours, allowed in ((6, True), (3, False), (1, True)):
        if allowed:
            late_issue(plant, lot, now - hours * HOUR)
        else:
            with pytest.raises(NotUsableThen):
                late_issue(plant, lot, now - hours * HOUR)


def test_a_late_count_corrects_what_was_there_then(plant):
    now = server_time()
    lot = plant.lot(10, at=now - 9 * HOUR)
    issue(plant, lot, 4)
    count = {
        "lot_id": lot.pk,
        "place_id": plant.places["A-01"],
        "owner_id": plant.own,
        "reason": "count",
    }

    assert do(operations.count_goods, when=now - HOUR, counted=Decimal(10), **count) is None
    with pytest.raises(NotThereThen):
        do(operations.count_goods, when=now - 10 * HOUR, counted=Decimal(3), **count)
    with pytest.raises(NotThereThen):
        do(operations.count_goods, when=now - HOUR, counted=Decimal(3), **count)
    move = do(operations.count_goods, when=now - HOUR, counted=Decimal(8), **count)

    assert (move.quantity, move.occurred_at) == (2, now - HOUR)
    assert do(operations.count_goods, counted=Decimal(4), **count) is None


def test_a_reason_narrows_and_never_widens(plant):
    first, second = plant.order(), plant.order()
    lot = plant.lot(10)
    restrict(lot, reference_ids=[first.id, second.id])
    before = ledger()

    for wider in ({"quantity": Decimal(5)}, {"reference_ids": [first.id, plant.order().id]}):
        with pytest.raises(Mismatch):
            restrict(lot, **wider)
    assert ledger() == before

    restrict(lot, reference_ids=[second.id])
    with pytest.raises(OutsideBounds):
        issue(plant, lot, 1, first)
    issue(plant, lot, 1, second)


def test_what_returns_fills_a_bound_no_further_than_it_was_set(plant):
    lot, order = plant.lot(100), plant.order()
    issue(plant, lot, 30, order)
    restrict(lot, quantity=Decimal(10))
    issue(plant, lot, 4, order)

    do(
        operations.return_issue,
        lot_id=lot.pk,
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(30),
        reference=order,
    )

    assert LotBound.objects.get(pk=lot.pk).remaining == 10


def test_a_bound_is_divided_with_its_lot_and_goes_with_the_restriction(plant):
    lot = plant.lot(100)
    restrict(lot, quantity=Decimal(50))

    part = do(operations.split_lot, lot_id=lot.pk, part=plant.part("A-01", 80))

    kept = {b.pk: (b.quantity, b.remaining) for b in LotBound.objects.all()}
    assert kept == {lot.pk: (20, 20), part.pk: (30, 30)}
    with pytest.raises(OutsideBounds):
        issue(plant, part, 31)
    sample = do(
        operations.retain_sample,
        lot_id=lot.pk,
        part=plant.part("A-01", 10),
        retention_id=plant.places["RETENTION"],
        expires_at=None,
        voucher=plant.order(),
    )
    block(part)
    assert set(LotBound.objects.values_list("pk", flat=True)) == {lot.pk}
    assert (sample.status, sample.bound_quantity) == (LotStatus.BLOCKED, None)


def test_no_more_is_reserved_than_a_bound_leaves(plant):
    lot = plant.lot(100)
    restrict(lot, quantity=Decimal(50))
    reserve(plant, lot, 30)

    with pytest.raises(OutsideBounds) as refused:
        reserve(plant, lot, 21)
    reserve(plant, lot, 20)

    assert refused.value.data()["allowed"] == "20/50"


def test_a_block_and_narrower_bounds_break_the_reservations_they_exclude(plant):
    lot, first, second = plant.lot(100), plant.order(), plant.order()
    kept, lost = reserve(plant, lot, 30, first), reserve(plant, lot, 20, second)

    restrict(lot, reference_ids=[first.id])
    assert Reservation.objects.get(pk=lost.pk).state == "broken"
    assert Reservation.objects.get(pk=kept.pk).state == "open"
    block(lot)

    assert Reservation.objects.get(pk=kept.pk).state == "broken"
    assert not Move.objects.filter(lot_id=lot.pk, move_kind="issue").exists()
