"""What was read of single units."""

from django.db import models
from django.db.models import Q

from zhiliu.contexts.inspections.models.codes import QualityCode
from zhiliu.contexts.inspections.models.inspections import Inspection
from zhiliu.contexts.inspections.models.plans import PlanCharacteristic
from zhiliu.platform.evidence.public import AppendOnlyModel


class Reading(AppendOnlyModel):
    """One value of one characteristic of one unit of the sample, as it was typed and as a number.

    The highest `ordinal` of a unit and characteristic counts; the earlier ones were corrected by
    it, which is why it has a reason. `unit_no` is the unit's number in the sample, 1 to n in the
    order of drawing; which piece of the lot that is says the SampleDraw. `text` is what was
    entered, `value` the number read from it, `is_in` the result against the limits of the plan
    version (null for a text). `nonconformities`: how many a reading that is out stands for, one
    unless an attribute was found several times on the unit, and `position_code` where on the part
    it lies, where somebody said so. `is_confirmed`: a suspicious value was
    asked about and stands.
    `gauge_id` names the gauge it was taken with and `gauge_version` the version of it that was
    asked whether it may measure (invariant I15).
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    characteristic = models.ForeignKey(
        PlanCharacteristic, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    unit_no = models.PositiveIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    is_in = models.BooleanField(null=True)
    nonconformities = models.PositiveSmallIntegerField()
    is_confirmed = models.BooleanField(default=False)
    gauge_id = models.UUIDField(null=True)
    gauge_version = models.PositiveIntegerField(null=True)
    defect_code = models.ForeignKey(
        QualityCode, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    position_code = models.ForeignKey(
        QualityCode, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reason = models.TextField(blank=True)
    recorded_by = models.UUIDField()
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "unit_no", "characteristic", "ordinal"],
                name="inspections_reading_once",
            ),
            models.CheckConstraint(
                condition=Q(unit_no__gt=0, ordinal__gt=0), name="inspections_reading_numbers"
            ),
            models.CheckConstraint(
                condition=Q(is_in=False, nonconformities__gt=0)
                | Q(nonconformities=0) & (Q(is_in=True) | Q(is_in=None)),
                name="inspections_reading_nonconformities",
            ),
            models.CheckConstraint(
                condition=Q(position_code=None) | Q(is_in=False),
                name="inspections_reading_position",
            ),
            models.CheckConstraint(
                condition=Q(gauge_id=None, gauge_version=None)
                | Q(gauge_id__isnull=False, gauge_version__isnull=False),
                name="inspections_reading_gauge_whole",
            ),
            models.CheckConstraint(
                condition=Q(ordinal=1) | ~Q(reason=""), name="inspections_reading_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["gauge_id", "occurred_at"],
                name="inspections_reading_gauge",
                condition=Q(gauge_id__isnull=False),
            )
        ]
