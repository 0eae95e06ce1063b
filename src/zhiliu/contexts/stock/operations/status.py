"""Setting a lot's status. Only a voucher does it: a verdict, a disposition, an exemption."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, ReasonMissing
from zhiliu.contexts.stock.events import (
    LotBlocked,
    LotExpiryChanged,
    LotReleased,
    LotRestricted,
    LotStatusChanged,
)
from zhiliu.contexts.stock.models import Lot, LotBound
from zhiliu.contexts.stock.operations.births import change_lot
from zhiliu.contexts.stock.operations.gate import facts_now
from zhiliu.contexts.stock.operations.locks import (
    about,
    lock_balances_of_lot,
    lock_bound,
    lock_lot,
    lock_reservations,
)
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import break_reservations
from zhiliu.contexts.stock.rules import Limits, Purpose, can_restrict, can_use, narrows
from zhiliu.contexts.stock.states import LotStatus, Use
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import current, flush
from zhiliu.platform.outbox.public import record_event

_USABLE = frozenset({LotStatus.RELEASED, LotStatus.RESTRICTED})
_EVENTS: dict[LotStatus, type[LotStatusChanged]] = {
    LotStatus.RELEASED: LotReleased,
    LotStatus.RESTRICTED: LotRestricted,
    LotStatus.BLOCKED: LotBlocked,
}


@dataclass(frozen=True)
class Bounds:
    """Within what a restricted lot may be used; None means not bounded so."""

    quantity: Decimal | None = None
    until: datetime | None = None
    reference_ids: Sequence[UUID] | None = None
    customer_ids: Sequence[UUID] | None = None


def release_lot(*, lot_id: UUID, voucher: Reference, command: Command, at: datetime) -> Lot:
    """Set a lot to released; takes an urgent mark off. Raises NotFound; emits LotReleased."""
    lot = lock_lot(lot_id, command, exclusive=True)
    return set_status_of(lot, LotStatus.RELEASED, voucher, command, at, is_urgent=False)


def block_lot(*, lot_id: UUID, voucher: Reference, command: Command, at: datetime) -> Lot:
    """Set a lot to blocked. Raises NotFound; emits LotBlocked, ReservationsBroken."""
    lot = lock_lot(lot_id, command, exclusive=True)
    return set_status_of(lot, LotStatus.BLOCKED, voucher, command, at)


def restrict_lot(
    *,
    lot_id: UUID,
    bounds: Bounds,
    voucher: Reference,
    command: Command,
    at: datetime,
    is_urgent: bool = False,
) -> Lot:
    """Set a lot to restricted within `bounds`, of which there must be one.

    The quantity bound is a row of its own, locked and checked like a balance. Raises NotFound,
    Mismatch, BadQuantity; emits LotRestricted, ReservationsBroken.
    """
    if bounds == Bounds():
        raise Mismatch(
            problem="a restriction needs at least one bound", problem_zh="限制使用至少需要一项限制"
        )
    lot = lock_lot(lot_id, command, exclusive=True)
    if bounds.quantity is not None:
        checked_quantity(bounds.quantity, get_material(lot.material_id))
    set_status_of(
        lot,
        LotStatus.RESTRICTED,
        voucher,
        command,
        at,
        is_urgent=is_urgent,
        bound_quantity=bounds.quantity,
        bound_until=bounds.until,
        bound_references=_texts(bounds.reference_ids),
        bound_customers=_texts(bounds.customer_ids),
    )
    if bounds.quantity is not None:
        set_bound(lot_id, bounds.quantity)
    elif lock_bound(lot_id) is not None:
        _drop_bound(lot_id)
    return lot


def restrict_by_reason(*, lot_id: UUID, bounds: Bounds, command: Command, at: datetime) -> Lot:
    """Set a released or restricted lot to restricted by a signed reason: narrows, never frees.

    Raises NotFound, ReasonMissing, NotInState, Mismatch, BadQuantity; emits LotRestricted,
    ReservationsBroken.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="restrict a lot")
    lot = lock_lot(lot_id, command, exclusive=True)
    for refusal in can_restrict(lot.number, LotStatus(lot.status)):
        raise refusal
    if lot.status == LotStatus.RESTRICTED:
        left = lock_bound(lot_id)
        was = Limits(
            left.remaining if left else None,
            lot.bound_until,
            _set(lot.bound_references),
            _set(lot.bound_customers),
        )
        wanted = Limits(
            bounds.quantity,
            bounds.until,
            _set(_texts(bounds.reference_ids)),
            _set(_texts(bounds.customer_ids)),
        )
        if not narrows(wanted, was):
            raise Mismatch(
                problem="a bound can only be narrowed by a reason",
                problem_zh="凭原因只能收紧限制，不能放宽",
            )
    voucher = Reference("stock.signed_reason", command.id, "signed reason")
    return restrict_lot(
        lot_id=lot_id,
        bounds=bounds,
        voucher=voucher,
        command=command,
        at=at,
        is_urgent=lot.is_urgent,
    )


