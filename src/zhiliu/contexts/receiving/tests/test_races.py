"""Deliveries of one order at once."""

from decimal import Decimal

from tests.buying import line
from tests.support_committing import at_once, committing

from zhiliu.contexts.receiving.models import ArrivalLine
from zhiliu.contexts.receiving.tests.dock import build_dock, delivered, totals


def test_deliveries_at_once_never_take_the_same_room_twice(django_db_blocker):
    with committing(django_db_blocker):
        dock = build_dock()
        order = dock.plant.order(line(dock.plant.material(), 100))

        answers = at_once(lambda n: dock.receive(delivered(order, 30), order=order), 6)

        assert [a for a in answers if isinstance(a, Exception)] == []
        expected = ArrivalLine.objects.filter(line_kind="received")
        surplus = ArrivalLine.objects.filter(line_kind="surplus")
        assert sum(row.stock_quantity for row in expected) == 100
        assert sum(row.stock_quantity for row in surplus) == 80
        assert totals(order) == (Decimal(180), Decimal(0))
