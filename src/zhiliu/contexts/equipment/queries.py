"""Reads of equipment."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, Func, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from zhiliu.contexts.equipment.errors import NotFound
from zhiliu.contexts.equipment.models import Calibration, CalibrationPoint, Gauge, GaugeType
from zhiliu.contexts.equipment.permissions import CALIBRATIONS, GAUGE_TYPES, visible_gauges
from zhiliu.contexts.equipment.rules import LifeFacts, can, can_calibrate, can_change
from zhiliu.contexts.equipment.states import CALIBRATION_KIND, GAUGE, GaugeState
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted
from zhiliu.platform.evidence.public import flush


def list_gauge_types(actor: Actor) -> QuerySet[GaugeType]:
    """Types of gauges: they belong to no company, so staff see all, partners' people none."""
    return GaugeType.objects.filter(GAUGE_TYPES.filter(actor))


def list_gauges(actor: Actor) -> QuerySet[Gauge]:
    """Gauges that the actor may see; `due` sorts by due date, those without one last."""
    return visible_gauges(actor).annotate(due=Coalesce("due_date", Value(date.max)))


def overdue_gauges(rows: QuerySet[Gauge], at: datetime, is_overdue: bool) -> QuerySet[Gauge]:
    """Those of `rows` whose due date has passed at their site, or the others.

    A retired gauge is not overdue: nobody waits for its calibration.
    """
    today = Cast(
        Func(
            F("site__time_zone"),
            Value(at, DateTimeField()),
            function="timezone",
            output_field=DateTimeField(),
        ),
        DateField(),
    )
    late = rows.exclude(state=GaugeState.RETIRED).filter(due_date__lt=today)
    return late if is_overdue else rows.exclude(pk__in=late.values("pk"))


def list_calibrations(actor: Actor) -> QuerySet[Calibration]:
    """Calibrations of the gauges that the actor may see."""
    rows = Calibration.objects.select_related("gauge__site", "unit")
    return rows.filter(CALIBRATIONS.filter(actor))


def with_points(calibrations: list[Calibration]) -> list[Calibration]:
    """The calibrations with their points in order, read in one query."""
    points: dict[UUID, list[CalibrationPoint]] = {c.pk: [] for c in calibrations}
    for point in CalibrationPoint.objects.filter(calibration__in=points).order_by("ordinal"):
        points[point.calibration_id].append(point)
    for calibration in calibrations:
        calibration.points = points[calibration.pk]
    return calibrations


def get_visible_gauge_type(actor: Actor, type_id: UUID) -> GaugeType:
    """One type that the actor may see; raises NotFound."""
    found = list_gauge_types(actor).filter(pk=type_id).first()
    if found is None:
        raise NotFound("gauge type", str(type_id))
    return found


def get_visible_gauge(actor: Actor, gauge_id: UUID) -> Gauge:
    """One gauge that the actor may see; raises NotFound."""
    found = list_gauges(actor).filter(pk=gauge_id).first()
    if found is None:
        raise NotFound("gauge", str(gauge_id))
    return found


def get_visible_calibration(actor: Actor, calibration_id: UUID) -> Calibration:
    """One calibration that the actor may see, with its points; raises NotFound."""
    found = list_calibrations(actor).filter(pk=calibration_id).first()
    if found is None:
        raise NotFound("calibration", str(calibration_id))
    return with_points([found])[0]


def life_facts(gauge: Gauge) -> LifeFacts:
    """What the lifecycle asks of a gauge read with its site."""
    return LifeFacts(
        number=gauge.number,
        state=gauge.state,
        state_since=gauge.state_since,
        registered_at=gauge.registered_at,
        calibrated_at=gauge.calibrated_at,
        due_date=gauge.due_date,
        time_zone=gauge.site.time_zone,
    )


def gauge_actions(actor: Actor, gauge: Gauge, at: datetime) -> dict[str, list[Refusal]]:
    """For each verb of a gauge what refuses it at `at`, for this actor."""
    facts, there = life_facts(gauge), Scope(company_id=gauge.company_id, site_id=gauge.site_id)
    found = {
        verb: permitted(actor, transition.permission, there) + can(verb, facts, at=at)
        for verb, transition in GAUGE.verbs.items()
    }
    found["change"] = permitted(actor, "equipment.change_gauge", there) + can_change(
        gauge.number, gauge.state
    )
    found["calibrate"] = permitted(actor, "equipment.record_calibration", there) + can_calibrate(
        facts, at, at
    )
    return found


def find_gauge(actor: Actor, gauge_id: UUID) -> Reference:
    """The gauge that the actor may see, for what is kept about it; raises NotFound."""
    gauge = get_visible_gauge(actor, gauge_id)
    return Reference(Gauge.kind, gauge.pk, gauge.number, gauge.version)


def find_calibration(actor: Actor, calibration_id: UUID) -> Reference:
    """The calibration that the actor may see, for its certificate; raises NotFound."""
    calibration = get_visible_calibration(actor, calibration_id)
    return Reference(CALIBRATION_KIND, calibration.pk, calibration.number, 1)


def get_gauge_type(type_id: UUID) -> GaugeType:
    """A type of gauge, for a characteristic that asks for it; raises NotFound."""
    flush()
    found = GaugeType.objects.filter(pk=type_id).first()
    if found is None:
        raise NotFound("gauge type", str(type_id))
    return found