def set_bound(lot_id: UUID, quantity: Decimal) -> None:
    """Queue the row of a quantity bound, new or anew, with all of it remaining."""
    current().also(
        "insert into stock_lotbound(lot_id, quantity, remaining) "
        "values (%s::uuid, %s::numeric, %s::numeric) on conflict (lot_id) do update "
        "set quantity = excluded.quantity, remaining = excluded.remaining returning 1",
        [str(lot_id), str(quantity), str(quantity)],
        1,
    )


def change_expiry(
    *,
    lot_id: UUID,
    expires_at: datetime | None,
    voucher: Reference | None = None,
    command: Command,
    at: datetime,
) -> Lot:
    """Set a lot's expiry anew, such as after a retest; without a voucher by a signed reason.

    Raises NotFound, ReasonMissing; emits LotExpiryChanged.
    """
    if voucher is None:
        if not command.reason.strip():
            raise ReasonMissing(act="change an expiry")
        voucher = Reference("stock.signed_reason", command.id, "signed reason")
    lot = lock_lot(lot_id, command, exclusive=True)
    was = lot.expires_at
    change_lot(lot, voucher=voucher, command=command, at=at, expires_at=expires_at)
    record_event(
        LotExpiryChanged(
            *about(lot),
            expires_at=expires_at,
            was=was,
        ),
        command,
        at,
    )
    return lot


def set_status_of(
    lot: Lot, status: LotStatus, voucher: Reference, command: Command, at: datetime, **values: Any
) -> Lot:
    """Set the status of an exclusively locked lot, with its version and event.

    Reservations that the new status or bounds do not permit are broken.
    """
    was = lot.status
    bounds = {
        "bound_quantity": None,
        "bound_until": None,
        "bound_references": None,
        "bound_customers": None,
        **values,
    }
    if was == LotStatus.RESTRICTED and status is not LotStatus.RESTRICTED:
        _drop_bound(lot.pk)
    change_lot(lot, voucher=voucher, command=command, at=at, status=status, **bounds)
    if was in _USABLE and status is not LotStatus.RELEASED:  # else nothing is or stays reserved
        _break_refused(lot, command, at)
    record_event(
        _EVENTS[status](
            *about(lot),
            material_id=lot.material_id,
            status=status,
            was=was,
            voucher_kind=voucher.kind,
            voucher_number=voucher.number,
        ),
        command,
        at,
    )
    return lot


def _break_refused(lot: Lot, command: Command, at: datetime) -> None:
    lock_balances_of_lot(lot.pk)
    facts = facts_now(lot)
    refused = [
        row
        for row in lock_reservations(lot.pk)
        if can_use(
            facts,
            Use.ISSUE,
            command.recorded_at,
            Purpose(row.reference_id, row.reference_number, row.customer_id),
        )
    ]
    break_reservations(lot, refused, command, at)


def _drop_bound(lot_id: UUID) -> None:
    flush()
    # what remained is history: the LotVersion rows keep the bounds that were set
    LotBound.objects.filter(pk=lot_id).delete()


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _texts(ids: Sequence[UUID] | None) -> list[str] | None:
    return None if ids is None else [str(i) for i in ids]
