"""The versions of rule tables."""

from enum import StrEnum

from django.db import models

from zhiliu.platform.evidence.public import AppendOnlyModel


class RuleState(StrEnum):
    """What a version is for: today each one is enforced from the moment it is installed."""

    ENFORCED = "enforced"


class RuleVersion(AppendOnlyModel):
    """One version of a decision table: its content as JDM, and the SHA-256 of its canonical JSON.

    Versions of a code are counted from 1; the highest enforced one decides. A record that was
    decided by it keeps `code@version#row`.
    """

    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12)
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rules_version_once"),
            models.CheckConstraint(
                condition=models.Q(state=RuleState.ENFORCED), name="rules_version_state"
            ),
        ]
