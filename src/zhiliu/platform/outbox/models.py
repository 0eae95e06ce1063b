"""Events on their way, and where each has been."""

from typing import Any

from django.db import models

from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AppendOnlyModel


class CurrentTransaction(models.Func):
    """The transaction that runs now: one number for the life of a server, without wrapping."""

    function = "pg_current_xact_id"
    arity = 0


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's xid8: which transaction wrote the row, filled by the database itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"db_default": CurrentTransaction(), "editable": False, **options})

    def db_type(self, connection: Any) -> str:
        return "xid8"


class OutboxEvent(AppendOnlyModel):
    """One event, written in the transaction that made it true (CloudEvents 1.0 attributes).

    `dispatched_at` is the one column that may be set, once, by the dispatcher: when every deferred
    handler had its delivery row. Never a high-water mark: late committers would be skipped.
    `transaction_id` says which transaction wrote it, for readers that follow the history.
    """

    type = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    subject_number = models.CharField(max_length=60)
    subject_version = models.PositiveIntegerField(null=True)
    data = models.JSONField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    company_id = models.UUIDField(null=True)
    site_id = models.UUIDField(null=True)
    rule_version = models.CharField(max_length=60, blank=True)
    occurred_at = models.DateTimeField()
    command_id = models.UUIDField()
    correlation_id = models.UUIDField()
    causation_id = models.UUIDField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    transaction_id = TransactionIdField()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="outbox_event_undispatched",
                condition=models.Q(dispatched_at__isnull=True),
            ),
            models.Index(fields=["subject_id", "id"], name="outbox_event_subject"),
            models.Index(fields=["correlation_id"], name="outbox_event_correlation"),
            models.Index(fields=["transaction_id"], name="outbox_event_transaction"),
        ]


class DeliveryState(models.TextChoices):
    """Where one delivery stands."""

    PENDING = "pending"
    DONE = "done"
    PARKED = "parked"


class Delivery(models.Model):
    """One event for one deferred handler: pending, done, or parked after its last retry.

    Bookkeeping of the dispatcher, not a business record: it is neither audited nor append-only.
    `subject_id` and `subject_version` (0 where the event has none) repeat the event's, so that the
    order of one record's events for one handler is decided by one short index.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=120)
    subject_id = models.UUIDField()
    subject_version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "handler"], name="outbox_delivery_event_handler"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_delivery_due",
                condition=models.Q(state="pending"),
            ),
            models.Index(
                fields=["handler", "subject_id", "subject_version", "event"],
                name="outbox_delivery_open",
                condition=~models.Q(state="done"),
            ),
            models.Index(
                fields=["id"],
                name="outbox_delivery_parked",
                condition=models.Q(state="parked"),
            ),
        ]
