"""Supplier returns and refusals at the gate against the real database."""

from decimal import Decimal

import pytest
from tests.buying import line
from tests.support import run

from zhiliu.contexts.partners.errors import NotASupplier
from zhiliu.contexts.partners.public import PartnerRole
from zhiliu.contexts.purchasing.errors import BadQuantity
from zhiliu.contexts.receiving.errors import (
    GoodsNotNamed,
    MixedReturn,
    NoSupplier,
    NotFound,
    OrderOrSupplier,
    ReasonMissing,
)
from zhiliu.contexts.receiving.models import GateRefusal, SupplierReturn, SupplierReturnLine
from zhiliu.contexts.receiving.public import DeliveryLine, ReturnLine, refuse_at_gate, return_goods
from zhiliu.contexts.receiving.tests.dock import build_dock, delivered, totals
from zhiliu.contexts.stock.errors import NotDisposed, NotEnough, VoucherMissing
from zhiliu.contexts.stock.models import Lot, Move
from zhiliu.contexts.stock.public import Part, block_lot, book_found_goods, count_goods, split_lot
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def dock():
    return build_dock()


@pytest.fixture
def dispositions(monkeypatch):
    """The vouchers that let blocked goods leave, in place of the context that decides."""
    permitted = []
    asked = [lambda *, voucher, **_: voucher in permitted]
    monkeypatch.setattr("zhiliu.contexts.stock.operations.dispositions._registered", asked)
    return permitted


@pytest.fixture
def order(dock):
    return dock.plant.order(line(dock.plant.material(), 100))


def send_back(*lines, reason="cracked", actor=SYSTEM):
    return run(
        lambda command, at: return_goods(lines=lines, command=command, at=at),
        operation="receiving.return_goods",
        reason=reason,
        actor=actor,
    )


def back(dock, lot, quantity, **values):
    return ReturnLine(lot.pk, dock.place.pk, D(quantity), **values)


def refuse(reason="soaked", actor=SYSTEM, **values):
    return run(
        lambda command, at: refuse_at_gate(**values, command=command, at=at),
        operation="receiving.refuse_at_gate",
        reason=reason,
        actor=actor,
    )


def block(lot):
    verdict = Reference("inspections.inspection", new_id(), "IN-000001", 2)
    run(lambda command, at: block_lot(lot_id=lot.pk, voucher=verdict, command=command, at=at))
    return verdict


def test_a_return_moves_the_goods_and_opens_the_order_line_again(dock, order):
    (one,) = dock.receive(delivered(order), order=order).lots

    goods = send_back(back(dock, one.lot, 30))

    written = SupplierReturn.objects.get()
    assert (written.number, written.reason) == ("RTV-000001", "cracked")
    assert written.supplier_id == dock.plant.supplier.pk
    row = SupplierReturnLine.objects.get()
    assert (row.lot_id, row.quantity, row.order_line_id) == (
        one.lot.pk,
        D(30),
        order.lines[0].line.pk,
    )
    assert dock.on_hand(one.lot) == D(70)
    move = Move.objects.get(move_kind="return_to_vendor")
    assert (move.reference_kind, move.reference_number) == (
        "receiving.supplier_return",
        "RTV-000001",
    )
    assert totals(order) == (D(100), D(30))
    assert AuditEntry.objects.get(record_id=written.pk).record_version == 1
    event = OutboxEvent.objects.get(type="receiving.goods_returned.v1")
    assert event.data["lines"] == [
        {
            "lot_id": str(one.lot.pk),
            "lot": one.lot.number,
            "material_id": str(one.lot.material_id),
            "quantity": "30",
            "order_line_id": str(order.lines[0].line.pk),
        }
    ]
    assert goods.supplier == dock.plant.supplier.number


def test_the_replacement_of_returned_goods_is_expected(dock, order):
    (one,) = dock.receive(delivered(order), order=order).lots
    send_back(back(dock, one.lot, 30))

    again = dock.receive(delivered(order, 40), order=order)

    assert [(o.line.line_kind, o.line.stock_quantity) for o in again.lots] == [
        ("received", D(30)),
        ("surplus", D(10)),
    ]
    assert totals(order) == (D(140), D(30))


