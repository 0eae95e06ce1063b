"""An event that only tests know, and how to record one."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.support import run
from zhiliu.kernel.command import Reference
from zhiliu.kernel.event import Event
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.outbox.operations import record_event


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
    lamp = Reference("tests.lamp", subject_id or uuid4(), f"LAMP-{version}", version)
    before = set(OutboxEvent.objects.filter(subject_id=lamp.id).values_list("pk", flat=True))
    event = LampLit(lamp, company_id, site_id, colour)
    run(lambda command, at: record_event(event, command, at))
    return OutboxEvent.objects.filter(subject_id=lamp.id).exclude(pk__in=before).get()
