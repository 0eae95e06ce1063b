"""Many lots on hold in one act, such as when a gauge was found bad."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.plant import Plant, build_plant
from tests.support import run
from tests.support_committing import committing, in_thread

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import NotFound
from zhiliu.contexts.stock.models import Balance, Hold, Lot, LotVersion, Reservation
from zhiliu.contexts.stock.operations import HoldPlacedOn
from zhiliu.contexts.stock.states import HoldCause
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

CAUSE = Reference("equipment.calibration", uuid4(), "CAL-000007", 1)


@pytest.fixture
def plant(db: None) -> Plant:
    return build_plant()


def hold_all(lot_ids: Iterable[UUID], **how: Any) -> list[HoldPlacedOn]:
    return run(
        lambda command, at: operations.place_holds(
            lot_ids=list(lot_ids),
            cause=HoldCause.GAUGE_RECALL,
            reason="gauge G-000001 was found bad",
            cause_reference=CAUSE,
            command=command,
            at=at,
        ),
        **how,
    )


def split(plant: Plant, lot: Lot, quantity: int = 10) -> Lot:
    part = plant.part("A-01", quantity)
    return run(
        lambda command, at: operations.split_lot(lot_id=lot.pk, part=part, command=command, at=at)
    )


def test_each_lot_in_stock_gets_its_hold_and_event(plant: Plant) -> None:
    lots = [plant.lot(30) for _ in range(3)]
    gone = plant.lot(5)
    run(
        lambda command, at: operations.issue(
            lot_id=gone.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(5),
            reference=plant.order(),
            command=command,
            at=at,
        )
    )

    placed = hold_all([lot.pk for lot in (*reversed(lots), gone)])

    assert [p.lot.pk for p in placed] == [lot.pk for lot in lots]
    for lot in lots:
        hold = Hold.objects.get(lot=lot)
        assert (hold.cause, hold.state, hold.reason) == (
            "gauge_recall",
            "open",
            "gauge G-000001 was found bad",
        )
        assert (hold.cause_kind, hold.cause_id, hold.cause_number) == (
            CAUSE.kind,
            CAUSE.id,
            CAUSE.number,
        )
        assert (Lot.objects.get(pk=lot.pk).open_holds, hold.placed_by.int) == (1, 0)
        assert LotVersion.objects.get(lot=lot, version=2).holds == [hold.number]
        assert AuditEntry.objects.filter(record_id=lot.pk, record_version=2).count() == 1
        sent = OutboxEvent.objects.get(type="stock.hold_placed.v1", subject_id=lot.pk)
        assert sent.data["hold_id"] == str(hold.pk)
    assert Hold.objects.count() == 3


def test_parts_that_were_split_off_are_held_too(plant: Plant) -> None:
    lot = plant.lot(30)
    part = split(plant, lot)
    parts_part = split(plant, part, 4)
    other = plant.lot(30)

    hold_all([lot.pk])

    held = set(Hold.objects.values_list("lot_id", flat=True))
    assert held == {lot.pk, part.pk, parts_part.pk}
    assert Lot.objects.get(pk=other.pk).open_holds == 0


def test_what_they_were_merged_or_regraded_into_is_held_too(plant: Plant) -> None:
    lot, other, free = plant.lot(30), plant.lot(30), plant.lot(30)

    def merge(command: Command, at: datetime) -> Lot:
        parts = [(one.pk, plant.part("A-01", 30)) for one in (lot, other)]
        return operations.merge_lots(
            parts=parts, to_place_id=plant.places["A-02"], command=command, at=at
        )

    def regrade(command: Command, at: datetime) -> Lot:
        return operations.regrade_lot(
            lot_id=merged.pk,
            part=plant.part("A-02", 8),
            to_material_id=plant.material("screw"),
            command=command,
            at=at,
        )

    merged = run(merge)
    regraded = run(regrade, reason="good enough for screws")

    hold_all([lot.pk])

    assert set(Hold.objects.values_list("lot_id", flat=True)) == {merged.pk, regraded.pk}
    assert Lot.objects.get(pk=free.pk).open_holds == 0


def test_a_second_hold_keeps_the_first_and_reservations_break(plant: Plant) -> None:
    lot, free = plant.lot(30), plant.lot(30)
    order = plant.order(number="WO-7")
    run(
        lambda command, at: operations.reserve(
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(8),
            reference=order,
            command=command,
            at=at,
        )
    )

    first = {p.lot.pk: p for p in hold_all([lot.pk, free.pk])}
    second = {p.lot.pk: p for p in hold_all([lot.pk, free.pk])}

    assert first[lot.pk].broken_orders == [f"{order.kind}/WO-7"]
    assert (first[free.pk].broken_orders, second[lot.pk].broken_orders) == ([], [])
    assert Reservation.objects.get().state == "broken"
    assert Balance.objects.get(lot=lot).reserved == 0
    newest = LotVersion.objects.filter(lot=lot).order_by("version").last()
    assert newest is not None
    assert newest.holds == [first[lot.pk].hold.number, second[lot.pk].hold.number]


def test_many_lots_take_as_many_queries_as_one(plant: Plant) -> None:
    def queries(count: int) -> int:
        ids = [plant.lot(1).pk for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert len(hold_all(ids)) == count
        return len(captured)

    queries(1)
    assert queries(40) == queries(5)


def test_lots_of_others_and_no_lots_are_left_alone(plant: Plant) -> None:
    lot = plant.lot(30)
    stranger = Actor(uuid4(), "stranger", {"tests.run": (Scope(site_id=uuid4()),)})

    assert hold_all([]) == []
    with pytest.raises(NotFound):
        hold_all([lot.pk], actor=stranger)
    assert not Hold.objects.exists()


def test_a_part_that_is_being_split_off_does_not_escape(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        plant = build_plant()
        lot = plant.lot(30)

        with transaction.atomic():
            part = split(plant, lot)
            thread = in_thread(lambda: hold_all([lot.pk]))
            holding = thread.__enter__()
            with pytest.raises(TimeoutError):
                holding.result(timeout=0.4)
        placed = holding.result(timeout=20)
        thread.__exit__(None, None, None)

        assert {p.lot.pk for p in placed} == {lot.pk, part.pk}
