"""Who reacts to what. Filled once at start-up by the contexts' `reactions.py`, in context order."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from zhiliu.kernel.command import Command
from zhiliu.kernel.event import Event

E = TypeVar("E", bound=Event)
Immediate = Callable[[Any, Command, datetime], None]

# `{event.id}:{handler}` is the idempotency key of what a handler performs: at most 100 characters.
LONGEST_HANDLER = 60


@dataclass(frozen=True)
class DeliveredEvent:
    """What a deferred handler gets: the committed event, read back from the outbox."""

    id: UUID
    type: str
    subject_kind: str
    subject_id: UUID
    subject_number: str
    subject_version: int | None
    data: dict[str, Any]
    actor_id: UUID
    company_id: UUID | None
    site_id: UUID | None
    occurred_at: datetime
    recorded_at: datetime
    correlation_id: UUID

    def key(self, handler: str) -> str:
        """The Idempotency-Key under which a handler performs a command because of this event."""
        return f"{self.id}:{handler}"


Deferred = Callable[[DeliveredEvent], None]

immediate_reactions: dict[str, list[Immediate]] = defaultdict(list)
deferred_reactions: dict[str, dict[str, Deferred]] = defaultdict(dict)


def immediate(event: type[E]) -> Callable[[Callable[[E, Command, datetime], None]], Immediate]:
    """`@immediate(LotArrived)`: runs inside the emitting transaction; its failure fails the act."""

    def register(handler: Callable[[E, Command, datetime], None]) -> Immediate:
        immediate_reactions[event.type].append(handler)
        return handler

    return register


def deferred(*events: type[Event]) -> Callable[[Deferred], Deferred]:
    """`@deferred(LotReleased)`: runs after the commit, at least once, idempotent by event id.

    The handler's name, `context.function`, is its identity in the delivery rows: renaming a handler
    makes a new one. What it writes it performs as commands, with `event.key(name)` as their key.
    """

    def register(handler: Deferred) -> Deferred:
        context = handler.__module__.removesuffix(".reactions").rsplit(".", 1)[-1]
        name = f"{context}.{handler.__name__}"
        if len(name) > LONGEST_HANDLER:
            raise ValueError(f"{name} is longer than {LONGEST_HANDLER} characters")
        for event in events:
            if deferred_reactions[event.type].setdefault(name, handler) is not handler:
                raise ValueError(f"{name} is registered twice for {event.type}")
        return handler

    return register
