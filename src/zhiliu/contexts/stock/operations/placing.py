"""Putting a locked lot on hold, and taking its holds along when a part becomes another lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhiliu.contexts.stock.events import HoldPlaced
from zhiliu.contexts.stock.models import Hold, Lot
from zhiliu.contexts.stock.operations.births import change_lot
from zhiliu.contexts.stock.operations.locks import (
    about,
    lock_balances_of_lots,
    lock_reservations_of_lots,
    open_hold_numbers_of_lots,
)
from zhiliu.contexts.stock.operations.reservations import break_reservations
from zhiliu.contexts.stock.states import HoldCause, HoldState
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

HOLD_RANGE = "stock.hold"


@dataclass(frozen=True)
class HoldPlacedOn:
    """The hold, the lot that it stands on (a part when one was named), the orders that lost."""

    hold: Hold
    lot: Lot
    broken_orders: list[str]


def hold_locked(
    lot: Lot,
    *,
    cause: HoldCause,
    reason: str,
    responsible_id: UUID | None = None,
    review_date: date | None = None,
    cause_reference: Reference | None = None,
    is_new_lot: bool = False,
    command: Command,
    at: datetime,
) -> HoldPlacedOn:
    """Put an exclusively locked (or just born) lot on hold."""
    (placed,) = hold_locked_lots(
        [lot],
        cause=cause,
        reason=reason,
        responsible_id=responsible_id,
        review_date=review_date,
        cause_reference=cause_reference,
        are_new_lots=is_new_lot,
        command=command,
        at=at,
    )
    return placed


def hold_locked_lots(
    lots: Sequence[Lot],
    *,
    cause: HoldCause,
    reason: str,
    responsible_id: UUID | None = None,
    review_date: date | None = None,
    cause_reference: Reference | None = None,
    are_new_lots: bool = False,
    command: Command,
    at: datetime,
) -> list[HoldPlacedOn]:
    """Put exclusively locked (or just born) lots of one company on hold; the same number of
    queries for many lots as for one."""
    ids = [lot.pk for lot in lots]
    if not are_new_lots:
        lock_balances_of_lots(ids)
    reservations = {} if are_new_lots else lock_reservations_of_lots(ids)
    others = open_hold_numbers_of_lots(lots)  # before the new ones are among them
    numbers = take_numbers(company_id=lots[0].company_id, kind=HOLD_RANGE, count=len(lots))
    placed = []
    for lot, number in zip(lots, numbers, strict=True):
        hold = record_created(
            Hold(
                number=number,
                company_id=lot.company_id,
                lot_id=lot.pk,
                cause=cause,
                cause_kind=cause_reference.kind if cause_reference else "",
                cause_id=cause_reference.id if cause_reference else None,
                cause_number=cause_reference.number if cause_reference else "",
                reason=reason,
                responsible_id=responsible_id or command.actor.id,
                review_date=review_date,
                state=HoldState.OPEN,
                placed_at=at,
                placed_by=command.actor.id,
            ),
            command,
        )
        broken = break_reservations(lot, reservations.get(lot.pk, []), command, at)
        change_lot(
            lot,
            voucher=voucher_of(hold),
            command=command,
            at=at,
            holds=[*others[lot.pk], number],
            open_holds=lot.open_holds + 1,
        )
        event = HoldPlaced(*about(lot), hold_id=hold.pk, hold=number, cause=cause)
        record_event(event, command, at)
        placed.append(HoldPlacedOn(hold, lot, broken))
    return placed


def carry_holds(lot: Lot, part: Lot, *, command: Command, at: datetime) -> None:
    """Put what was just born of a lot on hold for each of the lot's open holds, with their cause.

    Otherwise a split would be a way around a hold. Each is lifted for itself. Emits HoldPlaced.
    """
    if not lot.open_holds:
        return
    flush()
    for hold in Hold.objects.filter(lot_id=lot.pk, state=HoldState.OPEN).order_by("id"):
        cause = None
        if hold.cause_id is not None:
            cause = Reference(hold.cause_kind, hold.cause_id, hold.cause_number)
        hold_locked(
            part,
            cause=HoldCause(hold.cause),
            reason=hold.reason,
            responsible_id=hold.responsible_id,
            review_date=hold.review_date,
            cause_reference=cause,
            is_new_lot=True,
            command=command,
            at=at,
        )


def voucher_of(hold: Hold) -> Reference:
    """The hold as the voucher of a lot's version."""
    return Reference(Hold.kind, hold.pk, hold.number, hold.version)
