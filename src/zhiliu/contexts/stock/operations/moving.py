"""Goods inside the walls: moving them, taking and keeping samples."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import WrongPlace
from zhiliu.contexts.stock.events import SampleRetained
from zhiliu.contexts.stock.models import Lot, Move
from zhiliu.contexts.stock.operations.gate import check_there_then
from zhiliu.contexts.stock.operations.locks import (
    about,
    get_internal_place,
    lock_balances,
    lock_lot,
)
from zhiliu.contexts.stock.operations.posting import (
    Leg,
    pick_serials,
    post,
    record_moved,
    take_free,
)
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import carry_reservations
from zhiliu.contexts.stock.operations.split import Part, split_locked
from zhiliu.contexts.stock.operations.status import set_status_of
from zhiliu.contexts.stock.states import LotStatus, MoveKind, PlaceKind
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.public import record_event


def move_goods(
    *, lot_id: UUID, part: Part, to_place_id: UUID, command: Command, at: datetime
) -> Move:
    """Move goods to another internal place; reservations that need them go along.

    Never changes what the goods may be used for. Raises NotFound, BadQuantity, WrongPlace,
    NotEnough, NotThereThen, SerialsWrong; emits GoodsMoved.
    """
    return _move(lot_id, part, to_place_id, MoveKind.MOVE, command, at)


def take_sample(
    *, lot_id: UUID, part: Part, laboratory_id: UUID, command: Command, at: datetime
) -> Move:
    """Take a sample to a laboratory place. Refusals as `move_goods`; emits GoodsMoved."""
    laboratory = get_internal_place(laboratory_id, command)
    if laboratory.kind is not PlaceKind.LABORATORY:
        raise WrongPlace(place=laboratory.code, needed="a laboratory")
    return _move(lot_id, part, laboratory_id, MoveKind.TAKE_SAMPLE, command, at)


def _move(
    lot_id: UUID, part: Part, to_place_id: UUID, kind: MoveKind, command: Command, at: datetime
) -> Move:
    lot = lock_lot(lot_id, command)
    source = get_internal_place(part.place_id, command)
    target = get_internal_place(to_place_id, command)
    if source.id == target.id or source.company_id != target.company_id:
        raise WrongPlace(place=target.code, needed="another place of the same company")
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    key = (lot_id, part.place_id, part.owner_id)
    rows = lock_balances([key, (lot_id, to_place_id, part.owner_id)])
    balance = rows.get(key)
    take_free(
        balance, lot, part.place_id, quantity, own=balance.reserved if balance else Decimal(0)
    )
    assert balance is not None
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    picked = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)
    carried = carry_reservations(balance, quantity, lot, to_place_id, command)
    leg = Leg(
        lot,
        part.place_id,
        to_place_id,
        part.owner_id,
        quantity,
        reserved_out=carried,
        reserved_in=carried,
        serials=picked,
    )
    (move,) = post([leg], kind=kind, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, quantity)
    return move


def retain_sample(
    *,
    lot_id: UUID,
    part: Part,
    retention_id: UUID,
    expires_at: datetime | None,
    voucher: Reference,
    command: Command,
    at: datetime,
) -> Lot:
    """Keep a sample: split into a lot of its own, blocked, with its own expiry, in retention.

    Reservations of the sample are broken. Raises NotFound, WrongPlace and what a split refuses;
    emits LotCreated, LotSplit, LotBlocked, ReservationsBroken, GoodsMoved, SampleRetained.
    """
    retention = get_internal_place(retention_id, command)
    if retention.kind is not PlaceKind.RETENTION:
        raise WrongPlace(place=retention.code, needed="a retention place")
    lot = lock_lot(lot_id, command, exclusive=True)
    kept = split_locked(lot, part, command=command, at=at)
    set_status_of(kept, LotStatus.BLOCKED, voucher, command, at, expires_at=expires_at)
    if part.place_id != retention_id:
        _move(kept.pk, part, retention_id, MoveKind.MOVE, command, at)
    record_event(
        SampleRetained(
            *about(kept),
            source_id=lot_id,
            quantity=part.quantity,
        ),
        command,
        at,
    )
    return kept