def test_a_blocked_lot_goes_back_by_a_disposition_and_not_by_its_verdict(dock, order, dispositions):
    (one,) = dock.receive(delivered(order), order=order).lots
    verdict = block(one.lot)
    disposition = Reference("nonconformance.disposition", new_id(), "DSP-000001", 1)
    dispositions.append(disposition)

    with pytest.raises(NotDisposed):
        send_back(back(dock, one.lot, 100, voucher=verdict), reason="cracked")
    send_back(back(dock, one.lot, 100, voucher=disposition), reason="")

    row = SupplierReturnLine.objects.get()
    assert (row.voucher_kind, row.voucher_id, row.voucher_number) == (
        "nonconformance.disposition",
        disposition.id,
        "DSP-000001",
    )
    assert dock.on_hand(one.lot) == D(0)


def test_a_part_that_was_split_off_counts_for_the_line_it_came_by(dock, order):
    (one,) = dock.receive(delivered(order), order=order).lots
    part = one.lot
    for quantity in (40, 10):  # a part of a part
        part = run(
            lambda command, at, lot=part, q=quantity: split_lot(
                lot_id=lot.pk,
                part=Part(dock.place.pk, dock.own, D(q)),
                command=command,
                at=at,
            )
        )

    send_back(back(dock, part, 10))

    assert totals(order) == (D(100), D(10))


def test_what_a_count_found_in_a_lot_was_never_received(dock, order):
    (one,) = dock.receive(delivered(order), order=order).lots
    run(
        lambda command, at: count_goods(
            lot_id=one.lot.pk,
            place_id=dock.place.pk,
            owner_id=dock.own,
            counted=D(103),
            command=command,
            at=at,
        ),
        reason="count",
    )

    send_back(back(dock, one.lot, 101), back(dock, one.lot, 2))

    assert totals(order) == (D(100), D(100))
    assert dock.on_hand(one.lot) == D(0)


def test_wrong_material_goes_back_without_touching_the_order(dock, order):
    wrong = dock.plant.material()
    (one,) = dock.receive(delivered(order, 5, material_id=wrong.pk), order=order).lots

    send_back(back(dock, one.lot, 5))

    assert totals(order) == (D(0), D(0))
    assert SupplierReturnLine.objects.get().order_line_id is None


REFUSED_RETURNS = [
    ("no reason, no voucher", VoucherMissing),
    ("a voucher that is not the lot's", VoucherMissing),
    ("more than there is", NotEnough),
    ("unknown lot", NotFound),
    ("two suppliers", MixedReturn),
    ("found goods", NoSupplier),
    ("outside the grant", NotFound),
]


@pytest.mark.parametrize(("case", "refusal"), REFUSED_RETURNS, ids=[c for c, _ in REFUSED_RETURNS])
def test_a_refused_return_changes_nothing(dock, order, case, refusal):
    (one,) = dock.receive(delivered(order), order=order).lots
    material = order.lines[0].material.id
    (other,) = dock.receive(
        DeliveryLine(quantity=D(1), material_id=material), supplier_id=dock.plant.partner().pk
    ).lots
    found = run(
        lambda command, at: book_found_goods(
            material_id=material,
            place_id=dock.place.pk,
            owner_id=dock.own,
            quantity=D(1),
            command=command,
            at=at,
        ),
        reason="found",
    )
    elsewhere = Actor(SYSTEM.id, "x", {"receiving.return_goods": (Scope(site_id=new_id()),)})
    strange = Reference("inspections.inspection", new_id(), "IN-9")
    moves = Move.objects.count()
    call = {
        "no reason, no voucher": lambda: send_back(back(dock, one.lot, 1), reason=""),
        "a voucher that is not the lot's": lambda: send_back(
            back(dock, one.lot, 1, voucher=strange), reason=""
        ),
        "more than there is": lambda: send_back(back(dock, one.lot, 101)),
        "unknown lot": lambda: send_back(ReturnLine(new_id(), dock.place.pk, D(1))),
        "two suppliers": lambda: send_back(back(dock, one.lot, 1), back(dock, other.lot, 1)),
        "found goods": lambda: send_back(back(dock, found, 1)),
        "outside the grant": lambda: send_back(back(dock, one.lot, 1), actor=elsewhere),
    }[case]

    with pytest.raises(refusal):
        call()

    assert not SupplierReturn.objects.exists()
    assert not SupplierReturnLine.objects.exists()
    assert Move.objects.count() == moves
    assert totals(order) == (D(100), D(0))
    assert not OutboxEvent.objects.filter(type="receiving.goods_returned.v1").exists()


