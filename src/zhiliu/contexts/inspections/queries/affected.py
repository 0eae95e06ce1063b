"""Readings that a failed calibration cast doubt on."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Abs, Coalesce, Least, NullIf, Round

from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.equipment.public import CalibrationResult
from zhiliu.contexts.inspections.models import InspectionLot, Reading
from zhiliu.contexts.inspections.permissions import INSPECTIONS
from zhiliu.contexts.inspections.queries import mark_current
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.quantity import ZERO

# Last of all come readings that have no distance from a limit.
FARTHEST = Decimal(10**9)


def list_affected_readings(actor: Actor, calibration_id: UUID | None = None) -> QuerySet[Reading]:
    """Readings that a calibration cast doubt on (this one, or any), with their characteristics.

    They were taken with its gauge from `since` (when it was last known to be good) until it was
    good again: adjusted then, or by a later calibration. `nearness` is the distance from the nearer
    limit as a share of the tolerance, whether the value lies in or out: the nearer to a limit, the
    sooner an error of the gauge has changed the result. The tolerance is upper - lower or, with one
    limit, its distance from the nominal value; where there is neither, and for attributes and
    texts, nearness is FARTHEST. `is_current` as in `mark_current`.
    """
    good_since = Calibration.objects.filter(
        gauge_id=OuterRef("gauge_id"),
        as_left=CalibrationResult.PASS,
        performed_at__gte=OuterRef("performed_at"),
        performed_at__lte=OuterRef(OuterRef("occurred_at")),
    )
    failed = Calibration.objects.filter(
        ~Exists(good_since),
        gauge_id=OuterRef("gauge_id"),
        since__lte=OuterRef("occurred_at"),
    )
    if calibration_id is not None:
        failed = failed.filter(pk=calibration_id)
    seen = INSPECTIONS.filter(actor, prefix="inspection__")
    rows = Reading.objects.filter(seen, Exists(failed), gauge_id__isnull=False)
    found = mark_current(rows).annotate(nearness=_nearness())
    return found.select_related("inspection__material", "characteristic__unit")


def _nearness() -> Coalesce:
    """The SQL of `nearness`, to six decimals."""
    value, lower, upper, nominal = (
        F("value"),
        F("characteristic__lower"),
        F("characteristic__upper"),
        F("characteristic__nominal"),
    )
    distance = Least(Abs(value - lower), Abs(value - upper))  # PostgreSQL passes over nulls
    width = Coalesce(upper - lower, Abs(nominal - Coalesce(lower, upper)))
    return Coalesce(
        Case(
            When(value__isnull=True, then=None),
            When(Q(characteristic__lower=F("characteristic__upper")), then=Value(ZERO)),
            default=Round(distance / NullIf(width, Value(ZERO)), precision=6),
        ),
        Value(FARTHEST),
        output_field=DecimalField(max_digits=18, decimal_places=6),
    )


def with_lots_and_gauges(readings: list[Reading]) -> list[Reading]:
    """The readings with `gauge` (its number) and `lots` of their inspection (id, number)."""
    lots: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = InspectionLot.objects.filter(inspection_id__in={r.inspection_id for r in readings})
    for row in rows.select_related("lot").order_by("lot_id"):
        lots[row.inspection_id].append((row.lot_id, row.lot.number))
    gauges = Gauge.objects.filter(pk__in={r.gauge_id for r in readings if r.gauge_id})
    numbers = {gauge.pk: gauge.number for gauge in gauges}
    for reading in readings:
        assert reading.gauge_id is not None
        reading.gauge = numbers[reading.gauge_id]  # type: ignore[attr-defined]
        reading.lots = lots[reading.inspection_id]  # type: ignore[attr-defined]
    return readings
