"""Inspections, the lots under them and what was found."""

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.catalog.models import Material, MaterialRevision, Site
from zhiliu.contexts.inspections.models.codes import QualityCode
from zhiliu.contexts.inspections.models.plans import PlanCharacteristic, PlanVersion
from zhiliu.contexts.inspections.states import InspectionState
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel

_VERDICTS = (InspectionState.ACCEPTED, InspectionState.NOT_ACCEPTED, InspectionState.JUDGED)


class Inspection(AuditedModel):
    """One inspection of one or more lots of one material, supplier and revision.

    `plan_version` is the version that it follows to its end, chosen by `plan_rule` (rule table,
    version and row); without one the inspection is counted as its inspector sees fit. `is_urgent`:
    somebody asked to use its goods before it ends. `due_at` is when its verdict is due, `due_rule`
    the row of the rule table inspections.inspection_due that says so.
    `inspected` and `nonconforming` (n and d, in the stock unit) are those of the latest result for
    the inspection as a whole or, under a plan, of its readings and counted characteristics.
    `result_count` counts the results for the inspection as a whole, `reading_count` the readings,
    `lot_count` the InspectionLot rows. The verdict is signed: its Signature names the inspection at
    the version that the verdict made.
    """

    kind = "inspections.inspection"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False, related_name="+")
    stage = models.CharField(max_length=12)
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    revision = models.ForeignKey(
        MaterialRevision, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    plan_rule = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=12)
    origin = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    lot_count = models.PositiveIntegerField()
    is_urgent = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    due_at = models.DateTimeField()
    due_rule = models.CharField(max_length=80)
    inspected = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    nonconforming = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    result_count = models.PositiveSmallIntegerField(default=0)
    reading_count = models.PositiveIntegerField(default=0)
    result_at = models.DateTimeField(null=True)
    result_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="inspections_inspection_number"
            ),
            models.CheckConstraint(
                condition=Q(
                    inspected__isnull=True,
                    nonconforming__isnull=True,
                    result_count=0,
                    reading_count=0,
                    result_at=None,
                )
                | Q(
                    inspected__gt=0,
                    nonconforming__gte=0,
                    nonconforming__lte=F("inspected"),
                    result_at__isnull=False,
                    result_by__isnull=False,
                ),
                name="inspections_result_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=InspectionState.OPEN, decided_at=None, decided_by=None)
                | Q(
                    state=InspectionState.CANCELLED,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                | Q(
                    state__in=_VERDICTS,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    inspected__isnull=False,
                ),
                name="inspections_verdict_whole",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opened_at")), name="inspections_due_after_opening"
            ),
        ]
        indexes = [
            models.Index(fields=["material", "supplier", "-id"], name="inspections_history"),
            models.Index(
                fields=["site", "id"],
                name="inspections_open",
                condition=Q(state=InspectionState.OPEN),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="inspections_due",
                condition=Q(state=InspectionState.OPEN),
            ),
        ]


class InspectionLot(models.Model):
    """What became of one lot's quantity in one inspection: running totals, in the stock unit.

    presented = accepted + not_accepted + open + consumed + retained, always (invariant I17). While
    the inspection is open, `open` is what is on hand of the lot; a lot is open in one inspection
    at a time. `consumed` was destroyed in test, `retained` is kept as a sample; a verdict leaves
    both alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    presented = models.DecimalField(max_digits=18, decimal_places=6)
    accepted = models.DecimalField(max_digits=18, decimal_places=6)
    not_accepted = models.DecimalField(max_digits=18, decimal_places=6)
    open = models.DecimalField(max_digits=18, decimal_places=6)
    consumed = models.DecimalField(max_digits=18, decimal_places=6)
    retained = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "lot"], name="inspections_lot_once"),
            models.UniqueConstraint(
                fields=["lot"], condition=Q(open__gt=0), name="inspections_lot_open_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    accepted__gte=0,
                    not_accepted__gte=0,
                    open__gte=0,
                    consumed__gte=0,
                    retained__gte=0,
                    presented=F("accepted")
                    + F("not_accepted")
                    + F("open")
                    + F("consumed")
                    + F("retained"),
                ),
                name="inspections_lot_adds_up",
            ),
        ]


class InspectionResult(AppendOnlyModel):
    """One counted result: n inspected, d of them nonconforming, in the stock unit.

    Of one characteristic or, with none, of the inspection as a whole. The highest `ordinal` of its
    kind is the one that counts; the earlier ones were corrected by it, which is why it has a
    reason.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    characteristic = models.ForeignKey(
        PlanCharacteristic, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField()
    inspected = models.DecimalField(max_digits=18, decimal_places=6)
    nonconforming = models.DecimalField(max_digits=18, decimal_places=6)
    recorded_by = models.UUIDField()
    reason = models.TextField(blank=True)
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "characteristic", "ordinal"],
                nulls_distinct=False,
                name="inspections_result_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    inspected__gt=0, nonconforming__gte=0, nonconforming__lte=F("inspected")
                ),
                name="inspections_result_counts",
            ),
            models.CheckConstraint(
                condition=Q(ordinal=1) | ~Q(reason=""), name="inspections_correction_reason"
            ),
        ]


class DefectCount(AppendOnlyModel):
    """How many of a result's nonconforming units show one defect; a unit may show several.

    `position_code` says where on the part it lies, where somebody said so.
    """

    result = models.ForeignKey(
        InspectionResult, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    defect_code = models.ForeignKey(QualityCode, on_delete=models.PROTECT, related_name="+")
    position_code = models.ForeignKey(
        QualityCode, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    count = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result", "defect_code", "position_code"],
                nulls_distinct=False,
                name="inspections_defect_once",
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="inspections_defect_positive"),
        ]
