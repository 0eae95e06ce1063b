"""Handlers and events that only these tests know."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from tests.support import run

from zhiliu.kernel.command import Reference
from zhiliu.kernel.event import Event
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.outbox.operations import record_event
from zhiliu.platform.outbox.registry import DeliveredEvent, deferred_reactions


@dataclass(frozen=True)
class LampLit(Event):
    """Somebody lit a lamp."""

    colour: str

    type = "tests.lamp_lit.v1"


def light(
    subject_id: UUID | None = None,
    version: int | None = 1,
    *,
    colour: str = "green",
    company_id: UUID | None = None,
    site_id: UUID | None = None,
) -> OutboxEvent:
    """Record one event in a command of its own and read it back."""
    reference = Reference("tests.lamp", subject_id or uuid4(), f"LAMP-{version}", version)
    before = set(OutboxEvent.objects.filter(subject_id=reference.id).values_list("pk", flat=True))
    event = LampLit(reference, company_id, site_id, colour)
    run(lambda command, at: record_event(event, command, at))
    return OutboxEvent.objects.filter(subject_id=reference.id).exclude(pk__in=before).get()


@pytest.fixture
def handle(monkeypatch) -> Callable[[str, Callable[[DeliveredEvent], None]], None]:
    """`handle("tests.mail", function)` registers a deferred handler for this test only."""
    handlers: dict[str, Callable[[DeliveredEvent], None]] = {}
    monkeypatch.setitem(deferred_reactions, LampLit.type, handlers)
    return handlers.__setitem__
