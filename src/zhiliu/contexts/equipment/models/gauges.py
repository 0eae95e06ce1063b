"""What is measured with."""

from django.db import models

from zhiliu.contexts.catalog.models import Company, Site, Unit
from zhiliu.contexts.equipment.states import GaugeState
from zhiliu.platform.evidence.public import AuditedModel


class GaugeType(AuditedModel):
    """A kind of gauge that a characteristic may ask for, such as an outside micrometer.

    Its code never changes.
    """

    kind = "equipment.gauge_type"

    code = models.CharField(max_length=30, unique=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)


class Gauge(AuditedModel):
    """One measuring instrument: what it is, whether it may measure, and until when.

    Type, site, and unit never change: what it measured would mean something else. `due_date` is the
    last day of validity at its site; it is null when the latest calibration failed as left or there
    was none. `state` is states.GaugeState, in force since `state_since`.
    """

    kind = "equipment.gauge"

    number = models.CharField(max_length=40)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    gauge_type = models.ForeignKey(GaugeType, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    serial_number = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    interval_days = models.PositiveIntegerField(null=True)
    registered_at = models.DateTimeField()
    calibrated_at = models.DateTimeField(null=True)
    last_good_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    state = models.CharField(max_length=20)
    state_since = models.DateTimeField()
    state_by = models.UUIDField()
    state_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="equipment_gauge_number"),
            models.UniqueConstraint(
                fields=["company", "gauge_type", "serial_number"],
                condition=~models.Q(serial_number=""),
                name="equipment_gauge_serial",
            ),
            models.CheckConstraint(
                condition=models.Q(resolution__isnull=True)
                | models.Q(resolution__gt=0, unit__isnull=False),
                name="equipment_gauge_resolution",
            ),
            models.CheckConstraint(
                condition=models.Q(interval_days__isnull=True) | models.Q(interval_days__gt=0),
                name="equipment_gauge_interval",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=GaugeState.IN_SERVICE)
                | models.Q(
                    due_date__isnull=False,
                    calibrated_at__isnull=False,
                    last_good_at__isnull=False,
                ),
                name="equipment_gauge_in_service_calibrated",
            ),
            models.CheckConstraint(
                condition=models.Q(state=GaugeState.IN_SERVICE)
                | models.Q(state_since=models.F("registered_at"))
                | ~models.Q(state_reason=""),
                name="equipment_gauge_out_with_reason",
            ),
        ]
