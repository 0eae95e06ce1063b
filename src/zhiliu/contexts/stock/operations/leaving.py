"""Goods that leave without an order: destroyed in test, scrapped, sent back to the supplier."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import VoucherMissing, WrongPlace
from zhiliu.contexts.stock.events import SampleConsumed
from zhiliu.contexts.stock.models import Lot, Move
from zhiliu.contexts.stock.operations.dispositions import check_disposed
from zhiliu.contexts.stock.operations.gate import check_there_then
from zhiliu.contexts.stock.operations.locks import (
    about,
    get_internal_place,
    lock_balances,
    lock_lot,
    lock_reservations,
    outside_place,
)
from zhiliu.contexts.stock.operations.posting import (
    Leg,
    pick_serials,
    post,
    record_moved,
    take_free,
)
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import break_reservations
from zhiliu.contexts.stock.operations.split import Part
from zhiliu.contexts.stock.rules import can_dispose, can_return
from zhiliu.contexts.stock.states import LotStatus, MoveKind, PlaceKind
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.public import record_event


def consume_sample(*, lot_id: UUID, part: Part, command: Command, at: datetime) -> Move:
    """Record a sample as destroyed in test; reservations that it leaves without goods are broken.

    Raises NotFound, WrongPlace, BadQuantity, NotEnough, NotThereThen, SerialsWrong; emits
    ReservationsBroken, GoodsMoved, SampleConsumed.
    """
    place = get_internal_place(part.place_id, command)
    if place.kind is not PlaceKind.LABORATORY:
        raise WrongPlace(place=place.code, needed="a laboratory")
    lot = lock_lot(lot_id, command)
    move = _leave(
        lot, part, PlaceKind.CONSUMED_IN_TEST, MoveKind.CONSUME_SAMPLE, None, command, at, True
    )
    record_event(
        SampleConsumed(
            *about(lot),
            quantity=move.quantity,
        ),
        command,
        at,
    )
    return move


def scrap(
    *, lot_id: UUID, part: Part, voucher: Reference | None, command: Command, at: datetime
) -> Move:
    """Scrap goods: blocked ones by a disposition, others with a signed reason (the command's).

    Raises NotFound, ReturnOnly, NotDisposed, VoucherMissing, BadQuantity, NotEnough, NotThereThen,
    SerialsWrong; emits GoodsMoved.
    """
    lot = lock_lot(lot_id, command)
    for refusal in can_dispose(lot.number, LotStatus(lot.status), is_return=False):
        raise refusal
    _check_voucher(lot, part, voucher, MoveKind.SCRAP, command, at)
    return _leave(lot, part, PlaceKind.SCRAP, MoveKind.SCRAP, voucher, command, at)


def return_to_vendor(
    *, lot_id: UUID, part: Part, voucher: Reference | None, command: Command, at: datetime
) -> Move:
    """Send goods back to the supplier they came from; voucher as for `scrap`, awaiting lots may go.

    Raises NotFound, Mismatch for a lot without a supplier, NotDisposed, VoucherMissing,
    BadQuantity, NotEnough, NotThereThen, SerialsWrong; emits GoodsMoved.
    """
    lot = lock_lot(lot_id, command)
    for refusal in can_return(lot.number, has_supplier=lot.supplier_id is not None):
        raise refusal
    kind = MoveKind.RETURN_TO_VENDOR
    _check_voucher(lot, part, voucher, kind, command, at)
    return _leave(lot, part, PlaceKind.SUPPLIER, kind, voucher, command, at)


def _leave(
    lot: Lot,
    part: Part,
    to: PlaceKind,
    kind: MoveKind,
    voucher: Reference | None,
    command: Command,
    at: datetime,
    breaks_reservations: bool = False,
) -> Move:
    place = get_internal_place(part.place_id, command)
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    key = (lot.pk, part.place_id, part.owner_id)
    balance = lock_balances([key]).get(key)
    reserved = balance.reserved if balance and breaks_reservations else Decimal(0)
    take_free(balance, lot, part.place_id, quantity, own=reserved)
    assert balance is not None
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    picked = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)
    left = balance.quantity - quantity
    if balance.reserved > left:
        rows = lock_reservations(lot.pk, part.place_id, part.owner_id)
        break_reservations(lot, rows, command, at, at_most=balance.reserved - left)
    leg = Leg(
        lot,
        part.place_id,
        outside_place(place.site_id, to),
        part.owner_id,
        quantity,
        reference=voucher,
        serials=picked,
    )
    (move,) = post([leg], kind=kind, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, quantity)
    return move


def _check_voucher(
    lot: Lot,
    part: Part,
    voucher: Reference | None,
    kind: MoveKind,
    command: Command,
    at: datetime,
) -> None:
    if lot.status == LotStatus.BLOCKED:
        check_disposed(lot, voucher, kind, part.quantity, command, at)
    elif not command.reason.strip():
        raise VoucherMissing(lot=lot.number)
