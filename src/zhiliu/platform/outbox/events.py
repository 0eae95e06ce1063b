"""The public facts of the outbox itself."""

from dataclasses import dataclass

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class DeliveryRetried(Event):
    """Somebody sent a parked delivery on its way again; who, when and why stand in the envelope."""

    handler: str
    event_id: str
    event_type: str
    attempts: int
    error: str

    type = "outbox.delivery_retried.v1"
