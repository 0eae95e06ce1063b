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


class CheckRun(AuditedModel):
    """One look at all invariants: who asked for it, when it ran, how many rows violate one.

    It waits until `started_at` is set and runs until `ended_at` is; one at a time. `error` is why a
    run ended without results. What was found is one CheckResult an invariant.
    """

    kind = "evidence.check_run"

    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=150)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    violation_count = models.PositiveBigIntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="evidence_one_check_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, violation_count=None, error="")
                | models.Q(ended_at__isnull=False, violation_count=None) & ~models.Q(error="")
                | models.Q(
                    ended_at__isnull=False,
                    started_at__isnull=False,
                    violation_count__isnull=False,
                    error="",
                ),
                name="evidence_check_run_whole",
            ),
        ]


class CheckResult(AppendOnlyModel):
    """What one check run found of one invariant, with its title in both languages.

    `violations` and `apart` are the first rows that were found, each with number, id, en and zh;
    the counts are exact. What is listed apart is no violation.
    """

    run = models.ForeignKey(CheckRun, on_delete=models.PROTECT, db_index=False, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    title_en = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=200)
    row_count = models.PositiveBigIntegerField()
    violation_count = models.PositiveBigIntegerField()
    violations = models.JSONField()
    apart_count = models.PositiveBigIntegerField()
    apart = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="evidence_check_result_once")
        ]
