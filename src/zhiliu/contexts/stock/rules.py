"""The gate: may this lot be used so, now? Pure decisions on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock.errors import (
    LotExpired,
    LotNotUsable,
    LotOnHold,
    LotUrgent,
    OutsideBounds,
    OwnedByOther,
    ReturnOnly,
)
from zhiliu.contexts.stock.states import ALLOWED, LotStatus, Permit, Use
from zhiliu.kernel.refusal import Refusal


@dataclass(frozen=True)
class GateFacts:
    """What a lot's row (or one of its versions) says about its use."""

    lot: str
    status: LotStatus
    holds: tuple[str, ...]
    expires_at: datetime | None
    is_urgent: bool
    bound_until: datetime | None = None
    bound_references: tuple[str, ...] | None = None
    bound_customers: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Purpose:
    """What for: the order and customer behind a use."""

    reference_id: UUID | None = None
    reference: str = ""
    customer_id: UUID | None = None


USING = frozenset({Use.ISSUE, Use.SHIP})


def can_use(facts: GateFacts, use: Use, at: datetime, purpose: Purpose) -> list[Refusal]:
    """Every reason why the lot may not be used so at `at`; empty when it may.

    DESIGN.md section 3, "What may be done": an open hold or passed expiry turns issue and ship into
    no and leaves the other uses. The quantity bound is checked where its row is locked.
    """
    found: list[Refusal] = []
    permit = ALLOWED[facts.status][use]
    if permit is Permit.NO:
        found.append(LotNotUsable(lot=facts.lot, lot_status=facts.status, use=use))
    if use not in USING:
        return found
    if facts.holds:
        found.append(LotOnHold(lot=facts.lot, holds=", ".join(facts.holds)))
    if facts.expires_at is not None and at >= facts.expires_at:
        found.append(LotExpired(lot=facts.lot, expires_at=facts.expires_at))
    if use is Use.SHIP and facts.is_urgent:
        found.append(LotUrgent(lot=facts.lot))
    if permit is Permit.WITHIN_BOUNDS:
        found += _outside_bounds(facts, at, purpose)
    return found


def _outside_bounds(facts: GateFacts, at: datetime, purpose: Purpose) -> Iterable[Refusal]:
    if facts.bound_until is not None and at >= facts.bound_until:
        yield OutsideBounds(
            lot=facts.lot,
            bound="until",
            wanted=at.isoformat(),
            allowed=facts.bound_until.isoformat(),
        )
    orders = facts.bound_references
    if orders is not None and str(purpose.reference_id) not in orders:
        yield OutsideBounds(
            lot=facts.lot,
            bound="order",
            wanted=purpose.reference or "-",
            allowed=f"{len(orders)} named",
            allowed_zh=f"指定的 {len(orders)} 个",
        )
    customers = facts.bound_customers
    if customers is not None and str(purpose.customer_id) not in customers:
        yield OutsideBounds(
            lot=facts.lot,
            bound="customer",
            wanted=str(purpose.customer_id or "-"),
            allowed=f"{len(customers)} named",
            allowed_zh=f"指定的 {len(customers)} 个",
        )


def can_dispose(lot: str, status: LotStatus, *, is_return: bool) -> list[Refusal]:
    """Goods that wait for inspection may be returned to their supplier and nothing else."""
    if ALLOWED[status][Use.DISPOSE] is Permit.RETURN_ONLY and not is_return:
        return [ReturnOnly(lot=lot)]
    return []


@dataclass(frozen=True)
class Limits:
    """Bounds of a restricted lot; None is unlimited. `quantity` is what may still be used."""

    quantity: Decimal | None
    until: datetime | None
    references: frozenset[str] | None
    customers: frozenset[str] | None


def narrows(new: Limits, old: Limits) -> bool:
    """True when `new` allows nothing that `old` does not."""
    pairs: Iterable[tuple[Any, Any]] = (
        (new.quantity, old.quantity),
        (new.until, old.until),
        (new.references, old.references),
        (new.customers, old.customers),
    )
    # of sets, <= says that the one is part of the other
    return all(then is None or (now is not None and now <= then) for now, then in pairs)


def can_use_for_owner(
    *, lot: str, owner: str, owner_id: UUID, own_id: UUID, customer_id: UUID | None
) -> list[Refusal]:
    """Goods of another owner go only to that owner's orders."""
    if owner_id in (own_id, customer_id):
        return []
    return [OwnedByOther(lot=lot, owner=owner)]


def free(quantity: Decimal, reserved: Decimal, own_reserved: Decimal) -> Decimal:
    """Availability, the one formula: on hand minus what is reserved for others."""
    return quantity - (reserved - own_reserved)


def lowest_since(deltas: Iterable[tuple[datetime, Decimal]], at: datetime) -> Decimal:
    """The lowest total from `at` on until now, of (occurred_at, signed quantity) in any order.

    What happened at one moment counts together, so that a posting never dips within itself.
    """
    by_moment: dict[datetime, Decimal] = {}
    for moment, delta in deltas:
        by_moment[max(moment, at)] = by_moment.get(max(moment, at), Decimal(0)) + delta
    lowest = total = by_moment.pop(at, Decimal(0))
    for moment in sorted(by_moment):
        total += by_moment[moment]
        lowest = min(lowest, total)
    return lowest
