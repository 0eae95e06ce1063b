"""A hold cannot be got around: whatever is made of a held lot is on hold too."""

from decimal import Decimal

import pytest
from tests.plant import Plant, build_plant
from tests.support import run

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import LotOnHold
from zhiliu.contexts.stock.models import Hold, LotVersion
from zhiliu.contexts.stock.states import HoldCause

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


def test_a_part_of_a_lot_on_hold_is_on_hold_too(plant):
    lot = plant.lot(30)
    placed = run(
        lambda command, at: operations.place_hold(
            lot_id=lot.pk, cause=HoldCause.COMPLAINT, reason="crack", command=command, at=at
        )
    )

    parts = [
        run(
            lambda command, at: operations.split_lot(
                lot_id=lot.pk, part=plant.part("A-01", 10), command=command, at=at
            )
        ),
        run(
            lambda command, at: operations.regrade_lot(
                lot_id=lot.pk,
                part=plant.part("A-01", 5),
                to_material_id=plant.material("screw"),
                command=command,
                at=at,
            ),
            reason="second choice",
        ),
    ]

    for part in parts:
        hold = Hold.objects.get(lot_id=part.pk)
        assert (hold.cause, hold.reason, hold.state) == ("complaint", "crack", "open")
        assert hold.pk != placed.hold.pk
        assert (part.open_holds, part.version) == (1, 2)
        assert LotVersion.objects.get(lot=part, version=2).holds == [hold.number]
    with pytest.raises(LotOnHold):
        run(
            lambda command, at: operations.issue(
                lot_id=parts[0].pk,
                place_id=plant.places["A-01"],
                owner_id=plant.own,
                quantity=Decimal(1),
                reference=plant.order(),
                command=command,
                at=at,
            )
        )


def test_a_version_lists_each_of_several_holds_once(plant):
    lot = plant.lot(30)

    numbers = [
        run(
            lambda command, at: operations.place_hold(
                lot_id=lot.pk, cause=HoldCause.MANUAL, reason="look", command=command, at=at
            )
        ).hold.number
        for _ in range(3)
    ]

    assert LotVersion.objects.get(lot=lot, version=4).holds == numbers
