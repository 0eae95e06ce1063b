"""Recording an event, the last step of an operation; sending a parked delivery on again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.event import Event
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import current, flush
from zhiliu.platform.outbox.errors import DeliveryNotFound, DeliveryNotParked
from zhiliu.platform.outbox.events import DeliveryRetried
from zhiliu.platform.outbox.models import Delivery, DeliveryState, OutboxEvent
from zhiliu.platform.outbox.registry import immediate_reactions


def record_event(event: Event, command: Command, at: datetime, *, rule_version: str = "") -> None:
    """Queue the event's row, ask for one NOTIFY, and run the immediate reactions in context order.

    A reaction that raises fails the whole act.
    """
    writes = current()
    writes.insert_values(
        OutboxEvent,
        id=new_id(),
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
    writes.notify = True
    writes.said.append(event)
    for react in immediate_reactions.get(event.type, ()):
        react(event, command, at)


def retry_deliveries(
    *, delivery_ids: Sequence[UUID], command: Command, at: datetime
) -> list[Delivery]:
    """Send several parked deliveries on their way again, in key order, in one act.

    One that is not parked any more needs nothing and is left out. Raises DeliveryNotFound; emits
    DeliveryRetried for each.
    """
    retried = []
    for delivery_id in sorted(set(delivery_ids)):
        try:
            row = retry_delivery(delivery_id=delivery_id, command=command, at=at)
        except DeliveryNotParked:
            continue
        retried.append(row)
    return retried


def retry_delivery(*, delivery_id: UUID, command: Command, at: datetime) -> Delivery:
    """Send a parked delivery on its way again, with all its attempts before it.

    A delivery is bookkeeping and has no audit entries; that somebody intervened is a fact of its
    own, so it is recorded as an event, which also wakes the dispatcher. Raises DeliveryNotFound,
    DeliveryNotParked; emits DeliveryRetried.
    """
    flush()
    delivery = (
        Delivery.objects.select_related("event")
        .select_for_update(of=("self",))
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None:
        raise DeliveryNotFound(delivery=str(delivery_id))
    event = delivery.event
    if not command.actor.may(command.operation, Scope(event.company_id, event.site_id)):
        raise DeliveryNotFound(delivery=str(delivery_id))
    if delivery.state != DeliveryState.PARKED:
        raise DeliveryNotParked(
            handler=delivery.handler, subject=event.subject_number, state=delivery.state
        )

    retried = DeliveryRetried(
        subject=Reference("outbox.delivery", delivery.id, event.subject_number),
        company_id=event.company_id,
        site_id=event.site_id,
        handler=delivery.handler,
        event_id=str(event.id),
        event_type=event.type,
        attempts=delivery.attempts,
        error=delivery.error,
    )
    delivery.state, delivery.attempts = DeliveryState.PENDING, 0
    delivery.due_at, delivery.error = command.recorded_at, ""
    delivery.save(update_fields=["state", "attempts", "due_at", "error"])
    record_event(retried, command, at)
    return delivery


def events_so_far() -> list[Event]:
    """The events that this command, its reactions included, has recorded so far.

    So an answer can name what an act led to, such as the inspections that an arrival opened.
    """
    return list(current().said)
