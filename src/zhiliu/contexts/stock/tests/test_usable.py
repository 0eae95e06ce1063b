"""The quick answer about usable stock equals the plain list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.plant import build_plant
from tests.support import run

from zhiliu.contexts.stock import operations, queries
from zhiliu.contexts.stock.states import HoldCause, LotStatus
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time

pytestmark = pytest.mark.django_db


def test_the_one_statement_equals_the_sum_of_the_list():
    plant = build_plant()
    now = server_time()
    spread = plant.lot(100)
    run(
        lambda command, at: operations.move_goods(
            lot_id=spread.pk,
            part=plant.part("A-01", 30),
            to_place_id=plant.places["A-02"],
            command=command,
            at=at,
        )
    )
    run(
        lambda command, at: operations.reserve(
            lot_id=spread.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(50),
            reference=plant.order(),
            command=command,
            at=at,
        )
    )
    held = plant.lot(10)
    run(
        lambda command, at: operations.place_hold(
            lot_id=held.pk, cause=HoldCause.MANUAL, reason="x", command=command, at=at
        )
    )
    lots = [
        spread,
        held,
        plant.lot(10, status=LotStatus.BLOCKED),
        plant.lot(10, status=LotStatus.AWAITING_INSPECTION),
        plant.lot(10, expires_at=now - timedelta(seconds=1)),
        plant.lot(10, expires_at=now + timedelta(days=1)),
    ]

    answers = [queries.get_usable_quantity(SYSTEM, lot.pk, now) for lot in lots]

    plain = [
        sum(b.quantity - b.reserved for b in queries.list_usable(SYSTEM, now).filter(lot=lot))
        for lot in lots
    ]
    assert answers == plain == [50, 0, 0, 0, 0, 10]
