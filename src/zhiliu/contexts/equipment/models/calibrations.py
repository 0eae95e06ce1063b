"""What a gauge was found to be worth, and how it was left."""

from collections.abc import Sequence

from django.db import models

from zhiliu.contexts.catalog.models import Unit
from zhiliu.contexts.equipment.models.gauges import Gauge
from zhiliu.contexts.equipment.states import CalibrationResult
from zhiliu.platform.evidence.public import AppendOnlyModel


class Calibration(AppendOnlyModel):
    """One calibration of a gauge: results as found and as left, by whom, and until when it holds.

    `performed_by` names the person or laboratory, `recorded_by` is the user who entered it.
    `points` is filled by whoever reads or makes it together with them.
    """

    points: Sequence["CalibrationPoint"] = ()

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="+")
    performed_at = models.DateTimeField()
    performed_by = models.CharField(max_length=150)
    certificate_number = models.CharField(max_length=60, blank=True)
    as_found = models.CharField(max_length=10)  # states.CalibrationResult
    as_left = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    due_date = models.DateField(null=True)
    remark = models.TextField(blank=True)
    since = models.DateTimeField(null=True)  # found bad: what was measured from here is in doubt
    recorded_by = models.UUIDField()
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="equipment_calibration_number"
            ),
            models.UniqueConstraint(
                fields=["gauge", "performed_at"], name="equipment_calibration_once"
            ),
            models.CheckConstraint(
                condition=models.Q(as_left=CalibrationResult.PASS, due_date__isnull=False)
                | models.Q(as_left=CalibrationResult.FAIL, due_date__isnull=True),
                name="equipment_calibration_due",
            ),
            models.CheckConstraint(
                condition=models.Q(as_found=CalibrationResult.PASS, since__isnull=True)
                | models.Q(as_found=CalibrationResult.FAIL, since__isnull=False),
                name="equipment_calibration_since",
            ),
        ]


class CalibrationPoint(AppendOnlyModel):
    """One point of a calibration: the standard's value and the gauge's, in the calibration's unit.

    `as_left` is null when nothing was adjusted; `max_error` is the maximum permissible error.
    """

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    reference = models.DecimalField(max_digits=18, decimal_places=6)
    as_found = models.DecimalField(max_digits=18, decimal_places=6)
    as_left = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    max_error = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calibration", "ordinal"], name="equipment_point_once"),
            models.CheckConstraint(
                condition=models.Q(max_error__isnull=True) | models.Q(max_error__gte=0),
                name="equipment_point_max_error",
            ),
        ]
