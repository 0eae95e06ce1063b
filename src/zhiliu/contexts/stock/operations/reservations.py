"""Reservations: quantity of one balance row kept for one reference."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import NotFound, OutsideBounds
from zhiliu.contexts.stock.events import GoodsReserved, ReservationCancelled, ReservationsBroken
from zhiliu.contexts.stock.models import Balance, Lot, Reservation
from zhiliu.contexts.stock.operations.gate import check_owner, check_use
from zhiliu.contexts.stock.operations.locks import (
    about,
    get_internal_place,
    lock_balances,
    lock_bound,
    lock_lot,
    lock_reservations,
)
from zhiliu.contexts.stock.operations.posting import change_reserved, take_free
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.rules import can_cancel
from zhiliu.contexts.stock.states import LotStatus, ReservationState, Use
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import plain
from zhiliu.platform.evidence.public import LostUpdate, flush, record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

RESERVATION_RANGE = "stock.reservation"


def reserve(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    command: Command,
    at: datetime,
) -> Reservation:
    """Keep `quantity` (stock unit) of a usable lot for an order.

    Of a restricted lot no more is reserved than remains of its bound. Raises NotFound, BadQuantity,
    the gate's refusals, OwnedByOther, OutsideBounds, NotEnough; emits GoodsReserved.
    """
    lot = lock_lot(lot_id, command)
    get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, get_material(lot.material_id))
    check_use(lot, Use.ISSUE, command=command, at=at, reference=reference)
    check_owner(lot, owner_id, reference)
    key = (lot_id, place_id, owner_id)
    take_free(lock_balances([key]).get(key), lot, place_id, quantity)
    _check_bound(lot, quantity)

    change_reserved(lot_id, place_id, owner_id, quantity)
    reservation = _create(lot, place_id, owner_id, quantity, reference, command, at)
    record_event(
        GoodsReserved(
            *about(lot),
            reservation_id=reservation.pk,
            reservation=reservation.number,
            quantity=quantity,
            reference_kind=reference.kind,
            reference_number=reference.number,
        ),
        command,
        at,
    )
    return reservation


def _check_bound(lot: Lot, quantity: Decimal) -> None:
    if lot.status != LotStatus.RESTRICTED or (bound := lock_bound(lot.pk)) is None:
        return
    kept = sum((r.open_quantity for r in lock_reservations(lot.pk)), Decimal(0))
    if quantity > bound.remaining - kept:
        raise OutsideBounds(
            lot=lot.number,
            bound="quantity",
            wanted=plain(quantity),
            allowed=f"{plain(max(bound.remaining - kept, Decimal(0)))}/{plain(bound.quantity)}",
        )


def cancel_reservation(*, reservation_id: UUID, command: Command, at: datetime) -> Reservation:
    """Give the open quantity of a reservation back. Raises NotFound, NotInState; emits
    ReservationCancelled."""
    flush()
    found = Reservation.objects.filter(pk=reservation_id).first()
    if found is None:
        raise NotFound(what="reservation", given=str(reservation_id))
    try:
        lot = lock_lot(found.lot_id, command)
    except NotFound:  # who may not see the lot learns nothing about it
        raise NotFound(what="reservation", given=str(reservation_id)) from None
    lock_balances([(found.lot_id, found.place_id, found.owner_id)])
    row = Reservation.objects.select_for_update(no_key=True).get(pk=reservation_id)
    if (row.lot_id, row.place_id) != (found.lot_id, found.place_id):
        raise LostUpdate(f"{row.number} moved while its lot was waited for")
    for refusal in can_cancel(row.number, row.state):
        raise refusal
    change_reserved(row.lot_id, row.place_id, row.owner_id, -row.open_quantity)
    record_changed(row, command, state=ReservationState.CANCELLED, open_quantity=Decimal(0))
    record_event(
        ReservationCancelled(
            *about(lot),
            reservation_id=row.pk,
            reservation=row.number,
        ),
        command,
        at,
    )
    return row


def use_own_reservations(
    balance: Balance | None, quantity: Decimal, reference: Reference | None, command: Command
) -> Decimal:
    """Use up the reference's reservations of a locked balance; how much of `quantity` they cover.

    Their part of the balance's `reserved` is taken off by the leg that the caller posts.
    """
    if balance is None or not balance.reserved or reference is None:
        return Decimal(0)
    covered = Decimal(0)
    for row in lock_reservations(balance.lot_id, balance.place_id, balance.owner_id):
        if row.reference_id != reference.id:
            continue
        used = min(row.open_quantity, quantity - covered)
        if used > 0:
            covered += used
            _reduce(row, used, ReservationState.CONSUMED, command)
    return covered


def carry_reservations(
    balance: Balance, quantity: Decimal, to_lot: Lot, to_place_id: UUID, command: Command
) -> Decimal:
    """Let a move of `quantity` take along the reservations that would be left without goods.

    The youngest go first, the last one in part. Returns how much reserved quantity goes along.
    """
    needed = quantity - (balance.quantity - balance.reserved)
    if needed <= 0:
        return Decimal(0)
    carried = Decimal(0)
    for row in reversed(lock_reservations(balance.lot_id, balance.place_id, balance.owner_id)):
        if carried >= needed:
            break
        part = min(row.open_quantity, needed - carried)
        carried += part
        if part == row.open_quantity:
            record_changed(row, command, lot_id=to_lot.pk, place_id=to_place_id)
        else:
            _reduce(row, part, ReservationState.CANCELLED, command)
            reference = Reference(
                row.reference_kind,
                row.reference_id,
                row.reference_number,
                customer_id=row.customer_id,
            )
            _create(to_lot, to_place_id, row.owner_id, part, reference, command, row.reserved_at)
    return carried


def break_reservations(
    lot: Lot,
    rows: list[Reservation],
    command: Command,
    at: datetime,
    at_most: Decimal | None = None,
) -> list[str]:
    """Break open reservations (youngest first, `at_most` in all) and say which orders they were.

    Emits ReservationsBroken. The caller has locked the balances.
    """
    orders: list[str] = []
    broken = Decimal(0)
    for row in reversed(rows):
        part = row.open_quantity if at_most is None else min(row.open_quantity, at_most - broken)
        if part <= 0:
            continue
        broken += part
        change_reserved(row.lot_id, row.place_id, row.owner_id, -part)
        _reduce(row, part, ReservationState.BROKEN, command)
        name = f"{row.reference_kind}/{row.reference_number}"
        if name not in orders:
            orders.append(name)
    if orders:
        record_event(
            ReservationsBroken(
                *about(lot),
                orders=tuple(orders),
            ),
            command,
            at,
        )
    return orders


def _reduce(row: Reservation, by: Decimal, end: ReservationState, command: Command) -> None:
    left = row.open_quantity - by
    record_changed(row, command, open_quantity=left, state=row.state if left else end)


def _create(
    lot: Lot,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    command: Command,
    at: datetime,
) -> Reservation:
    (number,) = take_numbers(company_id=lot.company_id, kind=RESERVATION_RANGE)
    return record_created(
        Reservation(
            number=number,
            company_id=lot.company_id,
            lot_id=lot.pk,
            place_id=place_id,
            owner_id=owner_id,
            quantity=quantity,
            open_quantity=quantity,
            reference_kind=reference.kind,
            reference_id=reference.id,
            reference_number=reference.number,
            customer_id=reference.customer_id,
            state=ReservationState.OPEN,
            reserved_at=at,
        ),
        command,
    )
