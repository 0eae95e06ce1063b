"""What goes over the wire for equipment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.equipment.models import Calibration, CalibrationPoint, Gauge, GaugeType
from zhiliu.contexts.equipment.operations import CalibrationIn
from zhiliu.contexts.equipment.rules import Point, is_overdue
from zhiliu.contexts.equipment.states import CalibrationResult, GaugeState
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act, AllowedAction, Moment, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[Line, Field(min_length=1, max_length=100)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Resolution = Annotated[Decimal, Field(max_digits=18, decimal_places=6, gt=0)]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Interval = Annotated[int, Field(ge=1, le=3653, description="days; ten years at most")]
Reason = Annotated[Line, Field(min_length=1, max_length=500)]


def stated(body: Act) -> dict[str, Any]:
    """A body's own fields that the caller stated, as the arguments of an operation."""
    return body.model_dump(exclude={"occurred_at", "reason"}, exclude_unset=True)


class GaugeTypeIn(Act):
    """A new kind of gauge."""

    code: Annotated[Line, Field(min_length=1, max_length=30)]
    name_en: Name
    name_zh: Name


class GaugeTypePatch(Act):
    """New names of a kind of gauge; what is left out stays."""

    name_en: Name = ""
    name_zh: Name = ""


class GaugeTypeOut(Schema):
    """A kind of gauge."""

    id: UUID
    version: int
    code: str
    name_en: str
    name_zh: str

    @classmethod
    def of(cls, row: GaugeType) -> "GaugeTypeOut":
        return cls.model_validate(row, from_attributes=True)


class PointIn(Schema):
    """One point of a calibration, in its unit; without as_left nothing was adjusted."""

    reference: Amount
    as_found: Amount
    as_left: Amount | None = None
    max_error: Annotated[Amount, Field(ge=0)] | None = None


class CalibrationContent(Schema):
    """What a calibration found. Left out: performed now, by the caller, due after the gauge's
    interval, values in the gauge's unit."""

    as_found: CalibrationResult
    as_left: CalibrationResult
    performed_at: Moment | None = None
    performed_by: Annotated[Line, Field(max_length=150)] = ""
    certificate_number: Annotated[Line, Field(max_length=60)] = ""
    due_date: Day | None = None
    unit_id: UUID | None = None
    points: Annotated[list[PointIn], Field(max_length=100)] = []
    remark: Annotated[Line, Field(max_length=2000)] = ""


class CalibrationBody(CalibrationContent, Act):
    """A calibration of one gauge."""


def found(body: CalibrationContent) -> CalibrationIn:
    """A calibration as the operations take it."""
    values = body.model_dump(include=set(CalibrationContent.model_fields) - {"points"})
    points = tuple(Point(**point.model_dump()) for point in body.points)
    return CalibrationIn(**values, points=points)


class GaugeIn(Act):
    """A new gauge; with a calibration that it passed, such as its maker's, it is in service."""

    site_id: UUID
    gauge_type_id: UUID
    name: Annotated[Line, Field(min_length=1, max_length=150)]
    serial_number: Annotated[Line, Field(max_length=60)] = ""
    unit_id: UUID | None = None
    resolution: Resolution | None = None
    interval_days: Interval | None = None
    calibration: CalibrationContent | None = None


class GaugePatch(Act):
    """Changes of a gauge; what is left out stays."""

    name: Annotated[Line, Field(min_length=1, max_length=150)] = ""
    serial_number: Annotated[Line, Field(max_length=60)] = ""
    resolution: Resolution | None = None
    interval_days: Interval | None = None


class WithReason(Act):
    """Why a gauge is taken away."""

    reason: Reason


class GaugeAct(Act):
    """An act on a gauge: when and why."""


class GaugeOut(Schema):
    """A gauge. `due_date` is the last day of validity at its site; null: not calibrated well."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    site: str
    gauge_type_id: UUID
    gauge_type: str
    name: str
    serial_number: str
    unit_id: UUID | None
    unit: str | None
    resolution: Shown | None
    interval_days: int | None
    registered_at: datetime
    calibrated_at: datetime | None
    last_good_at: datetime | None
    due_date: date | None
    is_overdue: bool
    state: GaugeState
    state_since: datetime
    state_by: UUID
    state_reason: str

    @classmethod
    def of(cls, gauge: Gauge) -> "GaugeOut":
        is_retired = gauge.state == GaugeState.RETIRED
        late = is_overdue(gauge.due_date, gauge.site.time_zone, server_time()) and not is_retired
        own = {
            name: getattr(gauge, name)
            for name in cls.model_fields
            if name not in ("site", "gauge_type", "unit", "is_overdue")
        }
        return cls(
            **own,
            site=gauge.site.code,
            gauge_type=gauge.gauge_type.code,
            unit=gauge.unit.code if gauge.unit is not None else None,
            is_overdue=late,
        )


class GaugeDetailOut(GaugeOut):
    """A gauge and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, gauge: Gauge, actions: list[AllowedAction]) -> "GaugeDetailOut":
        """Everything about one gauge."""
        return cls(**GaugeOut.of(gauge).model_dump(), allowed_actions=actions)


class PointOut(Schema):
    """One point of a calibration, in its unit."""

    reference: Shown
    as_found: Shown
    as_left: Shown | None
    max_error: Shown | None

    @classmethod
    def of(cls, point: CalibrationPoint) -> "PointOut":
        return cls.model_validate(point, from_attributes=True)


class CalibrationOut(Schema):
    """A calibration. With `since`, readings by the gauge from then on are in doubt."""

    id: UUID
    number: str
    gauge_id: UUID
    gauge: str
    performed_at: datetime
    performed_by: str
    certificate_number: str
    as_found: CalibrationResult
    as_left: CalibrationResult
    unit: str | None
    points: list[PointOut]
    due_date: date | None
    remark: str
    since: datetime | None
    recorded_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, row: Calibration) -> "CalibrationOut":
        own = {
            name: getattr(row, name)
            for name in cls.model_fields
            if name not in ("gauge", "unit", "points")
        }
        return cls(
            **own,
            gauge=row.gauge.number,
            unit=row.unit.code if row.unit is not None else None,
            points=[PointOut.of(point) for point in row.points],
        )
