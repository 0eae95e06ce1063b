"""Counting: what a place holds of a labelled lot, by somebody who looked."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, NotThereThen, ReasonMissing
from zhiliu.contexts.stock.models import Move
from zhiliu.contexts.stock.operations.gate import check_there_then, facts_at, on_hand_at
from zhiliu.contexts.stock.operations.locks import (
    get_internal_place,
    get_owner,
    lock_balances_of_lot,
    lock_lot,
    lock_reservations,
    outside_place,
)
from zhiliu.contexts.stock.operations.posting import Leg, pick_serials, post, record_moved
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import break_reservations
from zhiliu.contexts.stock.states import MoveKind, PlaceKind
from zhiliu.kernel.command import Command


def count_goods(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    counted: Decimal,
    serials_missing: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Move | None:
    """Set what a place held of a labelled lot at `at` to what was counted; None when it was right.

    A signed adjustment with a reason; what is then missing for reservations breaks the youngest.
    Raises NotFound, BadQuantity, ReasonMissing, NotThereThen, SerialsWrong, Mismatch; emits
    GoodsMoved, ReservationsBroken.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="adjust a count")
    lot = lock_lot(lot_id, command, exclusive=True)
    place = get_internal_place(place_id, command)
    get_owner(owner_id)
    material = get_material(lot.material_id)
    counted = checked_quantity(counted, material, zero_allowed=True)
    if facts_at(lot, at) is None:
        raise NotThereThen(lot=lot.number, place=place.code, occurred_at=at, lowest=Decimal(0))
    rows = lock_balances_of_lot(lot.pk)
    balance = next((b for b in rows if (b.place_id, b.owner_id) == (place_id, owner_id)), None)
    on_hand = balance.quantity if balance else Decimal(0)
    is_late = at < command.recorded_at
    difference = counted - (on_hand_at(lot, place_id, owner_id, at) if is_late else on_hand)
    if difference == 0:
        return None
    if difference > 0:
        if lot.has_serials:
            raise Mismatch(
                problem="a serial that turned up is moved or received, never counted in",
                problem_zh="找到的序列号应移库或收货，不能盘入",
            )
        checked_quantity(sum((b.quantity for b in rows), difference), material)
    else:
        check_there_then(lot, place_id, owner_id, -difference, command=command, at=at)
    left = on_hand + difference
    if balance is not None and balance.reserved > left:
        kept = lock_reservations(lot_id, place_id, owner_id)
        break_reservations(lot, kept, command, at, at_most=balance.reserved - left)
    picked = pick_serials(lot, place_id, owner_id, abs(difference), serials_missing)
    adjustment = outside_place(place.site_id, PlaceKind.ADJUSTMENT)
    ends = (place_id, adjustment) if difference < 0 else (adjustment, place_id)
    leg = Leg(lot, *ends, owner_id, abs(difference), serials=picked)
    (move,) = post([leg], kind=MoveKind.COUNT, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, abs(difference))
    return move
