"""Moves that another system made: recorded as they are, never refused, answered when wrong."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, OutsideBounds
from zhiliu.contexts.stock.events import ObservedMoveRefused
from zhiliu.contexts.stock.models import Finding, Lot, Move
from zhiliu.contexts.stock.operations.gate import check_owner, check_use
from zhiliu.contexts.stock.operations.locks import (
    PlaceFacts,
    about,
    get_owner,
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
from zhiliu.contexts.stock.rules import USING, can_dispose
from zhiliu.contexts.stock.states import (
    ALLOWED,
    HoldCause,
    LotStatus,
    MoveKind,
    Permit,
    PlaceKind,
    Use,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import plain
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.outbox.public import record_event

# A customer's return is a new lot, and nothing joins a lot that was inspected without it.
_JOINING = frozenset({PlaceKind.SUPPLIER, PlaceKind.CUSTOMER})
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

    So does what our own operations never do: goods from a supplier or customer that join a usable
    lot, and any use of a lot with a quantity bound, since foreign moves do not draw from bounds.
    Raises NotFound, BadQuantity and Mismatch only for a record that cannot be written; emits
    GoodsMoved, ReservationsBroken, ObservedMoveRefused, HoldPlaced.
    """
    lot = lock_lot(lot_id, command, exclusive=True)
    source, target = get_place(from_place_id, command), get_place(to_place_id, command)
    _check_recordable(lot, source, target, origin)
    get_owner(owner_id)
    material = get_material(lot.material_id)
    quantity = checked_quantity(quantity, material)
    refused = _refusal(lot, source, target, owner_id, quantity, reference, command, at)

    keys = [(lot_id, from_place_id, owner_id), (lot_id, to_place_id, owner_id)]
    balances = lock_balances(keys)
    balance = balances.get(keys[0])
    if target.is_internal and (there := balances.get(keys[1])):
        checked_quantity(there.quantity + quantity, material)
    on_hand = balance.quantity if balance else Decimal(0)
    legs = []
    if source.is_internal and on_hand < quantity:
        unexplained = outside_place(source.site_id, PlaceKind.UNEXPLAINED)
        legs.append(Leg(lot, unexplained, from_place_id, owner_id, quantity - on_hand))
    left = max(on_hand - quantity, Decimal(0))
    if balance is not None and balance.reserved > left:
        mine = lock_reservations(lot_id, from_place_id, owner_id)
        break_reservations(lot, mine, command, at, at_most=balance.reserved - left)
    legs.append(Leg(lot, from_place_id, to_place_id, owner_id, quantity, reference=reference))
    move = post(
        legs, kind=MoveKind.OBSERVE, command=command, at=at, reason=command.reason, origin=origin
    )[-1]
    record_moved(move, lot, command, at, quantity)
    if refused is not None:
        _answer(lot, move, refused.code, str(refused), command, at)
    return move


def _check_recordable(lot: Lot, source: PlaceFacts, target: PlaceFacts, origin: Origin) -> None:
    if source.id == target.id or not (source.is_internal or target.is_internal):
        raise Mismatch(
            problem="a move goes between two places, at least one of them ours",
            problem_zh="移动须在两个库位之间，且至少一个为我方库位",
        )
    if {source.company_id, target.company_id} != {lot.company_id}:
        raise Mismatch(
            problem=f"lot {lot.number} belongs to another company than the places",
            problem_zh=f"批次 {lot.number} 与库位不属于同一公司",
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


def _refusal(
    lot: Lot,
    source: PlaceFacts,
    target: PlaceFacts,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference | None,
    command: Command,
    at: datetime,
) -> Refusal | None:
    """What our own operations would have had against the move; None when nothing."""
    status, use = LotStatus(lot.status), _USES.get(target.kind, Use.MOVE)
    if source.kind in _JOINING and ALLOWED[status][Use.ISSUE] is not Permit.NO:
        return Mismatch(
            problem=f"goods from {source.code} joined the usable lot {lot.number}",
            problem_zh=f"来自 {source.code} 的物料并入了可用批次 {lot.number}",
        )
    try:
        check_use(lot, use, command=command, at=at, reference=reference)
        if use in USING:
            check_owner(lot, owner_id, reference)
            _check_no_bound(lot, quantity)
        if use is Use.DISPOSE:
            is_return = target.kind is PlaceKind.SUPPLIER
            for refusal in can_dispose(lot.number, status, is_return=is_return):
                raise refusal
    except Refusal as refusal:
        return refusal
    return None


def _check_no_bound(lot: Lot, quantity: Decimal) -> None:
    """Raise OutsideBounds for a lot with a quantity bound, whatever remains of it."""
    if lot.status == LotStatus.RESTRICTED and lot.bound_quantity is not None:
        raise OutsideBounds(
            lot=lot.number,
            bound="quantity",
            wanted=plain(quantity),
            allowed="only what is drawn from it here",
            allowed_zh="仅限在本系统领用的数量",
        )


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
            *about(lot),
            move_id=move.pk,
            refusal=code,
        ),
        command,
        at,
    )
