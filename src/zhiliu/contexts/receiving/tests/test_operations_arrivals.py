"""Receiving against the real database: rows, audit entries, events; nothing on refusal."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.buying import line, statements
from tests.support import run

from zhiliu.contexts.catalog.errors import DoesNotFit
from zhiliu.contexts.catalog.errors import NotFound as CatalogNotFound
from zhiliu.contexts.catalog.public import LotControl, add_unit_conversion
from zhiliu.contexts.partners.errors import NotASupplier
from zhiliu.contexts.partners.public import PartnerRole
from zhiliu.contexts.purchasing.errors import BadQuantity
from zhiliu.contexts.receiving.errors import (
    BadDates,
    BadOwner,
    LineNotNamed,
    MeasureUnused,
    NotACarrier,
    NotFound,
    OrderNotPlaced,
    OrderOrSupplier,
    SerialsWrong,
    WrongSite,
)
from zhiliu.contexts.receiving.models import Arrival, ArrivalLine
from zhiliu.contexts.receiving.public import DeliveryLine
from zhiliu.contexts.receiving.tests.dock import build_dock, causes, delivered, totals
from zhiliu.contexts.stock.models import Balance, Hold, Lot, LotMeasure, Move, Serial
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.platform.evidence.models import AuditEntry
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


def test_a_full_delivery_becomes_one_lot_awaiting_inspection(dock, order):
    at = datetime(2026, 5, 5, 8, tzinfo=UTC)
    got = dock.receive(
        delivered(order, supplier_lot="SL-7", maker="Maker", expires_date=date(2027, 1, 31)),
        order=order,
        at=at,
        delivery_note="DN-1",
    )

    arrival = Arrival.objects.get()
    assert arrival.number == "ARR-000001"
    assert (arrival.order_id, arrival.delivery_note) == (order.order.pk, "DN-1")
    assert arrival.arrived_at == at
    row = ArrivalLine.objects.get()
    assert (row.line_kind, row.stock_quantity, row.order_line_id) == (
        "received",
        D(100),
        order.lines[0].line.pk,
    )
    lot = Lot.objects.get()
    assert (lot.pk, lot.status, lot.open_holds) == (row.lot_id, "awaiting_inspection", 0)
    assert (lot.supplier_lot, lot.maker) == ("SL-7", "Maker")
    assert lot.supplier_id == dock.plant.supplier.pk
    assert (lot.origin_kind, lot.origin_id, lot.origin_number) == (
        "receiving.arrival_line",
        row.pk,
        "ARR-000001/1",
    )
    assert lot.expires_at == datetime(2027, 1, 31, 16, tzinfo=UTC)
    move = Move.objects.get()
    assert (move.move_kind, move.to_place_id, move.quantity) == ("receive", dock.place.pk, D(100))
    assert move.reference_id == row.pk
    assert Balance.objects.get().owner_id == dock.own
    assert totals(order) == (D(100), D(0))
    entry = AuditEntry.objects.get(record_id=arrival.pk)
    assert (entry.record_kind, entry.record_version) == ("receiving.arrival", 1)
    assert events(arrival) == ["receiving.goods_arrived.v1"]
    assert got.arrival.pk == arrival.pk


def test_the_event_tells_all_that_an_inspection_needs(dock, order):
    got = dock.receive(delivered(order, 40), order=order)

    event = OutboxEvent.objects.get(type="receiving.goods_arrived.v1")
    material, profile = order.lines[0].material, order.lines[0].material.profile
    assert event.subject_number == got.arrival.number
    assert event.data["order"] == order.order.number
    assert event.data["lots"] == [
        {
            "lot_id": str(got.lots[0].lot.pk),
            "lot": got.lots[0].lot.number,
            "lot_version": 1,
            "material_id": str(material.id),
            "material": material.number,
            "revision_id": None,
            "supplier_id": str(dock.plant.supplier.pk),
            "supplier_lot": "",
            "quantity": "40",
            "unit": dock.plant.piece.code,
            "lot_control": "lot",
            "is_on_hold": False,
            "arrival_line_id": str(got.lots[0].line.pk),
            "order_line_id": str(order.lines[0].line.pk),
            "place_id": str(dock.place.pk),
            "owner_id": str(dock.own),
            "profile_id": str(profile.id),
            "profile": profile.code,
            "profile_version": 1,
            "inspection": "required",
        }
    ]


def test_a_line_may_come_in_parts_and_in_several_supplier_lots(dock, order):
    dock.receive(delivered(order, 30, supplier_lot="A"), order=order)
    dock.receive(
        delivered(order, 50, supplier_lot="B"),
        delivered(order, 20, supplier_lot="C"),
        order=order,
    )

    assert totals(order) == (D(100), D(0))
    lots = Lot.objects.order_by("number")
    assert [(lot.supplier_lot, lot.initial_quantity) for lot in lots] == [
        ("A", D(30)),
        ("B", D(50)),
        ("C", D(20)),
    ]
    assert not Hold.objects.exists()


def test_rounding_is_kept_once_and_adds_up(dock):
    material = dock.plant.material(unit=dock.plant.metre)
    run(_conversion(dock, material, 1, 3))
    order = dock.plant.order(line(material, 2, unit_id=dock.plant.carton.pk))

    got = dock.receive(delivered(order, 2), order=order)

    (one,) = got.lots
    assert (one.line.stock_quantity, one.line.rounding_difference) == (
        D("0.67"),
        D("-0.003333333333"),
    )
    assert totals(order)[0] == D("0.67")


def _conversion(dock, material, numerator, denominator):
    return lambda command, at: add_unit_conversion(
        from_unit_id=dock.plant.carton.pk,
        to_unit_id=material.unit_id,
        numerator=numerator,
        denominator=denominator,
        material_id=material.pk,
        command=command,
        at=at,
    )


def test_a_roll_is_received_with_its_own_length(dock):
    material = dock.plant.material(unit=dock.plant.metre)
    roll = dock.plant.carton
    order = dock.plant.order(line(material, 100))

    got = dock.receive(
        delivered(order, 1, unit_id=roll.pk, measured=D("48.7")),
        delivered(order, 1, unit_id=roll.pk, measured=D("52.1")),
        order=order,
    )

    assert [(o.line.quantity, o.lot.initial_quantity) for o in got.lots] == [
        (D(1), D("48.7")),
        (D(1), D("52.1")),
    ]
    measures = {m.lot_id: (m.unit_id, m.factor) for m in LotMeasure.objects.all()}
    assert measures == {
        got.lots[0].lot.pk: (roll.pk, D("48.7")),
        got.lots[1].lot.pk: (roll.pk, D("52.1")),
    }
    # the second roll is 0.80 m too long and no roll is cut on paper
    assert [o.line.line_kind for o in got.lots] == ["received", "surplus"]


def test_serials_are_received_and_the_surplus_takes_the_last_ones(dock):
    material = dock.plant.material(lot_control=LotControl.SERIAL)
    order = dock.plant.order(line(material, 2))

    got = dock.receive(delivered(order, 3, serials=["s1", "s2", "s3"]), order=order)

    by_lot = [
        sorted(Serial.objects.filter(lot_id=o.lot.pk).values_list("number", flat=True))
        for o in got.lots
    ]
    assert by_lot == [["s1", "s2"], ["s3"]]


def test_shelf_life_makes_the_expiry_from_the_date_of_manufacture(dock):
    material = dock.plant.material(shelf_life_days=30)
    order = dock.plant.order(line(material))
    at = datetime(2026, 5, 5, 8, tzinfo=UTC)

    got = dock.receive(delivered(order, manufactured_date=date(2026, 5, 1)), order=order, at=at)

    lot = Lot.objects.get()
    assert lot.expires_at == datetime(2026, 5, 31, 16, tzinfo=UTC)
    assert got.lots[0].line.expires_date == date(2026, 5, 31)
    assert causes(lot) == []


def test_a_material_alone_finds_its_order_line(dock):
    material = dock.plant.material()
    order = dock.plant.order(line(material, 10), line(material, 20))
    goods = DeliveryLine(quantity=D(10), material_id=material.pk)

    first = dock.receive(goods, order=order)
    second = dock.receive(goods, order=order)

    assert first.lots[0].line.order_line_id == order.lines[0].line.pk
    assert second.lots[0].line.order_line_id == order.lines[1].line.pk
    assert not Hold.objects.exists()


def test_consigned_and_customer_owned_goods_keep_their_owner(dock, order):
    customer = dock.plant.partner(PartnerRole.CUSTOMER)

    dock.receive(
        delivered(order, 40, owner_id=dock.plant.supplier.pk),
        delivered(order, 40, owner_id=customer.pk),
        delivered(order, 20, owner_id=dock.own),
        order=order,
    )

    owners = {b.quantity: b.owner_id for b in Balance.objects.order_by("lot__number")[:2]}
    assert list(Balance.objects.order_by("lot__number").values_list("owner_id", flat=True)) == [
        dock.plant.supplier.pk,
        customer.pk,
        dock.own,
    ]
    assert owners == {D(40): customer.pk}


REFUSED = [
    ("draft order", OrderNotPlaced),
    ("order and supplier", OrderOrSupplier),
    ("neither", OrderOrSupplier),
    ("unknown line", NotFound),
    ("line without order", NotFound),
    ("no line, no material", LineNotNamed),
    ("nothing", BadQuantity),
    ("too fine", DoesNotFit),
    ("serials for lot control", SerialsWrong),
    ("measured in stock unit", MeasureUnused),
    ("made tomorrow", BadDates),
    ("another supplier's goods", BadOwner),
    ("no carrier", NotACarrier),
    ("unknown material", CatalogNotFound),
    ("customer as supplier", NotASupplier),
    ("place of another site", WrongSite),
]


@pytest.mark.parametrize(("case", "refusal"), REFUSED, ids=[c for c, _ in REFUSED])
def test_a_refusal_changes_nothing(dock, order, case, refusal):
    unknown = order.order.pk  # an id of something else
    other = dock.plant.partner()
    call = {
        "draft order": lambda: dock.receive(
            delivered(order), order=dock.plant.order(line(dock.plant.material()), confirm=False)
        ),
        "order and supplier": lambda: dock.receive(
            delivered(order), order=order, supplier_id=other.pk
        ),
        "neither": lambda: dock.receive(delivered(order), supplier_id=None),
        "unknown line": lambda: dock.receive(
            DeliveryLine(quantity=D(1), order_line_id=unknown), order=order
        ),
        "line without order": lambda: dock.receive(delivered(order)),
        "no line, no material": lambda: dock.receive(DeliveryLine(quantity=D(1)), order=order),
        "nothing": lambda: dock.receive(delivered(order, 0), order=order),
        "too fine": lambda: dock.receive(delivered(order, "0.5"), order=order),
        "serials for lot control": lambda: dock.receive(
            delivered(order, 1, serials=["x"]), order=order
        ),
        "measured in stock unit": lambda: dock.receive(
            delivered(order, 1, measured=D(1)), order=order
        ),
        "made tomorrow": lambda: dock.receive(
            delivered(order, manufactured_date=date(2999, 1, 1)), order=order
        ),
        "another supplier's goods": lambda: dock.receive(
            delivered(order, owner_id=other.pk), order=order
        ),
        "no carrier": lambda: dock.receive(delivered(order), order=order, carrier_id=other.pk),
        "unknown material": lambda: dock.receive(DeliveryLine(quantity=D(1), material_id=unknown)),
        "customer as supplier": lambda: dock.receive(
            DeliveryLine(quantity=D(1), material_id=order.lines[0].material.id),
            supplier_id=dock.plant.partner(PartnerRole.CUSTOMER).pk,
        ),
        "place of another site": lambda: dock.receive(
            delivered(order), order=order, place_id=build_dock().place.pk
        ),
    }[case]

    with pytest.raises(refusal):
        call()

    assert not Arrival.objects.exists()
    assert not ArrivalLine.objects.exists()
    assert not Lot.objects.exists()
    assert totals(order) == (D(0), D(0))
    assert not OutboxEvent.objects.filter(type__startswith="receiving.").exists()


def test_an_order_of_another_site_is_hidden_from_a_grant(dock, order):
    elsewhere = Actor(
        SYSTEM.id, "x", {"receiving.receive_goods": (Scope(site_id=build_dock().plant.site.pk),)}
    )

    with pytest.raises(Exception, match=r"There is no place"):
        dock.receive(delivered(order), order=order, actor=elsewhere)

    assert not Arrival.objects.exists()


def test_receiving_takes_the_same_few_statements_for_one_line_as_for_twenty(dock):
    materials = [dock.plant.material() for _ in range(20)]
    order = dock.plant.order(*(line(m, 10) for m in materials))
    dock.receive(delivered(order, 1), order=order)  # fills what the process remembers

    one = statements(lambda: dock.receive(delivered(order, 1), order=order))
    twenty = statements(
        lambda: dock.receive(*(delivered(order, 1, line=n) for n in range(1, 21)), order=order)
    )

    # between load and write only numbers are taken: arrival, lots and, above us, inspections, whose
    # plans and sampling states are read for all lines at once
    load, *between, write = one
    plans = [sql for sql in between if "inspections_planversion" in sql]
    assert "for no key update of o, l" in load
    assert len(between) <= 4
    assert all("nextval" in sql for sql in between if sql not in plans)
    assert len(plans) == 1
    assert write.startswith("with w0 as (insert into")
    assert len(twenty) == len(one)
