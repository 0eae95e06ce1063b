"""Recording an event: the last step of an operation."""

from datetime import datetime

from zhiliu.kernel.command import Command
from zhiliu.kernel.event import Event
from zhiliu.platform.evidence.public import current, record_appended
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.outbox.registry import immediate_reactions


def record_event(event: Event, command: Command, at: datetime, *, rule_version: str = "") -> None:
    """Queue the event's row, ask for one NOTIFY, and run the immediate reactions in context order.

    A reaction that raises fails the whole act.
    """
    record_appended(
        OutboxEvent(
            type=event.type,
            subject_kind=event.subject.kind,
            subject_id=event.subject.id,
            subject_number=event.subject.number,
            subject_version=event.subject.version,
            data=event.data(),
            actor_id=command.actor.id,
            actor_name=command.actor.name,
            reason=command.reason,
            company_id=event.company_id,
            site_id=event.site_id,
            rule_version=rule_version,
            occurred_at=at,
            command_id=command.id,
            correlation_id=command.correlation_id or command.id,
            causation_id=command.causation_id,
        )
    )
    current().notify = True
    for react in immediate_reactions.get(event.type, ()):
        react(event, command, at)
