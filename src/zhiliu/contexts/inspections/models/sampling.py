"""How strictly a supplier's lots are inspected, why, and the samples that were drawn."""

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.inspections.models.inspections import Inspection
from zhiliu.contexts.inspections.models.plans import PlanCharacteristic, PlanVersion
from zhiliu.contexts.inspections.states import SamplingStatus
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class SamplingState(AuditedModel):
    """Where material x supplier x severity class stands in the switching rules.

    ISO 2859-1:1999 clause 9 (GB/T 2828.1-2012 clause 9). Fed only by original inspections, in the
    order in which they were decided. `score` is the switching score (9.3.3.2) up to the 30 that are
    asked for, `accepted_run` the original acceptances in a row, `recent` the last five outcomes
    (newest last, "a" or "n"), `tightened_failures` those not accepted since tightened began, up to
    five. `is_steady`: production is declared steady and reduced inspection authorised (9.3.3.1).
    `supply_block` is the block of receipts that being discontinued set (9.4), of all classes that
    are; empty otherwise, and where somebody had blocked them before.
    """

    kind = "inspections.sampling_state"

    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    severity_class = models.CharField(max_length=10)
    status = models.CharField(max_length=12)
    score = models.PositiveSmallIntegerField(default=0)
    accepted_run = models.PositiveIntegerField(default=0)
    recent = models.CharField(max_length=5, blank=True)
    tightened_failures = models.PositiveSmallIntegerField(default=0)
    is_steady = models.BooleanField(default=False)
    since = models.DateTimeField()
    supply_block = models.ForeignKey(
        SupplyBlock, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["material", "supplier", "severity_class"],
                name="inspections_sampling_state_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(SamplingStatus)), name="inspections_sampling_status"
            ),
        ]


class SamplingChange(AppendOnlyModel):
    """A sampling state went from one status to another: why, and after which inspection."""

    state = models.ForeignKey(SamplingState, on_delete=models.PROTECT, related_name="+")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    was = models.CharField(max_length=12)
    status = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    rule = models.CharField(max_length=80, blank=True)
    changed_by = models.UUIDField()
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()


class InspectionSample(models.Model):
    """How many units of an inspection are looked at for one class (or one characteristic).

    The plan as it was taken at the opening: n, Ac and Re under the severity of that moment.
    `to_inspect` is n or, where the lot is smaller, all of it. Running totals, changed under the
    lock of the inspection: `found` is what has been found so far, counted by `basis`; `cells` are
    the readings that complete it, `read` those there are. `severity` is empty where the scheme
    knows none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    severity_class = models.CharField(max_length=10)
    characteristic = models.ForeignKey(
        PlanCharacteristic, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    scheme = models.CharField(max_length=5)
    level = models.CharField(max_length=4, blank=True)
    aql = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    severity = models.CharField(max_length=12, blank=True)
    code_letter = models.CharField(max_length=1, blank=True)
    plan_letter = models.CharField(max_length=1, blank=True)
    sample_size = models.PositiveBigIntegerField()
    to_inspect = models.PositiveBigIntegerField()
    accept = models.PositiveIntegerField()
    reject = models.PositiveIntegerField()
    basis = models.CharField(max_length=20)
    cells = models.PositiveBigIntegerField()
    read = models.PositiveBigIntegerField(default=0)
    found = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "severity_class", "characteristic"],
                nulls_distinct=False,
                name="inspections_sample_once",
            ),
            models.CheckConstraint(
                condition=Q(read__lte=F("cells"), to_inspect__gt=0), name="inspections_sample_cells"
            ),
        ]


class SampleDraw(AppendOnlyModel):
    """Which units of the lots were drawn, unpredictably, for an inspection.

    `units` are unit numbers from 1 to `lot_size`, the size of all its lots together in lot order,
    in the order in which they were drawn; the sample of a class are the first n of them. A class of
    which every unit is inspected needs no draw, so `units` may be empty.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField()
    lot_size = models.PositiveBigIntegerField()
    units = models.JSONField()
    drawn_by = models.UUIDField()
    command_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ordinal"], name="inspections_draw_once")
        ]


class SkipDraw(AppendOnlyModel):
    """Whether a lot that may be skipped was: drawn unpredictably, one in `one_in` is inspected.

    `number` was drawn from 0 to one_in - 1; 0 means inspected, which `inspection` then is. Any
    other number released the lot, with this row as the voucher and `rule` as its number.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    rule = models.CharField(max_length=60)
    one_in = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    drawn_by = models.UUIDField()
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number=0, inspection__isnull=False)
                | Q(number__gt=0, number__lt=F("one_in"), inspection=None),
                name="inspections_skip_draw",
            )
        ]
