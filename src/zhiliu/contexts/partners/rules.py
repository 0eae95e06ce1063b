"""Decisions of partners on plain values; each returns its refusals, the first one first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from zhiliu.contexts.partners.errors import LiftedBeforePlaced, NotOpen, ReasonMissing, RoleMissing
from zhiliu.contexts.partners.states import SUPPLY_BLOCK, PartnerRole
from zhiliu.kernel.refusal import Refusal


@dataclass(frozen=True)
class SupplyBlockFacts:
    """What the lifecycle of a supply block asks."""

    supplier: str
    state: str
    placed_at: datetime


def can(
    verb: str, facts: SupplyBlockFacts, *, at: datetime | None = None, reason: str | None = None
) -> list[Refusal]:
    """Whether `verb` may happen to a supply block; without `at` and `reason` only by its state."""
    found: list[Refusal] = []
    if not SUPPLY_BLOCK.allows(verb, facts.state):
        found.append(NotOpen(supplier=facts.supplier))
    if at is not None and at < facts.placed_at:
        found.append(LiftedBeforePlaced(placed_at=facts.placed_at.isoformat()))
    if reason is not None:
        found += check_reason(reason)
    return found


def check_reason(reason: str) -> list[Refusal]:
    """ReasonMissing unless something was said."""
    return [] if reason.strip() else [ReasonMissing()]


def check_roles(number: str, roles: Collection[PartnerRole]) -> list[Refusal]:
    """RoleMissing unless the partner is something to us."""
    return [] if roles else [RoleMissing(number=number)]
