"""What evidence is made of: audit entries, and the two kinds of rows that leave them.

An *audited* row may change; every change raises its `version` and leaves one audit entry.
An *append-only* row never changes and is its own record.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from zhiliu.kernel.ids import new_id


class AuditedModel(models.Model):
    """A row whose every version has an audit entry. Written only through `evidence.public`."""

    kind: ClassVar[str]
    secret: ClassVar[frozenset[str]] = frozenset()  # audited as changed, never with the value

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class AppendOnlyModel(models.Model):
    """A row that the database refuses to update, delete or truncate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class AuditEntry(AppendOnlyModel):
    """One version of one record: who made it, in which operation, why, and every field changed.

    `changes` maps a field to [old, new]; the entry of version 1 has only nulls for old.
    """

    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    record_version = models.PositiveIntegerField()
    operation = models.CharField(max_length=80)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=150)
    command_id = models.UUIDField()
    reason = models.TextField(blank=True)
    changes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "record_version"], name="evidence_audit_record_version"
            )
        ]
