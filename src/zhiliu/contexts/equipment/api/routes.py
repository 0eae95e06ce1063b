"""Endpoints of equipment."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.equipment import operations, queries
from zhiliu.contexts.equipment.api.schemas import (
    CalibrationBody,
    CalibrationOut,
    GaugeAct,
    GaugeDetailOut,
    GaugeIn,
    GaugeOut,
    GaugePatch,
    GaugeTypeIn,
    GaugeTypeOut,
    GaugeTypePatch,
    WithReason,
    found,
    stated,
)
from zhiliu.contexts.equipment.states import GAUGE, CalibrationResult, GaugeState
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["equipment"])

GAUGE_TYPES = ListQuery(
    filters={"code": "code"},
    search=("code__icontains", "name_en__icontains", "name_zh__icontains"),
    sorts=("code", "name_en", "name_zh"),
)


GAUGES = ListQuery(
    filters={
        "number": "number",
        "serial_number": "serial_number",
        "site_id": "site_id",
        "gauge_type_id": "gauge_type_id",
        "gauge_type": "gauge_type__code",
        "state": "state",
        "due_before": "due_date__lt",
    },
    search=("number__icontains", "name__icontains", "serial_number__icontains"),
    sorts=("number", "due", "name"),
    types={
        "site_id": UUID,
        "gauge_type_id": UUID,
        "state": GaugeState,
        "due_before": date,
    },
)
CALIBRATIONS = ListQuery(
    filters={
        "number": "number",
        "gauge_id": "gauge_id",
        "as_found": "as_found",
        "as_left": "as_left",
        "certificate_number": "certificate_number",
    },
    search=(
        "number__icontains",
        "gauge__number__icontains",
        "certificate_number__icontains",
        "performed_by__icontains",
    ),
    sorts=("id", "performed_at"),
    types={"gauge_id": UUID, "as_found": CalibrationResult, "as_left": CalibrationResult},
)


class GaugeParameters(GAUGES.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and whether the due date has passed at the gauge's site."""

    overdue: bool | None = None


