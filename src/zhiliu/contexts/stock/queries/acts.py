"""What may be done with the records of stock now, and what refuses it if not."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum

from zhiliu.contexts.stock.errors import LotExpired, LotNotUsable, LotOnHold
from zhiliu.contexts.stock.models import Balance, Hold, Lot, Period, Place, Reservation
from zhiliu.contexts.stock.queries import READ, lots_of
from zhiliu.contexts.stock.rules import (
    GateFacts,
    LotFacts,
    can_act,
    can_cancel,
    can_close,
    can_lift,
    can_move_container,
)
from zhiliu.contexts.stock.states import (
    HOLD,
    LOT_ACTS,
    PERIOD,
    RESERVATION,
    HoldState,
    LotStatus,
    PlaceKind,
)
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.quantity import plain
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted

Actions = dict[str, list[Refusal]]

HELD_BACK = (LotNotUsable, LotOnHold, LotExpired)  # other stock may be used instead


def free_instead(actor: Actor, operation: str, lot: Lot, at: datetime) -> str:
    """Free stock of the same material in other lots: the way out where one may not be used.

    Only lots on which the actor may act so are named; "-" when there is none.
    """
    rows = (
        Balance.objects.filter(
            Q(lot__expires_at__isnull=True) | Q(lot__expires_at__gt=at),
            lots_of(actor, "lot__", operation),
            lot__material_id=lot.material_id,
            lot__company_id=lot.company_id,
            lot__status=LotStatus.RELEASED,
            lot__open_holds=0,
            quantity__gt=F("reserved"),
        )
        .exclude(lot_id=lot.pk)
        .values("lot__number")
        .annotate(free=Sum(F("quantity") - F("reserved")))
        .order_by("lot__number")[:3]
    )
    return ", ".join(f"{r['lot__number']} ({plain(r['free'])})" for r in rows) or "-"


def where(lot: Lot) -> Scope:
    """Where a lot belongs, for the question whether an actor may act on it."""
    return Scope(company_id=lot.company_id, site_id=lot.site_id, supplier_id=lot.supplier_id)


def lot_actions(
    actor: Actor, lot: Lot, on_hand: Decimal, holds: Iterable[Hold], at: datetime
) -> Actions:
    """For each act on a lot what refuses it at `at`, for this actor; `holds` are all of its own.

    What may not be used names free stock of the same material instead, asked for once.
    """
    facts = LotFacts(
        gate=GateFacts(
            lot=lot.number,
            status=LotStatus(lot.status),
            holds=tuple(h.number for h in holds if h.state == HoldState.OPEN),
            expires_at=lot.expires_at,
            is_urgent=lot.is_urgent,
            bound_until=lot.bound_until,
        ),
        on_hand=on_hand,
        has_supplier=lot.supplier_id is not None,
        is_serial=lot.has_serials,
    )
    found = {
        verb: permitted(actor, permission, where(lot)) + can_act(verb, facts, at)
        for verb, permission in LOT_ACTS.items()
    }
    held_back = [
        one for refusals in found.values() for one in refusals if isinstance(one, HELD_BACK)
    ]
    instead = free_instead(actor, READ, lot, at) if held_back else "-"
    for refusal in held_back:
        refusal.alternative = instead
    return found


def hold_actions(actor: Actor, hold: Hold) -> Actions:
    """For each verb of a hold what refuses it now, for this actor."""
    permission = HOLD.verbs["lift"].permission
    return {
        "lift": permitted(actor, permission, where(hold.lot)) + can_lift(hold.number, hold.state)
    }


def reservation_actions(actor: Actor, row: Reservation) -> Actions:
    """For each verb of a reservation that a person may do what refuses it now, for this actor."""
    permission = RESERVATION.verbs["cancel"].permission
    return {
        "cancel": permitted(actor, permission, where(row.lot)) + can_cancel(row.number, row.state)
    }


def period_actions(actor: Actor, period: Period, at: datetime) -> Actions:
    """For each verb of a period what refuses it at `at`, for this actor."""
    there = Scope(company_id=period.company_id)
    return {
        "close": permitted(actor, PERIOD.verbs["close"].permission, there)
        + can_close(period.name, period.state, period.ends_at, at)
    }


def place_actions(actor: Actor, place: Place) -> Actions:
    """For each verb of a place what refuses it now, for this actor: only containers move."""
    there = Scope(company_id=place.site.company_id, site_id=place.site_id)
    return {
        "move": permitted(actor, "stock.move_container", there)
        + can_move_container(place.code, PlaceKind(place.place_kind))
    }
