"""Goods that may be used before their inspection ends."""

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.inspections.models.inspections import Inspection
from zhiliu.contexts.inspections.states import UrgentReleaseState
from zhiliu.contexts.stock.models import Lot
from zhiliu.platform.evidence.public import AuditedModel

_LIVE = (UrgentReleaseState.REQUESTED, UrgentReleaseState.APPROVED)


class UrgentRelease(AuditedModel):
    """So much of a lot may be issued for one order before its inspection ends (ISO 9001 8.6).

    One person asks, another approves. `quantity` in the stock unit, `drawn` what of it had been
    used when it ended, `outcome` how the inspection ended.
    """

    kind = "inspections.urgent_release"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    site_id = models.UUIDField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    until = models.DateTimeField(null=True)
    reference_kind = models.CharField(max_length=60)
    reference_id = models.UUIDField()
    reference_number = models.CharField(max_length=60)
    reason = models.TextField()
    state = models.CharField(max_length=10)
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decision_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    drawn = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="inspections_urgent_number"
            ),
            models.UniqueConstraint(
                fields=["lot"], condition=Q(state__in=_LIVE), name="inspections_urgent_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="inspections_urgent_quantity"),
            models.CheckConstraint(
                condition=~Q(state=UrgentReleaseState.APPROVED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                name="inspections_urgent_two_people",
            ),
        ]