def test_a_refusal_at_the_gate_is_recorded_without_stock(dock, order):
    refused = refuse(
        order_id=order.order.pk,
        material_id=order.lines[0].material.id,
        quantity=D(100),
        delivery_note="DN-9",
    )

    row = GateRefusal.objects.get()
    assert (row.number, row.reason, row.quantity) == ("RFS-000001", "soaked", D(100))
    assert (row.supplier_id, row.unit_id) == (dock.plant.supplier.pk, dock.plant.piece.pk)
    assert row.refused_by == SYSTEM.id
    event = OutboxEvent.objects.get(type="receiving.goods_refused.v1")
    assert (event.subject_id, event.subject_number) == (refused.pk, "RFS-000001")
    assert (event.data["quantity"], event.data["unit"]) == ("100", dock.plant.piece.code)
    assert not Lot.objects.exists()
    assert totals(order) == (D(0), D(0))


def test_goods_without_order_are_refused_from_a_supplier_at_a_site(dock):
    refuse(
        supplier_id=dock.plant.supplier.pk,
        site_id=dock.plant.site.pk,
        description="two pallets, no papers",
        quantity=D("2"),
        unit_id=dock.plant.carton.pk,
    )

    row = GateRefusal.objects.get()
    assert (row.order_id, row.material_id) == (None, None)
    assert row.description == "two pallets, no papers"


REFUSED_REFUSALS = [
    ("no reason", ReasonMissing),
    ("no goods", GoodsNotNamed),
    ("quantity without unit", GoodsNotNamed),
    ("nothing", BadQuantity),
    ("order and site", OrderOrSupplier),
    ("supplier without site", OrderOrSupplier),
    ("customer", NotASupplier),
    ("outside the grant", NotFound),
]


@pytest.mark.parametrize(
    ("case", "refusal"), REFUSED_REFUSALS, ids=[c for c, _ in REFUSED_REFUSALS]
)
def test_a_refused_refusal_at_the_gate_changes_nothing(dock, order, case, refusal):
    there = {"supplier_id": dock.plant.supplier.pk, "site_id": dock.plant.site.pk}
    order_id, goods = order.order.pk, {"description": "pallet"}
    customer = {**there, "supplier_id": dock.plant.partner(PartnerRole.CUSTOMER).pk}
    elsewhere = Actor(SYSTEM.id, "x", {"receiving.refuse_at_gate": (Scope(site_id=new_id()),)})
    call = {
        "no reason": lambda: refuse(order_id=order_id, **goods, reason=" "),
        "no goods": lambda: refuse(order_id=order_id),
        "quantity without unit": lambda: refuse(order_id=order_id, **goods, quantity=D(1)),
        "nothing": lambda: refuse(
            order_id=order_id, **goods, quantity=D(0), unit_id=dock.plant.piece.pk
        ),
        "order and site": lambda: refuse(order_id=order_id, **there, **goods),
        "supplier without site": lambda: refuse(supplier_id=there["supplier_id"], **goods),
        "customer": lambda: refuse(**customer, **goods),
        "outside the grant": lambda: refuse(**there, **goods, actor=elsewhere),
    }[case]

    with pytest.raises(refusal):
        call()

    assert not GateRefusal.objects.exists()
    assert not OutboxEvent.objects.filter(type="receiving.goods_refused.v1").exists()
