"""Endpoints about readings by gauges that were found bad."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from zhiliu.contexts.inspections.api.fields import Amount
from zhiliu.contexts.inspections.api.sampling_schemas import Result, result_of
from zhiliu.contexts.inspections.models import Reading
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.queries import affected
from zhiliu.platform.commands.http import Schema, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["inspections"])

AFFECTED = ListQuery(
    filters={
        "gauge_id": "gauge_id",
        "inspection_id": "inspection_id",
        "material_id": "inspection__material_id",
        "is_current": "is_current",
        "is_in": "is_in",
    },
    search=("inspection__number__icontains", "inspection__material__number__icontains"),
    sorts=("nearness", "occurred_at"),
    types={
        "gauge_id": UUID,
        "inspection_id": UUID,
        "material_id": UUID,
        "is_current": bool,
        "is_in": bool,
    },
)


class AffectedParameters(AFFECTED.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the calibration that found the gauge bad."""

    calibration_id: UUID | None = None


class AffectedLot(Schema):
    """A lot that the reading's inspection covers."""

    lot_id: UUID
    lot: str


class AffectedReadingOut(Schema):
    """A reading in doubt. `nearness` is its distance from the nearer limit as a share of the
    tolerance; null where there is none. `is_current` is false when a later one corrected it."""

    id: UUID
    gauge_id: UUID
    gauge: str
    inspection_id: UUID
    inspection: str
    material: str
    material_name: str
    characteristic: str
    unit_no: int
    text: str
    value: Amount | None
    unit: str | None
    lower: Amount | None
    upper: Amount | None
    result: Result | None
    nearness: Amount | None
    is_current: bool
    occurred_at: datetime
    recorded_by: UUID
    lots: list[AffectedLot]

    @classmethod
    def of(cls, reading: Reading) -> "AffectedReadingOut":
        row: Any = reading
        line = reading.characteristic
        own = ("id", "gauge_id", "gauge", "inspection_id", "unit_no", "text", "value")
        more = ("is_current", "occurred_at", "recorded_by")
        return cls(
            **{name: getattr(row, name) for name in (*own, *more)},
            result=result_of(reading.is_in),
            inspection=reading.inspection.number,
            material=reading.inspection.material.number,
            material_name=reading.inspection.material.name,
            characteristic=line.code,
            unit=line.unit.code if line.unit is not None else None,
            lower=line.lower,
            upper=line.upper,
            nearness=None if row.nearness == affected.FARTHEST else row.nearness,
            lots=[AffectedLot(lot_id=lot_id, lot=number) for lot_id, number in row.lots],
        )


@router.get(
    "/affected-readings",
    response=answers(Page[AffectedReadingOut]),
    operation_id="list_affected_readings",
)
def list_affected_readings(request: HttpRequest, query: Query[AffectedParameters]) -> Any:
    """Readings that a failed calibration cast doubt on, the nearest to a limit first."""
    rows = affected.list_affected_readings(reader(request, READ), query.calibration_id)
    return page(
        request, rows, AFFECTED, query, AffectedReadingOut, prepare=affected.with_lots_and_gauges
    )
