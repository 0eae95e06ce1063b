"""What was decided about nonconforming goods, and under which concession they are used."""

from django.db import models
from django.db.models import Q

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.nonconformance.models.reports import Report
from zhiliu.contexts.nonconformance.states import ConcessionState, DispositionState
from zhiliu.contexts.stock.models import Lot
from zhiliu.platform.evidence.public import AuditedModel


class Disposition(AuditedModel):
    """What happens to one nonconforming lot: the voucher of what is posted because of it.

    It covers all of `lot`; a disposition of a part split that part off first. `quantity` is what it
    covered when it was decided and what was found in the lot since, `posted` what left, was
    regraded or got usable by it, in the stock unit. `carried_out_*` confirm that scrap was rendered
    unusable, that rework or repair was done, or that sorting began; `inspection` then decides what
    became of the goods. `to_material` is what a regrade turns them into. `rule` is the table,
    version and row that allowed the kind.
    """

    kind = "nonconformance.disposition"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    disposition_kind = models.CharField(max_length=20)
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    posted = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    state = models.CharField(max_length=10)
    reason = models.TextField()
    rule = models.CharField(max_length=100, blank=True)
    to_material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    carried_out_at = models.DateTimeField(null=True)
    carried_out_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="nonconformance_disposition_number"
            ),
            models.UniqueConstraint(
                fields=["lot"],
                condition=Q(state=DispositionState.DECIDED),
                name="nonconformance_one_disposition",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, posted__gte=0),
                name="nonconformance_disposition_quantity",
            ),
            models.CheckConstraint(
                condition=Q(state=DispositionState.DECIDED, ended_at=None, ended_by=None)
                | ~Q(state=DispositionState.DECIDED)
                & Q(ended_at__isnull=False, ended_by__isnull=False),
                name="nonconformance_disposition_ended",
            ),
        ]


class Concession(AuditedModel):
    """Leave to use or repair so much of a nonconforming lot: until when, for whom.

    `references` and `customers` are ids, null when every order or customer may be served. From
    `in_force_at` on the lot is restricted to these bounds and stock counts down what remains.
    """

    kind = "nonconformance.concession"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    disposition = models.OneToOneField(Disposition, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    concession_kind = models.CharField(max_length=20)
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    until = models.DateTimeField()
    references = models.JSONField(null=True)
    customers = models.JSONField(null=True)
    reason = models.TextField()
    state = models.CharField(max_length=10)
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_cause = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="nonconformance_concession_number"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="nonconformance_concession_quantity"
            ),
            models.CheckConstraint(
                condition=Q(state=ConcessionState.ENDED, ended_at__isnull=False) & ~Q(end_cause="")
                | ~Q(state=ConcessionState.ENDED) & Q(ended_at=None, end_cause=""),
                name="nonconformance_concession_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"],
                name="nonconformance_in_force",
                condition=~Q(state=ConcessionState.ENDED),
            )
        ]
