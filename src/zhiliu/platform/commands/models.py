"""The memory of idempotency."""

from django.db import models
from django.db.models.functions import Now


class DoneCommand(models.Model):
    """A command that succeeded: its key, what was asked and the stored answer, byte for byte.

    A key belongs to (actor, operation). Only successes are kept; a refusal is evaluated again.
    `content` maps each field of the request to a digest, so that a reuse of the key with other
    content can name the field that differs.
    """

    command_id = models.UUIDField(primary_key=True)
    actor_id = models.UUIDField()
    operation = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    content = models.JSONField()
    status = models.PositiveSmallIntegerField()
    answer = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "operation", "key"], name="commands_done_key"
            )
        ]
