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
    Mismatch,
    NotDisposed,
    NothingInStock,
    NotInState,
    OutsideBounds,
    OwnedByOther,
    ReturnOnly,
    WrongPlace,
)
from zhiliu.contexts.stock.states import (
    ALLOWED,
    HOLD,
    PERIOD,
    RESERVATION,
    LotStatus,
    Permit,
    PlaceKind,
    Use,
)
from zhiliu.kernel.lifecycle import Lifecycle
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


def can_regrade(*, is_serial: bool) -> list[Refusal]:
    """Serials keep their material."""
    if not is_serial:
        return []
    return [
        Mismatch(
            "serials are not regraded; issue and receive them",
            "序列号物料不能降级，请先发料再收货",
        )
    ]


def can_return(lot: str, *, has_supplier: bool) -> list[Refusal]:
    """Goods go back only to the one supplier that they came from."""
    if has_supplier:
        return []
    return [Mismatch(f"lot {lot} came from no single supplier", f"批次 {lot} 没有唯一的供应商")]


def can_restrict(lot: str, status: LotStatus) -> list[Refusal]:
    """A reason narrows what may be used, and frees nothing."""
    if status in (LotStatus.RELEASED, LotStatus.RESTRICTED):
        return []
    return [NotInState(what="lot", number=lot, state=status, verb="restrict")]


def can_lift(hold: str, state: str) -> list[Refusal]:
    """Only an open hold is lifted."""
    return _can(HOLD, "lift", "hold", hold, state)


def can_cancel(reservation: str, state: str) -> list[Refusal]:
    """Only an open reservation is given back."""
    return _can(RESERVATION, "cancel", "reservation", reservation, state)


def can_close(period: str, state: str, ends_at: datetime, at: datetime) -> list[Refusal]:
    """Only an open period is closed, and only when it is over: closing stops all postings."""
    found = _can(PERIOD, "close", "period", period, state)
    if ends_at > at:
        found.append(
            Mismatch(
                f"the period {period} is not over, and closing it stops all postings",
                f"期间 {period} 尚未结束，关闭后将无法过账",
            )
        )
    return found


def _can(lifecycle: Lifecycle, verb: str, what: str, number: str, state: str) -> list[Refusal]:
    if lifecycle.allows(verb, state):
        return []
    return [NotInState(what=what, number=number, state=state, verb=verb)]


def can_move_container(place: str, kind: PlaceKind) -> list[Refusal]:
    """Only a container has a parent that may change."""
    if kind is PlaceKind.CONTAINER:
        return []
    return [WrongPlace(place=place, needed="a container")]


def can_merge(status: LotStatus, *, is_held: bool, is_serial: bool) -> list[Refusal]:
    """Whether a lot may be brought together with others."""
    found: list[Refusal] = []
    if is_held:
        found.append(Mismatch("a lot on hold cannot be merged", "已冻结的批次不能合并"))
    if status is LotStatus.RESTRICTED:
        found.append(
            Mismatch(
                "a restricted lot cannot be merged, its bounds would be lost",
                "限制使用的批次不能合并，否则其限制会丢失",
            )
        )
    if is_serial:
        found.append(
            Mismatch(
                "serials keep their lot; move them instead", "序列号不能脱离其批次，请改用移库"
            )
        )
    return found


# Acts that use goods as an issue or a shipment does, or only handle them.
USED_AS = {
    "issue": Use.ISSUE,
    "reserve": Use.ISSUE,
    "change_owner": Use.ISSUE,
    "ship": Use.SHIP,
    "move": Use.MOVE,
    "sample": Use.SAMPLE,
}
BY_DISPOSITION = frozenset({"scrap", "return_to_vendor", "regrade"})
# Acts that take goods from the place where they lie.
TAKING = BY_DISPOSITION | USED_AS.keys() | {"split", "merge", "consume_sample", "retain_sample"}


@dataclass(frozen=True)
class LotFacts:
    """What the acts on a lot ask: its gate, what lies in internal places, and what it is."""

    gate: GateFacts
    on_hand: Decimal
    has_supplier: bool
    is_serial: bool


def can_act(verb: str, facts: LotFacts, at: datetime) -> list[Refusal]:
    """Whether a verb of LOT_ACTS may happen to a lot as it stands, whatever is said with it.

    Blocked goods leave by their disposition, which is done from its own record, not the lot's.
    """
    gate, found = facts.gate, list[Refusal]()
    if verb in TAKING and facts.on_hand <= 0:
        found.append(NothingInStock(lot=gate.lot))
    if verb in USED_AS:
        found += can_use(gate, USED_AS[verb], at, Purpose())
    if verb in BY_DISPOSITION and gate.status is LotStatus.BLOCKED:
        found.append(NotDisposed(lot=gate.lot))
    if verb == "scrap":
        found += can_dispose(gate.lot, gate.status, is_return=False)
    if verb == "return_to_vendor":
        found += can_return(gate.lot, has_supplier=facts.has_supplier)
    if verb == "regrade":
        found += can_regrade(is_serial=facts.is_serial)
    if verb == "merge":
        found += can_merge(gate.status, is_held=bool(gate.holds), is_serial=facts.is_serial)
    if verb == "restrict":
        found += can_restrict(gate.lot, gate.status)
    return found


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
