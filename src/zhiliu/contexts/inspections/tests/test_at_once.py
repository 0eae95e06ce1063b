"""Acts on the same goods that really happen at once: no verdict and no quantity is lost."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.plant import build_plant
from tests.support_committing import at_once, committing, in_thread

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import AlreadyDecided, AlreadyUnderInspection
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.operations import Units
from zhiliu.contexts.inspections.states import InspectionReason
from zhiliu.contexts.inspections.tests.conftest import (
    Dock,
    act,
    inspection_of,
    make_codes,
    record,
    totals_of,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Lot


@pytest.fixture
def yard(django_db_blocker: Any) -> Iterator[Dock]:
    """A dock whose acts commit."""
    with committing(django_db_blocker):
        yield Dock(build_plant())


def counted(dock: Dock, *defects: tuple[str, int]) -> tuple[Lot, Inspection]:
    """A lot of 100 that was inspected in full."""
    (lot,) = dock.arrive(100)
    nonconforming = sum(count for _, count in defects)
    return lot, record(inspection_of(lot).pk, 100, nonconforming, *defects)


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What `second` returns that was asked for while `first` had not yet committed, and waited."""
    with transaction.atomic():
        first()
        thread = in_thread(second)
        answer = thread.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.4)
    try:
        return answer.result(timeout=20)
    finally:
        thread.__exit__(None, None, None)


def split_off(dock: Dock, lot: Lot, quantity: int) -> Any:
    part = dock.plant.part("ARRIVAL", quantity)
    return act(stock.split_lot, hour=2, lot_id=lot.pk, part=part)


def test_of_many_verdicts_at_once_one_is_given(yard: Dock) -> None:
    lot, inspection = counted(yard)
    verbs = (operations.accept, operations.not_accept)

    answers = at_once(
        lambda n: act(verbs[n % 2], hour=2, reason="papers", inspection_id=inspection.pk), 8
    )

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(r) for r in refused] == [AlreadyDecided] * 7, answers
    state = Inspection.objects.get(pk=inspection.pk).state
    now = Lot.objects.get(pk=lot.pk)
    assert (state, now.status) in (("accepted", "released"), ("not_accepted", "blocked"))
    assert now.version == 2


def test_a_verdict_waits_for_a_split_and_decides_on_the_part_too(yard: Dock) -> None:
    lot, inspection = counted(yard)

    decided = meanwhile(
        lambda: split_off(yard, lot, 30),
        lambda: act(operations.accept, hour=2, inspection_id=inspection.pk),
    )

    part = Lot.objects.get(split_from=lot)
    assert {j.lot.pk: int(j.quantity) for j in decided.lots} == {lot.pk: 70, part.pk: 30}
    assert {part.status, Lot.objects.get(pk=lot.pk).status} == {"released"}
    assert totals_of(part) == {"presented": 30, "accepted": 30}


def test_judging_units_waits_for_a_split_and_releases_the_part_too(yard: Dock) -> None:
    (code, _) = make_codes()
    lot, inspection = counted(yard, (code, 5))

    meanwhile(
        lambda: split_off(yard, lot, 30),
        lambda: act(
            operations.judge_units,
            hour=2,
            inspection_id=inspection.pk,
            parts=[Units(Decimal(5), lot_id=lot.pk)],
        ),
    )

    parts = {p.status: totals_of(p) for p in Lot.objects.filter(split_from=lot)}
    assert parts == {
        "released": {"presented": 30, "accepted": 30},
        "blocked": {"presented": 5, "not_accepted": 5},
    }
    assert totals_of(lot) == {"presented": 65, "accepted": 65}


def test_a_split_waits_for_a_verdict_and_the_part_inherits_it(yard: Dock) -> None:
    lot, inspection = counted(yard)

    part = meanwhile(
        lambda: act(operations.accept, hour=2, inspection_id=inspection.pk),
        lambda: split_off(yard, lot, 30),
    )

    assert part.status == "released"
    assert not InspectionLot.objects.filter(lot_id=part.pk).exists()
    assert totals_of(lot) == {"presented": 100, "accepted": 100}


def test_a_verdict_waits_for_goods_that_leave_and_for_samples(yard: Dock) -> None:
    lot, inspection = counted(yard)
    plant = yard.plant

    def leave() -> None:
        act(
            stock.return_to_vendor,
            hour=1,
            reason="sent in error",
            lot_id=lot.pk,
            part=plant.part("ARRIVAL", 10),
            voucher=None,
        )
        laboratory = plant.places["LAB"]
        part = plant.part("ARRIVAL", 4)
        act(stock.take_sample, hour=1, lot_id=lot.pk, part=part, laboratory_id=laboratory)
        act(stock.consume_sample, hour=1, lot_id=lot.pk, part=plant.part("LAB", 4))

    meanwhile(leave, lambda: act(operations.accept, hour=2, inspection_id=inspection.pk))

    assert totals_of(lot) == {"presented": 90, "accepted": 86, "consumed": 4}


def test_goods_that_leave_at_once_are_each_counted_once(yard: Dock) -> None:
    lot, _ = counted(yard)

    answers = at_once(
        lambda n: act(
            stock.return_to_vendor,
            hour=1,
            reason="sent in error",
            lot_id=lot.pk,
            part=yard.plant.part("ARRIVAL", n + 1),
            voucher=None,
        ),
        8,
    )

    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert totals_of(lot) == {"presented": 64, "open": 64}


def test_a_lot_is_opened_once_however_many_ask(yard: Dock) -> None:
    lot = yard.plant.lot(50)

    answers = at_once(
        lambda _: act(
            operations.open_inspection,
            hour=5,
            reason="complaint",
            lot_ids=[lot.pk],
            kind=InspectionReason.RETEST,
        ),
        6,
    )

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(r) for r in refused] == [AlreadyUnderInspection] * 5, answers
    assert totals_of(lot) == {"presented": 50, "open": 50}
