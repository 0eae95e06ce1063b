"""The gate at the moment of use: asks the locked lot, then and now, and finds the way out."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhiliu.contexts.partners.public import get_own_partner_id
from zhiliu.contexts.stock.errors import (
    LotNotUsable,
    NotThereThen,
    NotUsableThen,
    OutsideBounds,
)
from zhiliu.contexts.stock.models import Lot, LotVersion, Move
from zhiliu.contexts.stock.operations.locks import (
    get_owner,
    get_place,
    lock_bound,
    open_hold_numbers,
)
from zhiliu.contexts.stock.queries.acts import HELD_BACK, free_instead
from zhiliu.contexts.stock.rules import (
    GateFacts,
    Purpose,
    can_use,
    can_use_for_owner,
    lowest_since,
)
from zhiliu.contexts.stock.states import LotStatus, Use
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import plain
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.public import current, flush


def check_use(
    lot: Lot, use: Use, *, command: Command, at: datetime, reference: Reference | None = None
) -> None:
    """Raise the first refusal of the gate: at the business time and now (late postings)."""
    found = refusals_of(lot, use, command=command, at=at, reference=reference)
    if found:
        refusal = found[0]
        if isinstance(refusal, HELD_BACK):
            refusal.alternative = free_instead(
                command.actor, command.operation, lot, command.recorded_at
            )
        raise refusal


def refusals_of(
    lot: Lot, use: Use, *, command: Command, at: datetime, reference: Reference | None = None
) -> list[Refusal]:
    """All that the gate has against a use: now or else, of a late posting, at the business time."""
    purpose = _purpose(reference)
    found = can_use(facts_now(lot), use, command.recorded_at, purpose)
    if found or at >= command.recorded_at:
        return found
    then = facts_at(lot, at)
    late = can_use(then, use, at, purpose) if then else [_not_born(lot, use)]
    return [NotUsableThen(lot=lot.number, occurred_at=at, then=late[0].code)] if late else []


def check_owner(lot: Lot, owner_id: UUID, reference: Reference | None) -> None:
    """Raise OwnedByOther when goods of another owner are wanted for somebody else."""
    own_id = get_own_partner_id(lot.company_id)
    if owner_id == own_id:
        return
    owner = get_owner(owner_id)
    for refusal in can_use_for_owner(
        lot=lot.number,
        owner=owner.name,
        owner_id=owner_id,
        own_id=own_id,
        customer_id=reference.customer_id if reference else None,
    ):
        raise refusal


def use_bound(lot: Lot, quantity: Decimal) -> None:
    """Draw `quantity` from a restricted lot's bound; raises OutsideBounds when too little remains.

    A negative quantity gives back what returned unused; no more than the bound ever remains, also
    when the goods were drawn before it was set.
    """
    if lot.status != LotStatus.RESTRICTED:
        return
    bound = lock_bound(lot.pk)
    if bound is None:
        return
    if quantity > bound.remaining:
        raise OutsideBounds(
            lot=lot.number,
            bound="quantity",
            wanted=plain(quantity),
            allowed=f"{plain(bound.remaining)}/{plain(bound.quantity)}",
        )
    drawn = max(quantity, bound.remaining - bound.quantity)
    current().add_to(type(bound), {"lot_id": lot.pk}, insert=False, remaining=-drawn)


def check_there_then(
    lot: Lot, place_id: UUID, owner_id: UUID, quantity: Decimal, *, command: Command, at: datetime
) -> None:
    """Raise NotThereThen when a late posting takes what did not lie there from then until now."""
    if at >= command.recorded_at:
        return
    lowest = lowest_since(moves_of(lot, place_id, owner_id), at)
    if lowest < quantity:
        place = get_place(place_id).code
        raise NotThereThen(lot=lot.number, place=place, occurred_at=at, lowest=lowest)


def on_hand_at(lot: Lot, place_id: UUID, owner_id: UUID, at: datetime) -> Decimal:
    """What a place held of a lot at a past moment, by business time."""
    deltas = moves_of(lot, place_id, owner_id)
    return sum((delta for moment, delta in deltas if moment <= at), Decimal(0))


def moves_of(lot: Lot, place_id: UUID, owner_id: UUID) -> list[tuple[datetime, Decimal]]:
    """What came to a place and left it: (occurred_at, signed quantity) of each move of the lot."""
    flush()
    rows = Move.objects.filter(
        Q(from_place_id=place_id) | Q(to_place_id=place_id), lot_id=lot.pk, owner_id=owner_id
    )
    return [
        (occurred_at, quantity if to_place_id == place_id else -quantity)
        for occurred_at, quantity, to_place_id in rows.values_list(
            "occurred_at", "quantity", "to_place_id"
        )
    ]


def facts_now(lot: Lot) -> GateFacts:
    """What the gate sees of a lot's locked row."""
    return GateFacts(
        lot=lot.number,
        status=LotStatus(lot.status),
        holds=tuple(open_hold_numbers(lot)),
        expires_at=lot.expires_at,
        is_urgent=lot.is_urgent,
        bound_until=lot.bound_until,
        bound_references=_tuple(lot.bound_references),
        bound_customers=_tuple(lot.bound_customers),
    )


def facts_at(lot: Lot, at: datetime) -> GateFacts | None:
    """What the gate would have seen at `at`; None when the lot was not born yet."""
    if at >= lot.status_occurred_at:
        return facts_now(lot)
    flush()
    rows = LotVersion.objects.filter(lot_id=lot.pk, occurred_at__lte=at)
    version = rows.order_by("-version").first()
    if version is None:
        return None
    bounds = version.bounds or {}
    return GateFacts(
        lot=lot.number,
        status=LotStatus(version.status),
        holds=tuple(version.holds),
        expires_at=version.expires_at,
        is_urgent=version.is_urgent,
        bound_until=datetime.fromisoformat(bounds["until"]) if bounds.get("until") else None,
        bound_references=_tuple(bounds.get("references")),
        bound_customers=_tuple(bounds.get("customers")),
    )


def _tuple(values: Any) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _purpose(reference: Reference | None) -> Purpose:
    if reference is None:
        return Purpose()
    return Purpose(reference.id, str(reference), reference.customer_id)


def _not_born(lot: Lot, use: Use) -> Refusal:
    return LotNotUsable(lot=lot.number, lot_status="not received", use=use)
