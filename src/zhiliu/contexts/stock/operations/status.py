"""Setting a lot's status. Only a voucher does it: a verdict, a disposition, an exemption."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, NotInState, ReasonMissing
from zhiliu.contexts.stock.events import (
    LotBlocked,
    LotExpiryChanged,
    LotReleased,
    LotRestricted,
    LotStatusChanged,
)
from zhiliu.contexts.stock.models import Lot, LotBound
from zhiliu.contexts.stock.operations.births import change_lot
from zhiliu.contexts.stock.operations.locks import lock_bound, lock_lot
from zhiliu.contexts.stock.rules import Limits, narrows
from zhiliu.contexts.stock.states import LotStatus
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import current
from zhiliu.platform.outbox.public import record_event

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
    return _set_status(lot_id, LotStatus.RELEASED, voucher, command, at, is_urgent=False)


def block_lot(*, lot_id: UUID, voucher: Reference, command: Command, at: datetime) -> Lot:
    """Set a lot to blocked. Raises NotFound; emits LotBlocked."""
    return _set_status(lot_id, LotStatus.BLOCKED, voucher, command, at)


def restrict_lot(
    *,
    lot_id: UUID,
    bounds: Bounds,
    voucher: Reference,
    command: Command,
    at: datetime,
    is_urgent: bool = False,
) -> Lot:
    """Set a lot to restricted within `bounds`. Raises NotFound; emits LotRestricted.

    The quantity bound is a row of its own, locked and checked like a balance.
    """
    lot = _set_status(
        lot_id,
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

    Raises NotFound, ReasonMissing, NotInState, Mismatch; emits LotRestricted.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="restrict a lot")
    lot = lock_lot(lot_id, command, exclusive=True)
    if lot.status not in (LotStatus.RELEASED, LotStatus.RESTRICTED):
        raise NotInState(what="lot", number=lot.number, state=lot.status, verb="restrict")
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
    *, lot_id: UUID, expires_at: datetime | None, voucher: Reference, command: Command, at: datetime
) -> Lot:
    """Set a lot's expiry anew, such as after a retest. Raises NotFound; emits LotExpiryChanged."""
    lot = lock_lot(lot_id, command, exclusive=True)
    was = lot.expires_at
    change_lot(lot, voucher=voucher, command=command, at=at, expires_at=expires_at)
    record_event(
        LotExpiryChanged(
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
            expires_at=expires_at,
            was=was,
        ),
        command,
        at,
    )
    return lot


def _set_status(
    lot_id: UUID,
    status: LotStatus,
    voucher: Reference,
    command: Command,
    at: datetime,
    **values: Any,
) -> Lot:
    lot = lock_lot(lot_id, command, exclusive=True)
    return set_status_of(lot, status, voucher, command, at, **values)


def set_status_of(
    lot: Lot, status: LotStatus, voucher: Reference, command: Command, at: datetime, **values: Any
) -> Lot:
    """Set the status of an exclusively locked lot, with its version and event."""
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
    record_event(
        _EVENTS[status](
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
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


def _drop_bound(lot_id: UUID) -> None:
    # what remained is history: the LotVersion rows keep the bounds that were set
    LotBound.objects.filter(pk=lot_id).delete()


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _texts(ids: Sequence[UUID] | None) -> list[str] | None:
    return None if ids is None else [str(i) for i in ids]
