"""The front door of the outbox."""

from zhiliu.platform.outbox.operations import record_event
from zhiliu.platform.outbox.registry import DeliveredEvent, deferred, immediate

__all__ = ["DeliveredEvent", "deferred", "immediate", "record_event"]
