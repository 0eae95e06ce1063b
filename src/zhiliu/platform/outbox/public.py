"""The front door of the outbox."""

from zhiliu.platform.outbox.deliveries import deliver_due, dispatch_events
from zhiliu.platform.outbox.dispatcher import CHANNEL, GATHER_SECONDS
from zhiliu.platform.outbox.history import CommittedEvent, get_position, list_committed
from zhiliu.platform.outbox.models import Delivery, OutboxEvent
from zhiliu.platform.outbox.operations import (
    events_so_far,
    record_event,
    retry_deliveries,
    retry_delivery,
)
from zhiliu.platform.outbox.queries import ids_of_number, list_events, list_parked, numbers_of
from zhiliu.platform.outbox.registry import DeliveredEvent, deferred, immediate

__all__ = [
    "CHANNEL",
    "GATHER_SECONDS",
    "CommittedEvent",
    "DeliveredEvent",
    "Delivery",
    "OutboxEvent",
    "deferred",
    "deliver_due",
    "dispatch_events",
    "events_so_far",
    "get_position",
    "ids_of_number",
    "immediate",
    "list_committed",
    "list_events",
    "list_parked",
    "numbers_of",
    "record_event",
    "retry_deliveries",
    "retry_delivery",
]
