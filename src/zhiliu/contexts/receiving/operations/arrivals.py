"""Receiving what stands on the dock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.public import get_site
from zhiliu.contexts.partners.public import get_partner, get_supplier
from zhiliu.contexts.purchasing.public import lock_order, record_received
from zhiliu.contexts.receiving import rules
from zhiliu.contexts.receiving.errors import (
    NotACarrier,
    NotFound,
    OrderOrSupplier,
    WrongSite,
)
from zhiliu.contexts.receiving.events import (
    GoodsArrived,
    ReceiptBlocked,
    SurplusArrived,
    UnorderedArrived,
)
from zhiliu.contexts.receiving.models import Arrival, ArrivalLine
from zhiliu.contexts.receiving.operations.delivery import Delivery, DeliveryLine, Planned, plan
from zhiliu.contexts.receiving.states import ArrivalLineKind
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import (
    Birth,
    Incoming,
    LotOrigin,
    MoveKind,
    get_internal_place,
    place_hold,
    receive_lots,
)
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

ARRIVAL_RANGE = "receiving.arrival"
LINE_KIND = "receiving.arrival_line"


@dataclass(frozen=True)
class ReceivedLot:
    """One booked line with its lot."""

    line: ArrivalLine
    lot: Lot
    planned: Planned


@dataclass(frozen=True)
class ReceivedGoods:
    """An arrival with all that was booked."""

    arrival: Arrival
    delivery: Delivery
    lots: list[ReceivedLot]


def receive_goods(
    *,
    place_id: UUID,
    lines: Sequence[DeliveryLine],
    order_id: UUID | None = None,
    supplier_id: UUID | None = None,
    delivery_note: str = "",
    carrier_id: UUID | None = None,
    command: Command,
    at: datetime,
) -> ReceivedGoods:
    """Book a delivery into a place: one lot a line and supplier lot, all awaiting inspection.

    For an order, or without one from a named supplier. What exceeds the ordered quantity plus
    tolerance, comes for a closed order, is wrong, unordered, blocked for receipt or lacks the date
    that its shelf life needs is booked too, on hold, and the buyer is told. Raises NotFound,
    OrderOrSupplier, NotASupplier, NotACarrier, OrderNotPlaced, WrongSite, WrongPlace and what
    `delivery.plan` refuses; emits LotCreated, HoldPlaced, SurplusArrived, ReceiptBlocked,
    UnorderedArrived and, last, GoodsArrived.
    """
    place = get_internal_place(place_id, command)
    delivery = _delivery(order_id, supplier_id, place.site_id, command, at)
    if delivery.order is not None:
        order = delivery.order.order
        for refusal in rules.can_receive(
            order.number, order.state, is_receivable=delivery.order.is_receivable
        ):
            raise refusal
        if order.site_id != place.site_id:
            raise WrongSite(order.number, place.code)
    if carrier_id is not None:
        carrier = get_partner(carrier_id)
        if not carrier.is_carrier:
            raise NotACarrier(number=carrier.number)
    planned = plan(delivery, lines)

    (number,) = take_numbers(company_id=place.company_id, kind=ARRIVAL_RANGE)
    arrival = record_created(
        Arrival(
            number=number,
            company_id=place.company_id,
            site_id=place.site_id,
            supplier_id=delivery.supplier_id,
            order_id=order_id,
            place_id=place_id,
            carrier_id=carrier_id,
            delivery_note=delivery_note,
            arrived_at=at,
            received_by=command.actor.id,
        ),
        command,
    )
    received = ReceivedGoods(arrival, delivery, _book(arrival, delivery, planned, command))
    _count_received(planned)
    _record_events(received, command, at)
    return received


def _delivery(
    order_id: UUID | None, supplier_id: UUID | None, site_id: UUID, command: Command, at: datetime
) -> Delivery:
    if (order_id is None) == (supplier_id is None):
        raise OrderOrSupplier()
    site = get_site(site_id)
    if order_id is not None:
        locked = lock_order(order_id, command)
        supplier_id, supplier = locked.order.supplier_id, (locked.supplier, locked.supplier_name)
        return Delivery(site.company_id, site.time_zone, supplier_id, *supplier, locked, at)
    assert supplier_id is not None
    there = Scope(company_id=site.company_id, site_id=site.pk, supplier_id=supplier_id)
    if not command.actor.may(command.operation, there):
        raise NotFound("supplier", str(supplier_id))
    found = get_supplier(supplier_id)
    return Delivery(
        site.company_id, site.time_zone, supplier_id, found.number, found.name, None, at
    )


def _book(
    arrival: Arrival, delivery: Delivery, planned: Sequence[Planned], command: Command
) -> list[ReceivedLot]:
    rows = [_line(arrival, n, one) for n, one in enumerate(planned, 1)]
    incoming = [
        _incoming(arrival, delivery, row, one) for row, one in zip(rows, planned, strict=True)
    ]
    at = delivery.at
    lots = receive_lots(incoming=incoming, kind=MoveKind.RECEIVE, command=command, at=at)
    received = []
    for row, lot, one in zip(rows, lots, planned, strict=True):
        row.lot_id = lot.pk
        record_appended(row)
        for hold in one.holds[1:]:
            lot = place_hold(
                lot_id=lot.pk,
                cause=hold.cause,
                reason=hold.reason,
                responsible_id=hold.responsible_id,
                cause_reference=hold.cause_reference,
                command=command,
                at=at,
            ).lot
        received.append(ReceivedLot(row, lot, one))
    return received


def _line(arrival: Arrival, n: int, one: Planned) -> ArrivalLine:
    return ArrivalLine(
        arrival_id=arrival.pk,
        line=n,
        delivery_line=one.delivery_line,
        line_kind=one.kind,
        order_line_id=one.order_line.line.pk if one.order_line else None,
        material_id=one.material.id,
        revision_id=one.revision_id,
        quantity=one.given.quantity,
        unit_id=one.material.unit.pk,
        stock_quantity=one.quantity,
        rounding_difference=one.difference,
        owner_id=one.owner_id,
        supplier_lot=one.given.supplier_lot,
        maker=one.given.maker,
        manufactured_date=one.given.manufactured_date,
        expires_date=one.last_day,
    )


def _incoming(arrival: Arrival, delivery: Delivery, row: ArrivalLine, one: Planned) -> Incoming:
    source = Reference(LINE_KIND, row.pk, f"{arrival.number}/{row.line}")
    return Incoming(
        Birth(
            company_id=arrival.company_id,
            site_id=arrival.site_id,
            material_id=one.material.id,
            lot_control=one.material.profile.lot_control,
            quantity=one.quantity,
            origin=LotOrigin.RECEIPT,
            voucher=source,
            revision_id=one.revision_id,
            supplier_id=arrival.supplier_id,
            supplier_lot=one.given.supplier_lot,
            maker=one.given.maker,
            manufactured_date=one.given.manufactured_date,
            expires_at=rules.end_of_day(one.last_day, delivery.time_zone),
        ),
        arrival.place_id,
        one.owner_id,
        source,
        hold=one.holds[0] if one.holds else None,
        serials=one.serials,
        measure=(one.material.unit.pk, one.factor) if one.factor is not None else None,
    )


def _count_received(planned: Sequence[Planned]) -> None:
    for one in planned:
        if one.order_line is not None and one.kind is not ArrivalLineKind.WRONG_MATERIAL:
            record_received(one.order_line.line.pk, one.quantity)


def _record_events(received: ReceivedGoods, command: Command, at: datetime) -> None:
    for one in received.lots:
        _tell_buyer(received, one, command, at)
    arrival, order = received.arrival, received.delivery.order
    record_event(
        GoodsArrived(
            subject=_reference(arrival),
            company_id=arrival.company_id,
            site_id=arrival.site_id,
            order_id=arrival.order_id,
            order=order.order.number if order else "",
            supplier_id=arrival.supplier_id,
            place_id=arrival.place_id,
            lots=tuple(_lot_data(arrival, one) for one in received.lots),
        ),
        command,
        at,
    )


def _tell_buyer(received: ReceivedGoods, one: ReceivedLot, command: Command, at: datetime) -> None:
    arrival, kind, block = received.arrival, one.planned.kind, one.planned.material.block
    common: dict[str, Any] = {
        "subject": _reference(arrival),
        "company_id": arrival.company_id,
        "site_id": arrival.site_id,
        "order_id": arrival.order_id,
        "buyer_id": received.delivery.buyer_id,
        "supplier_id": arrival.supplier_id,
        "material_id": one.planned.material.id,
        "lot_id": one.lot.pk,
        "lot": one.lot.number,
        "quantity": one.planned.quantity,
        "unit": one.planned.material.stock_unit.code,
    }
    order_line = one.planned.order_line
    if kind is ArrivalLineKind.SURPLUS and order_line is not None:
        record_event(SurplusArrived(**common, order_line_id=order_line.line.pk), command, at)
    elif kind is not ArrivalLineKind.RECEIVED:
        record_event(UnorderedArrived(**common, line_kind=str(kind)), command, at)
    if block is not None:
        record_event(
            ReceiptBlocked(**common, supply_block_id=block.id, reason=block.reason), command, at
        )


def _lot_data(arrival: Arrival, one: ReceivedLot) -> dict[str, Any]:
    material, profile = one.planned.material, one.planned.material.profile
    return {
        "lot_id": one.lot.pk,
        "lot": one.lot.number,
        "lot_version": one.lot.version,
        "material_id": material.id,
        "material": material.number,
        "revision_id": one.planned.revision_id,
        "supplier_id": arrival.supplier_id,
        "supplier_lot": one.line.supplier_lot,
        "quantity": one.planned.quantity,
        "unit": material.stock_unit.code,
        "lot_control": profile.lot_control,
        "is_on_hold": bool(one.planned.holds),
        "arrival_line_id": one.line.pk,
        "order_line_id": one.line.order_line_id,
        "place_id": arrival.place_id,
        "owner_id": one.planned.owner_id,
        "profile_id": profile.id,
        "profile": profile.code,
        "profile_version": profile.version,
        "inspection": profile.inspection,
    }


def _reference(arrival: Arrival) -> Reference:
    return Reference(Arrival.kind, arrival.pk, arrival.number, arrival.version)
