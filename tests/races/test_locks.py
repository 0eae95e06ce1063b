"""Two acts on the same goods, one after the other in slow motion: the second waits for the first,
and then sees what the first did. Each test names the lock that it would miss.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from tests.races.conftest import Yard, act
from tests.support_committing import in_thread
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.errors import (
    LotOnHold,
    Mismatch,
    NotEnough,
    NotInState,
    OutsideBounds,
    PeriodClosed,
)
from zhiliu.contexts.stock.models import Hold, Lot, Period
from zhiliu.contexts.stock.states import HoldCause
from zhiliu.kernel.clock import server_time

WAITING_SECONDS = 0.5


def while_first_is_open(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What `second` returns, begun while `first` was done and not yet committed; it must wait."""
    with transaction.atomic():
        first()
        thread = in_thread(second)
        answer = thread.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=WAITING_SECONDS)
    try:
        return answer.result(timeout=20)
    finally:
        thread.__exit__(None, None, None)


def hold(lot: Lot) -> Any:
    return act(stock.place_hold, lot_id=lot.pk, cause=HoldCause.MANUAL, reason="crack")


def test_an_issue_waits_for_a_hold_and_is_refused(yard: Yard) -> None:
    lot = yard.plant.lot(10)

    with pytest.raises(LotOnHold):
        while_first_is_open(lambda: hold(lot), lambda: yard.issue(lot, 1))

    assert yard.on_hand(lot.pk) == 10
    yard.look()


def test_a_hold_waits_for_an_issue_and_the_issue_saw_the_lot_before_it(yard: Yard) -> None:
    lot = yard.plant.lot(10)

    while_first_is_open(lambda: yard.issue(lot, 1), lambda: hold(lot))

    assert yard.on_hand(lot.pk) == 9
    yard.look()


def test_a_hold_waits_for_a_reservation_and_breaks_it(yard: Yard) -> None:
    lot, order = yard.plant.lot(10), yard.plant.order()

    placed = while_first_is_open(
        lambda: act(stock.reserve, **yard.use(lot.pk, 4), reference=order), lambda: hold(lot)
    )

    assert placed.broken_orders == [str(order)]
    yard.look()


def test_issues_of_one_lot_from_two_places_do_not_wait_for_each_other(yard: Yard) -> None:
    lot = yard.plant.lot(10)
    act(stock.move_goods, lot_id=lot.pk, part=yard.plant.part("A-01", 5),
        to_place_id=yard.plant.places["A-02"])  # fmt: skip

    with transaction.atomic():
        yard.issue(lot, 1)
        with in_thread(lambda: yard.issue(lot, 1, place="A-02")) as answer:
            assert answer.result(timeout=20).quantity == 1

    yard.look()


def test_two_returns_of_one_order_to_two_places_bring_back_what_it_drew_once(yard: Yard) -> None:
    lot, order = yard.plant.lot(10), yard.plant.order()
    yard.issue(lot, 4, order)

    def bring(place: str) -> Any:
        return act(stock.return_issue, **yard.use(lot.pk, 4, place), reference=order)

    with pytest.raises(Mismatch):
        while_first_is_open(lambda: bring("A-01"), lambda: bring("A-02"))

    assert yard.on_hand(lot.pk) == 10
    yard.look()


def test_a_hold_is_lifted_once(yard: Yard) -> None:
    lot = yard.plant.lot(10)
    placed = hold(lot).hold

    def lift() -> Any:
        return act(stock.lift_hold, hold_id=placed.pk, reason="was dirt")

    with pytest.raises(NotInState):
        while_first_is_open(lift, lift)

    assert Hold.objects.get(pk=placed.pk).version == 2
    yard.look()


def test_a_part_that_is_split_while_its_lot_is_put_on_hold_does_not_escape(yard: Yard) -> None:
    lot = yard.plant.lot(10)

    part = while_first_is_open(
        lambda: hold(lot),
        lambda: act(stock.split_lot, lot_id=lot.pk, part=yard.plant.part("A-01", 4)),
    )

    with pytest.raises(LotOnHold):
        yard.issue(part, 1)
    yard.look()


def test_the_last_piece_goes_to_whoever_was_first(yard: Yard) -> None:
    lot = yard.plant.lot(1)

    with pytest.raises(NotEnough):
        while_first_is_open(lambda: yard.issue(lot, 1), lambda: yard.issue(lot, 1))

    yard.look()


def test_what_remains_of_a_bound_goes_to_whoever_was_first_wherever_it_lies(yard: Yard) -> None:
    lot = yard.plant.lot(10)
    act(stock.move_goods, lot_id=lot.pk, part=yard.plant.part("A-01", 5),
        to_place_id=yard.plant.places["A-02"])  # fmt: skip
    yard.restrict(lot, 3)

    with pytest.raises(OutsideBounds):
        while_first_is_open(lambda: yard.issue(lot, 3), lambda: yard.issue(lot, 1, place="A-02"))

    assert yard.moved(lot.pk, "issue") == 3
    yard.look()


def january(yard: Yard) -> tuple[Lot, Period, Any]:
    """A lot that was there long ago, a period since then, and a moment in the period."""
    began = server_time() - timedelta(days=40)
    lot = yard.plant.lot(10, at=began)
    period = act(
        stock.add_period,
        company_id=yard.plant.company,
        starts_on=began.date() + timedelta(days=10),
        ends_on=began.date() + timedelta(days=20),
    )
    return lot, period, began + timedelta(days=15)


def test_a_closing_waits_for_postings_in_flight(yard: Yard) -> None:
    lot, period, inside = january(yard)

    while_first_is_open(
        lambda: act(
            stock.scrap,
            because="late paper",
            lot_id=lot.pk,
            at=inside,
            voucher=None,
            part=yard.plant.part("A-01", 1),
        ),
        lambda: act(stock.close_period, period_id=period.pk),
    )

    assert Period.objects.get(pk=period.pk).state == "closed"
    yard.look()


def test_a_posting_waits_for_the_closing_of_its_period_and_is_refused(yard: Yard) -> None:
    lot, period, inside = january(yard)

    with pytest.raises(PeriodClosed):
        while_first_is_open(
            lambda: act(stock.close_period, period_id=period.pk),
            lambda: act(
                stock.scrap,
                because="late paper",
                lot_id=lot.pk,
                at=inside,
                voucher=None,
                part=yard.plant.part("A-01", 1),
            ),
        )

    assert yard.on_hand(lot.pk) == Decimal(10)
    yard.look()