@router.get("/gauge-types", response=answers(Page[GaugeTypeOut]), operation_id="list_gauge_types")
def list_gauge_types(request: HttpRequest, query: Query[GAUGE_TYPES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Types of gauges, page by page."""
    rows = queries.list_gauge_types(reader(request, "equipment.read"))
    return page(request, rows, GAUGE_TYPES, query, GaugeTypeOut)


@router.get("/gauge-types/{type_id}", response=answers(GaugeTypeOut), operation_id="get_gauge_type")
def get_gauge_type(request: HttpRequest, response: HttpResponse, type_id: UUID) -> Any:
    """One type of gauges; its version is the ETag."""
    row = queries.get_visible_gauge_type(reader(request, "equipment.read"), type_id)
    response["ETag"] = f'"{row.version}"'
    return GaugeTypeOut.of(row)


@router.post("/gauge-types", response=answers(GaugeTypeOut, 201), operation_id="add_gauge_type")
def add_gauge_type(request: HttpRequest, body: GaugeTypeIn) -> HttpResponse:
    """Add a type of gauges."""
    return act(
        request,
        "equipment.add_gauge_type",
        body,
        lambda command, at: GaugeTypeOut.of(
            operations.add_gauge_type(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch(
    "/gauge-types/{type_id}", response=answers(GaugeTypeOut), operation_id="change_gauge_type"
)
def change_gauge_type(request: HttpRequest, type_id: UUID, body: GaugeTypePatch) -> HttpResponse:
    """Rename a type of gauges; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "equipment.change_gauge_type",
        body,
        lambda command, at: GaugeTypeOut.of(
            operations.change_gauge_type(
                type_id=type_id,
                expected_version=expected_version,
                **stated(body),
                command=command,
                at=at,
            )
        ),
        path={"type_id": type_id, "stated": sorted(body.model_fields_set)},
    )


@router.get("/gauges", response=answers(Page[GaugeOut]), operation_id="list_gauges")
def list_gauges(request: HttpRequest, query: Query[GaugeParameters]) -> Any:
    """Gauges, page by page; sorted by `due`, those not calibrated well come last."""
    rows = queries.list_gauges(reader(request, "equipment.read"))
    if query.overdue is not None:
        rows = queries.overdue_gauges(rows, server_time(), query.overdue)
    return page(request, rows, GAUGES, query, GaugeOut)


@router.get("/gauges/{gauge_id}", response=answers(GaugeDetailOut), operation_id="get_gauge")
def get_gauge(request: HttpRequest, response: HttpResponse, gauge_id: UUID) -> Any:
    """One gauge, with the verbs that are refused now; its version is the ETag."""
    actor = reader(request, "equipment.read")
    gauge = queries.get_visible_gauge(actor, gauge_id)
    response["ETag"] = f'"{gauge.version}"'
    actions = queries.gauge_actions(actor, gauge, server_time())
    return GaugeDetailOut.whole(gauge, allowed_actions(request, GAUGE, actions))


@router.post("/gauges", response=answers(GaugeOut, 201), operation_id="register_gauge")
def register_gauge(request: HttpRequest, body: GaugeIn) -> HttpResponse:
    """Register a gauge; with a calibration that it passed it is in service at once."""
    content = stated(body)
    if body.calibration is not None:
        content["calibration"] = found(body.calibration)
    return act(
        request,
        "equipment.register_gauge",
        body,
        lambda command, at: GaugeOut.of(
            operations.register_gauge(**content, command=command, at=at)
        ),
        status=201,
    )


@router.patch("/gauges/{gauge_id}", response=answers(GaugeOut), operation_id="change_gauge")
def change_gauge(request: HttpRequest, gauge_id: UUID, body: GaugePatch) -> HttpResponse:
    """Change a gauge: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "equipment.change_gauge",
        body,
        lambda command, at: GaugeOut.of(
            operations.change_gauge(
                gauge_id=gauge_id,
                expected_version=expected_version,
                changes=stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"gauge_id": gauge_id, "stated": sorted(body.model_fields_set)},
    )


@router.post(
    "/gauges/{gauge_id}/take-out-of-service",
    response=answers(GaugeOut),
    operation_id="take_gauge_out_of_service",
)
def take_out_of_service(request: HttpRequest, gauge_id: UUID, body: WithReason) -> HttpResponse:
    """Stop a gauge from being used."""
    return act(
        request,
        "equipment.take_out_of_service",
        body,
        lambda command, at: GaugeOut.of(
            operations.take_out_of_service(gauge_id=gauge_id, command=command, at=at)
        ),
        path={"gauge_id": gauge_id},
    )


@router.post(
    "/gauges/{gauge_id}/put-in-service",
    response=answers(GaugeOut),
    operation_id="put_gauge_in_service",
)
def put_in_service(request: HttpRequest, gauge_id: UUID, body: GaugeAct) -> HttpResponse:
    """Let a gauge be used again after a good calibration."""
    return act(
        request,
        "equipment.put_in_service",
        body,
        lambda command, at: GaugeOut.of(
            operations.put_in_service(gauge_id=gauge_id, command=command, at=at)
        ),
        path={"gauge_id": gauge_id},
    )


@router.post("/gauges/{gauge_id}/retire", response=answers(GaugeOut), operation_id="retire_gauge")
def retire_gauge(request: HttpRequest, gauge_id: UUID, body: WithReason) -> HttpResponse:
    """Take a gauge away for good."""
    return act(
        request,
        "equipment.retire_gauge",
        body,
        lambda command, at: GaugeOut.of(
            operations.retire_gauge(gauge_id=gauge_id, command=command, at=at)
        ),
        path={"gauge_id": gauge_id},
    )


@router.post(
    "/gauges/{gauge_id}/calibrations",
    response=answers(CalibrationOut, 201),
    operation_id="record_calibration",
)
def record_calibration(request: HttpRequest, gauge_id: UUID, body: CalibrationBody) -> HttpResponse:
    """Record a calibration of a gauge; found bad, lots that it measured are put on hold."""
    return act(
        request,
        "equipment.record_calibration",
        body,
        lambda command, at: CalibrationOut.of(
            operations.record_calibration(
                gauge_id=gauge_id, calibration=found(body), command=command, at=at
            )
        ),
        status=201,
        path={"gauge_id": gauge_id},
    )


@router.get(
    "/calibrations", response=answers(Page[CalibrationOut]), operation_id="list_calibrations"
)
def list_calibrations(request: HttpRequest, query: Query[CALIBRATIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Calibrations with their points, page by page."""
    rows = queries.list_calibrations(reader(request, "equipment.read"))
    return page(request, rows, CALIBRATIONS, query, CalibrationOut, prepare=queries.with_points)


@router.get(
    "/calibrations/{calibration_id}",
    response=answers(CalibrationOut),
    operation_id="get_calibration",
)
def get_calibration(request: HttpRequest, calibration_id: UUID) -> Any:
    """One calibration with its points."""
    actor = reader(request, "equipment.read")
    return CalibrationOut.of(queries.get_visible_calibration(actor, calibration_id))
