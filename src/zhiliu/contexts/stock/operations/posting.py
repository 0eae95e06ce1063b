"""Posting: moves and what they do to balances. Every change of stock goes through `post`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from uuid import UUID

from zhiliu.contexts.stock.errors import NotEnough, SerialsWrong
from zhiliu.contexts.stock.events import GoodsMoved
from zhiliu.contexts.stock.models import Balance, Lot, Move, Serial, SerialMove
from zhiliu.contexts.stock.operations.locks import about, free_of, get_place
from zhiliu.contexts.stock.states import MoveKind
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import current, flush, record_appended
from zhiliu.platform.outbox.public import record_event


@dataclass(frozen=True)
class Leg:
    """One move to be posted.

    `reserved_out` leaves the source balance's reservations (used up or carried along),
    `reserved_in` joins the target's (carried along). `serials` are the pieces, in the lot after
    the move; their count is the quantity.
    """

    lot: Lot
    from_place_id: UUID
    to_place_id: UUID
    owner_id: UUID
    quantity: Decimal
    reference: Reference | None = None
    reserved_out: Decimal = Decimal(0)
    reserved_in: Decimal = Decimal(0)
    serials: Sequence[UUID] = ()


@dataclass(frozen=True)
class Origin:
    """Whose document the moves are: our own operation, or another system and its document."""

    system: str = "own"
    document: str = ""


OWN = Origin()


def post(
    legs: Iterable[Leg],
    *,
    kind: MoveKind,
    command: Command,
    at: datetime,
    reason: str = "",
    origin: Origin = OWN,
) -> list[Move]:
    """Queue the moves, their balances and their serials as one posting of `command`.

    Callers have locked lots and balances and asked the gate. The database refuses a second posting
    of the same (command, line), a negative balance, and a reservation above what is on hand.
    """
    moves = []
    writes = current()
    taken = writes.inserts.get(Move, [])
    numbers = count(1 + len(taken) + writes.sent.get(Move, 0))
    for leg in legs:
        move = record_appended(
            Move(
                company_id=leg.lot.company_id,
                command_id=command.id,
                line=next(numbers),
                move_kind=kind,
                lot_id=leg.lot.pk,
                lot_version=leg.lot.version,
                from_place_id=leg.from_place_id,
                to_place_id=leg.to_place_id,
                owner_id=leg.owner_id,
                quantity=leg.quantity,
                reference_kind=leg.reference.kind if leg.reference else "",
                reference_id=leg.reference.id if leg.reference else None,
                reference_number=leg.reference.number if leg.reference else "",
                customer_id=leg.reference.customer_id if leg.reference else None,
                actor_id=command.actor.id,
                reason=reason,
                origin=origin.system,
                origin_document=origin.document,
                occurred_at=at,
            )
        )
        moves.append(move)
        if get_place(leg.from_place_id).is_internal:
            change_balance(leg, leg.from_place_id, -leg.quantity, -leg.reserved_out)
        if get_place(leg.to_place_id).is_internal:
            change_balance(leg, leg.to_place_id, leg.quantity, leg.reserved_in)
        _move_serials(leg, move)
    return moves


def change_balance(leg: Leg, place_id: UUID, quantity: Decimal, reserved: Decimal) -> None:
    """Queue one change of a balance; only a gain may make the row."""
    current().add_to(
        Balance,
        {"lot_id": leg.lot.pk, "place_id": place_id, "owner_id": leg.owner_id},
        insert=quantity > 0,
        quantity=quantity,
        reserved=reserved,
    )


def change_reserved(lot_id: UUID, place_id: UUID, owner_id: UUID, delta: Decimal) -> None:
    """Queue a change of what is reserved of an existing balance."""
    current().add_to(
        Balance,
        {"lot_id": lot_id, "place_id": place_id, "owner_id": owner_id},
        insert=False,
        quantity=Decimal(0),
        reserved=delta,
    )


def _move_serials(leg: Leg, move: Move) -> None:
    if not leg.serials:
        return
    writes = current()
    for serial_id in leg.serials:
        writes.insert_values(SerialMove, id=new_id(), move_id=move.pk, serial_id=serial_id)
    # what the same statement inserts cannot be updated by it, and says already where it is
    moved = [str(s) for s in leg.serials if s not in writes.born]
    if not moved:
        return
    # last move of the command wins: the same serials of an earlier leg are replaced, not repeated
    writes.replace(
        ("serials", tuple(leg.serials)),
        "update stock_serial set lot_id = %s::uuid, place_id = %s::uuid, owner_id = %s::uuid "
        "where id = any(%s::uuid[]) returning 1",
        [str(leg.lot.pk), str(leg.to_place_id), str(leg.owner_id), moved],
        len(moved),
    )


def take_free(
    balance: Balance | None, lot: Lot, place_id: UUID, quantity: Decimal, own: Decimal = Decimal(0)
) -> None:
    """Raise NotEnough unless `quantity` is free at the locked balance (plus `own` reserved)."""
    free = free_of(balance) + own
    if quantity > free:
        raise NotEnough(
            lot=lot.number,
            place=get_place(place_id).code,
            wanted=quantity,
            free=free,
            reserved=balance.reserved - own if balance else Decimal(0),
        )


def pick_serials(
    lot: Lot, place_id: UUID, owner_id: UUID, quantity: Decimal, numbers: Sequence[str]
) -> list[UUID]:
    """The ids of the named serials of a lot at a place, locked; raises SerialsWrong.

    A serial-controlled lot needs as many distinct serials as its quantity says; others take none.
    """
    if not numbers:
        if lot.has_serials:
            raise SerialsWrong(
                lot=lot.number,
                problem="every piece must be named",
                problem_zh="必须逐件指明",
                serials=f"0/{quantity}",
            )
        return []
    if len(set(numbers)) != len(numbers) or Decimal(len(numbers)) != quantity:
        raise SerialsWrong(
            lot=lot.number,
            problem=f"{len(set(numbers))} different serials for a quantity of {quantity}",
            problem_zh=f"数量 {quantity} 却有 {len(set(numbers))} 个不同序列号",
            serials=", ".join(numbers[:5]),
        )
    flush()
    rows = Serial.objects.filter(
        lot_id=lot.pk, place_id=place_id, owner_id=owner_id, number__in=numbers
    )
    found = {s.number: s.pk for s in rows.order_by("id").select_for_update(no_key=True)}
    missing = [n for n in numbers if n not in found]
    if missing:
        raise SerialsWrong(
            lot=lot.number,
            problem=f"not in this lot at {get_place(place_id).code}",
            problem_zh=f"不在库位 {get_place(place_id).code} 的该批次中",
            serials=", ".join(missing[:5]),
        )
    return [found[n] for n in numbers]


def record_moved(move: Move, lot: Lot, command: Command, at: datetime, quantity: Decimal) -> None:
    """Record the one event of a posting: goods of a lot moved."""
    record_event(
        GoodsMoved(
            *about(lot),
            move_kind=move.move_kind,
            quantity=quantity,
            from_place_id=move.from_place_id,
            to_place_id=move.to_place_id,
            reference_kind=move.reference_kind,
            reference_number=move.reference_number,
        ),
        command,
        at,
    )
