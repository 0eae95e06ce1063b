"""Holds: whatever must stop goods is one."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from zhiliu.contexts.stock.errors import NotFound, ReasonMissing, TooEarly
from zhiliu.contexts.stock.events import HoldLifted
from zhiliu.contexts.stock.models import Balance, Hold, Lot
from zhiliu.contexts.stock.operations.births import change_lot
from zhiliu.contexts.stock.operations.locks import about, lock_lot, lock_lots, open_hold_numbers
from zhiliu.contexts.stock.operations.placing import (
    HoldPlacedOn,
    hold_locked,
    hold_locked_lots,
    voucher_of,
)
from zhiliu.contexts.stock.operations.split import Part, split_locked
from zhiliu.contexts.stock.queries import with_what_became_of
from zhiliu.contexts.stock.rules import can_lift
from zhiliu.contexts.stock.states import HoldCause, HoldState
from zhiliu.kernel.actor import IMPORT, SYSTEM
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.access.public import User
from zhiliu.platform.evidence.public import flush, record_changed
from zhiliu.platform.outbox.public import record_event


def place_hold(
    *,
    lot_id: UUID,
    cause: HoldCause,
    reason: str,
    responsible_id: UUID | None = None,
    review_date: date | None = None,
    part: Part | None = None,
    cause_reference: Reference | None = None,
    command: Command,
    at: datetime,
) -> HoldPlacedOn:
    """Put a lot, or a part of it (split first), on hold; breaks reservations and names the orders.

    `responsible_id` is the user who decides on lifting it, the actor unless said. Raises NotFound,
    ReasonMissing and what a split refuses; emits HoldPlaced, ReservationsBroken.
    """
    if not reason.strip():
        raise ReasonMissing(act="place a hold")
    if responsible_id is not None:
        _check_responsible(responsible_id)
    lot = lock_lot(lot_id, command, exclusive=True)
    if part is not None:
        lot = split_locked(lot, part, command=command, at=at, may_be_all=True)
    return hold_locked(
        lot,
        cause=cause,
        reason=reason,
        responsible_id=responsible_id,
        review_date=review_date,
        cause_reference=cause_reference,
        command=command,
        at=at,
    )


def place_holds(
    *,
    lot_ids: Collection[UUID],
    cause: HoldCause,
    reason: str,
    cause_reference: Reference,
    command: Command,
    at: datetime,
) -> list[HoldPlacedOn]:
    """Put all of these lots that are in stock, and what became of them, on hold in one act.

    What was split, merged or regraded is the same goods under another number. The actor is
    responsible. The lots are of one company. Raises NotFound; emits HoldPlaced and
    ReservationsBroken for each lot.
    """
    locked: dict[UUID, Lot] = {}
    while born := sorted(set(with_what_became_of(lot_ids)) - locked.keys()):
        # a split or merge in flight has ended when its lot is locked: look again for its part
        locked |= lock_lots(born, command, exclusive=True)
    there = Balance.objects.filter(lot_id__in=locked, quantity__gt=0).values_list("lot_id")
    in_stock = sorted({lot_id for (lot_id,) in there})
    if not in_stock:
        return []
    return hold_locked_lots(
        [locked[lot_id] for lot_id in in_stock],
        cause=cause,
        reason=reason,
        cause_reference=cause_reference,
        command=command,
        at=at,
    )


def _check_responsible(user_id: UUID) -> None:
    """Raise NotFound for nobody; one who left may stay responsible, or goods could not be held."""
    if user_id not in (SYSTEM.id, IMPORT.id) and not User.objects.filter(pk=user_id).exists():
        raise NotFound(what="user", given=str(user_id))


def lift_hold(*, hold_id: UUID, reason: str, command: Command, at: datetime) -> Hold:
    """End a hold. Raises NotFound, NotInState, ReasonMissing, TooEarly; emits HoldLifted."""
    if not reason.strip():
        raise ReasonMissing(act="lift a hold")
    flush()
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise NotFound(what="hold", given=str(hold_id))
    try:
        lot = lock_lot(found.lot_id, command, exclusive=True)
    except NotFound:  # who may not see the lot learns nothing about it
        raise NotFound(what="hold", given=str(hold_id)) from None
    hold = Hold.objects.select_for_update(no_key=True).get(pk=hold_id)
    for refusal in can_lift(hold.number, hold.state):
        raise refusal
    if at < hold.placed_at:
        raise TooEarly(what="hold", number=hold.number, occurred_at=at, since=hold.placed_at)

    others = [n for n in open_hold_numbers(lot) if n != hold.number]
    record_changed(
        hold,
        command,
        state=HoldState.LIFTED,
        lifted_at=at,
        lifted_by=command.actor.id,
        lift_reason=reason,
    )
    change_lot(
        lot,
        voucher=voucher_of(hold),
        command=command,
        at=at,
        holds=others,
        open_holds=lot.open_holds - 1,
    )
    record_event(
        HoldLifted(
            *about(lot),
            hold_id=hold.pk,
            hold=hold.number,
            cause=hold.cause,
        ),
        command,
        at,
    )
    return hold
