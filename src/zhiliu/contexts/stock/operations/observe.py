"""Moves that another system made: recorded as they are, never refused, answered when wrong."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch
from zhiliu.contexts.stock.events import ObservedMoveRefused
from zhiliu.contexts.stock.models import Finding, Lot, Move
from zhiliu.contexts.stock.operations.gate import facts_now
from zhiliu.contexts.stock.operations.locks import (
    get_place,
    lock_balances,
    lock_lot,
    lock_reservations,
    outside_place,
)
from zhiliu.contexts.stock.operations.placing import hold_locked
from zhiliu.contexts.stock.operations.posting import OWN, Leg, Origin, post, record_moved
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import break_reservations
from zhiliu.contexts.stock.rules import Purpose, can_use
from zhiliu.contexts.stock.states import HoldCause, MoveKind, PlaceKind, Use
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.outbox.public import record_event

_USES = {
    PlaceKind.PRODUCTION: Use.ISSUE,
    PlaceKind.CUSTOMER: Use.SHIP,
    PlaceKind.SCRAP: Use.DISPOSE,
    PlaceKind.SUPPLIER: Use.DISPOSE,
}


def observe_move(
    *,
    lot_id: UUID,
    from_place_id: UUID,
    to_place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    origin: Origin,
    reference: Reference | None = None,
    command: Command,
    at: datetime,
) -> Move:
    """Record a move of an external system. What it lacks posts from `unexplained`; what our gate
    would have refused opens a finding and a hold.

    Raises NotFound, BadQuantity and Mismatch only for a record that cannot be written; emits
    GoodsMoved, ReservationsBroken, ObservedMoveRefused, HoldPlaced.
    """
    lot = lock_lot(lot_id, command, exclusive=True)
    source, target = get_place(from_place_id, command), get_place(to_place_id, command)
    if source.id == target.id or not (source.is_internal or target.is_internal):
        raise Mismatch(
            problem="a move goes between two places, at least one of them ours",
            problem_zh="移动须在两个库位之间，且至少一个为我方库位",
        )
    if origin.system == OWN.system:
        raise Mismatch(
            problem="own moves are posted by own operations",
            problem_zh="本系统的移动须通过本系统的操作过账",
        )
    if lot.has_serials:
        raise Mismatch(
            problem="moves of serials name each piece; post them as own moves",
            problem_zh="序列号物料须逐件指明，请按本系统的移动过账",
        )
    quantity = checked_quantity(quantity, get_material(lot.material_id))
    purpose = (
        Purpose(reference.id, str(reference), reference.customer_id) if reference else Purpose()
    )
    use = _USES.get(target.kind, Use.MOVE)
    refused = can_use(facts_now(lot), use, command.recorded_at, purpose)

    keys = [(lot_id, from_place_id, owner_id), (lot_id, to_place_id, owner_id)]
    balance = lock_balances(keys).get(keys[0])
    on_hand = balance.quantity if balance else Decimal(0)
    legs = []
    if source.is_internal and on_hand < quantity:
        unexplained = outside_place(source.site_id, PlaceKind.UNEXPLAINED)
        legs.append(Leg(lot, unexplained, from_place_id, owner_id, quantity - on_hand))
    left = max(on_hand - quantity, Decimal(0))
    if balance is not None and balance.reserved > left:
        mine = [r for r in lock_reservations(lot_id, from_place_id) if r.owner_id == owner_id]
        break_reservations(lot, mine, command, at, at_most=balance.reserved - left)
    legs.append(Leg(lot, from_place_id, to_place_id, owner_id, quantity, reference=reference))
    move = post(
        legs, kind=MoveKind.OBSERVE, command=command, at=at, reason=command.reason, origin=origin
    )[-1]
    record_moved(move, lot, command, at, quantity)
    if refused:
        _answer(lot, move, refused[0].code, str(refused[0]), command, at)
    return move


def _answer(lot: Lot, move: Move, code: str, sentence: str, command: Command, at: datetime) -> None:
    record_appended(Finding(move_id=move.pk, lot_id=lot.pk, code=code, sentence=sentence))
    hold_locked(
        lot,
        cause=HoldCause.OBSERVED_MOVE,
        reason=sentence,
        cause_reference=Reference("stock.move", move.pk, move.origin_document or "observed"),
        command=command,
        at=at,
    )
    record_event(
        ObservedMoveRefused(
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
            move_id=move.pk,
            refusal=code,
        ),
        command,
        at,
    )
