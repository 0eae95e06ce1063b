"""What nobody expected is booked all the same, on hold, and the buyer is told."""

from decimal import Decimal

import pytest
from tests.buying import line
from tests.support import run

from zhiliu.contexts.purchasing.public import close_order
from zhiliu.contexts.receiving.models import Arrival
from zhiliu.contexts.receiving.public import DeliveryLine
from zhiliu.contexts.receiving.tests.dock import build_dock, causes, delivered, totals
from zhiliu.contexts.stock.models import Hold, Lot
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def dock():
    return build_dock()


@pytest.fixture
def order(dock):
    return dock.plant.order(line(dock.plant.material(), 100))


def events(arrival):
    return list(
        OutboxEvent.objects.filter(subject_id=arrival.pk)
        .order_by("id")
        .values_list("type", flat=True)
    )


def test_what_exceeds_the_tolerance_is_a_lot_of_its_own_on_hold(dock):
    material = dock.plant.material(over_tolerance_percent=D(10))
    order = dock.plant.order(line(material, 100))

    got = dock.receive(delivered(order, 80), delivered(order, 50), order=order)

    assert [(one.line.line_kind, one.lot.initial_quantity) for one in got.lots] == [
        ("received", D(80)),
        ("received", D(30)),
        ("surplus", D(20)),
    ]
    assert [one.line.delivery_line for one in got.lots] == [1, 2, 2]
    assert [one.line.quantity for one in got.lots] == [D(80), D(50), D(50)]
    assert [causes(one.lot) for one in got.lots] == [[], [], ["surplus"]]
    hold = Hold.objects.get()
    assert (hold.cause_number, hold.responsible_id) == (order.order.number, order.order.buyer_id)
    assert totals(order) == (D(130), D(0))
    told = OutboxEvent.objects.get(type="receiving.surplus_arrived.v1")
    assert told.data["quantity"] == "20"
    assert told.data["lot_id"] == str(got.lots[2].lot.pk)
    assert told.data["buyer_id"] == str(order.order.buyer_id)
    assert told.data["order_line_id"] == str(order.lines[0].line.pk)
    assert events(got.arrival) == ["receiving.surplus_arrived.v1", "receiving.goods_arrived.v1"]


def test_surplus_in_another_unit_keeps_what_was_given(dock):
    material = dock.plant.material(per_carton=12)
    order = dock.plant.order(line(material, 3, unit_id=dock.plant.carton.pk))

    got = dock.receive(delivered(order, 4), order=order)

    assert [(o.line.quantity, o.line.unit_id, o.line.stock_quantity) for o in got.lots] == [
        (D(4), dock.plant.carton.pk, D(36)),
        (D(4), dock.plant.carton.pk, D(12)),
    ]


def test_goods_without_the_date_that_their_shelf_life_needs_come_in_on_hold(dock):
    order = dock.plant.order(line(dock.plant.material(shelf_life_days=30)))

    dock.receive(delivered(order), order=order)

    assert causes(Lot.objects.get()) == ["manual"]
    assert "no date of manufacture" in Hold.objects.get().reason


def test_a_receipt_block_books_into_hold_and_tells_the_buyer(dock, order):
    block = dock.block()

    got = dock.receive(delivered(order), order=order)

    hold = Hold.objects.get()
    assert (hold.cause, hold.reason) == ("supply_block", "audit failed")
    assert (hold.cause_kind, hold.cause_id) == ("partners.supply_block", block.pk)
    told = OutboxEvent.objects.get(type="receiving.receipt_blocked.v1")
    assert told.data["supply_block_id"] == str(block.pk)
    arrived = OutboxEvent.objects.get(type="receiving.goods_arrived.v1")
    assert arrived.data["lots"][0]["is_on_hold"] is True
    assert arrived.data["lots"][0]["lot_version"] == 2
    assert totals(order) == (D(100), D(0))
    assert dock.on_hand(got.lots[0].lot) == D(100)


def test_a_block_of_another_material_or_function_stops_nothing(dock, order):
    dock.block(dock.plant.material())

    dock.receive(delivered(order), order=order)

    assert not Hold.objects.exists()


def test_surplus_of_a_blocked_supplier_has_both_holds(dock, order):
    dock.block()

    got = dock.receive(delivered(order, 110), order=order)

    assert [causes(one.lot) for one in got.lots] == [["supply_block"], ["supply_block", "surplus"]]
    arrived = OutboxEvent.objects.get(type="receiving.goods_arrived.v1")
    assert [lot["lot_version"] for lot in arrived.data["lots"]] == [2, 3]
    assert Lot.objects.get(pk=got.lots[1].lot.pk).open_holds == 2


def test_a_wrong_material_comes_in_on_hold_and_leaves_its_line_open(dock, order):
    wrong = dock.plant.material()

    got = dock.receive(delivered(order, 7, material_id=wrong.pk), order=order)

    (one,) = got.lots
    assert (one.line.line_kind, one.line.order_line_id) == (
        "wrong_material",
        order.lines[0].line.pk,
    )
    assert one.lot.material_id == wrong.pk
    assert causes(one.lot) == ["wrong_material"]
    assert totals(order) == (D(0), D(0))
    told = OutboxEvent.objects.get(type="receiving.unordered_arrived.v1")
    assert told.data["line_kind"] == "wrong_material"


def test_a_material_that_is_not_on_the_order_does_not_stop_the_rest(dock, order):
    extra = dock.plant.material()

    got = dock.receive(
        delivered(order), DeliveryLine(quantity=D(5), material_id=extra.pk), order=order
    )

    assert [one.line.line_kind for one in got.lots] == ["received", "unordered"]
    assert [causes(one.lot) for one in got.lots] == [[], ["wrong_material"]]


def test_goods_without_an_order_come_in_on_hold(dock):
    material = dock.plant.material(per_carton=10)

    got = dock.receive(
        DeliveryLine(quantity=D(2), material_id=material.pk, unit_id=dock.plant.carton.pk)
    )

    (one,) = got.lots
    assert (one.line.line_kind, one.line.stock_quantity) == ("unordered", D(20))
    assert causes(one.lot) == ["wrong_material"]
    assert Arrival.objects.get().order_id is None
    told = OutboxEvent.objects.get(type="receiving.unordered_arrived.v1")
    assert (told.data["buyer_id"], told.data["order_id"]) == (None, None)


def test_what_comes_for_a_closed_order_is_surplus(dock, order):
    run(
        lambda command, at: close_order(order_id=order.order.pk, command=command, at=at),
        reason="supplier stopped",
    )

    got = dock.receive(delivered(order, 5), order=order)

    assert [one.line.line_kind for one in got.lots] == ["surplus"]
    assert causes(got.lots[0].lot) == ["surplus"]
