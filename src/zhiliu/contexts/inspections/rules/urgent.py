"""Decisions about urgent releases on plain values."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections.errors import NotUrgent, TooLittleLeft, UrgentReleaseDecided
from zhiliu.contexts.inspections.states import URGENT_RELEASE
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.signatures.errors import SamePerson

AWAITING = "awaiting_inspection"  # stock's LotStatus, which stands behind a door with a database


@dataclass(frozen=True)
class UrgentFacts:
    """What the verbs of an urgent release ask: its state, its lot's status and how much of the lot
    is `open` under inspection, as they stand."""

    number: str
    state: str
    lot: str
    lot_status: str
    requested_by: UUID
    quantity: Decimal
    open: Decimal


def can_urgent(verb: str, facts: UrgentFacts, actor: Actor) -> list[Refusal]:
    """Whether `verb` (approve or refuse) may happen to an urgent release, by this person.

    ISO 9001:2015, 8.6: goods that still wait are let go by somebody else than who needs them.
    """
    if not URGENT_RELEASE.allows(verb, facts.state):
        return [UrgentReleaseDecided(urgent_release=facts.number, state=facts.state)]
    if verb != "approve":
        return []
    found: list[Refusal] = []
    if facts.lot_status != AWAITING:
        found.append(NotUrgent(lot=facts.lot, lot_status=facts.lot_status))
    elif facts.quantity > facts.open:  # some was returned or split off since it was asked for
        found.append(TooLittleLeft(facts.number, facts.quantity, facts.lot, facts.open))
    if facts.requested_by == actor.id:  # before the database says so less kindly
        found.append(SamePerson(record=facts.number, verb=verb, signer=actor.name))
    return found
