"""Endpoints of inspections."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections import operations, queries
from zhiliu.contexts.inspections.api import gauges, plans, printing, sampling, urgent
from zhiliu.contexts.inspections.api import schemas as s
from zhiliu.contexts.inspections.api.sampling_schemas import SampledOut
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.queries.contents import get_plan_content
from zhiliu.contexts.inspections.queries.defects import list_defects
from zhiliu.contexts.inspections.queries.plans import instructions_of
from zhiliu.contexts.inspections.rules import is_override
from zhiliu.contexts.inspections.states import (
    INSPECTION,
    URGENT_RELEASE,
    Catalogue,
    InspectionOrigin,
    InspectionReason,
    InspectionState,
)
from zhiliu.kernel.command import Command
from zhiliu.platform.commands.http import (
    Act,
    Moment,
    SignedAct,
    act,
    answers,
    if_match,
    reader,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["inspections"])
router.add_router("", printing.router)
router.add_router("", urgent.router)
router.add_router("", plans.router)
router.add_router("", sampling.router)
router.add_router("", gauges.router)

INSPECTIONS = ListQuery(
    filters={
        "number": "number",
        "state": "state",
        "reason": "reason",
        "origin": "origin",
        "site_id": "site_id",
        "material_id": "material_id",
        "supplier_id": "supplier_id",
        "due_before": "due_at__lt",
    },
    search=(
        "number__icontains",
        "material__number__icontains",
        "material__name__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    search_parts=queries.of_lot,
    sorts=("id", "number", "opened_at", "due_at"),
    types={
        "state": InspectionState,
        "reason": InspectionReason,
        "origin": InspectionOrigin,
        "site_id": UUID,
        "material_id": UUID,
        "supplier_id": UUID,
        "due_before": Moment,
    },
)

QUALITY_CODES = ListQuery(
    filters={
        "catalogue": "catalogue",
        "code": "code",
        "severity_class": "severity_class",
        "is_active": "is_active",
    },
    search=("code__icontains", "name_en__icontains", "name_zh__icontains"),
    sorts=("code", "name_en"),
    types={"catalogue": Catalogue, "severity_class": SeverityClass, "is_active": bool},
)


class InspectionParameters(INSPECTIONS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the lot that the inspections shall cover."""

    lot_id: UUID | None = None


@router.get(
    "/inspections", response=answers(Page[s.InspectionOut]), operation_id="list_inspections"
)
def list_inspections(request: HttpRequest, query: Query[InspectionParameters]) -> Any:
    """Inspections, page by page."""
    rows = queries.list_inspections(reader(request, READ), query.lot_id)
    return page(request, rows, INSPECTIONS, query, s.InspectionOut)


@router.get(
    "/inspections/{inspection_id}",
    response=answers(s.InspectionDetailOut),
    operation_id="get_inspection",
)
def get_inspection(request: HttpRequest, inspection_id: UUID) -> Any:
    """An inspection with its lots, results, defects, and which verbs are refused now and why."""
    actor = reader(request, READ)
    inspection = queries.get_inspection(actor, inspection_id)
    lots = queries.list_lots(inspection_id)
    results = queries.list_results(inspection_id)
    sampled, samples = None, []
    if inspection.plan_version_id is not None:
        samples = queries.list_samples(inspection_id)
        sampled = SampledOut.whole(
            get_plan_content(inspection.plan_version_id),
            queries.get_draw(inspection_id),
            samples,
            queries.list_characteristics(inspection.plan_version_id),
            instructions_of(inspection.plan_version_id),
        )
    named = [
        (row.characteristic.code if row.characteristic else row.severity_class, facts)
        for row, facts in samples
    ]
    lot_size = sampled.lot_size if sampled else 0
    facts = queries.facts_of_lots(inspection, lots)
    overrides = is_override("not_accept", facts, [one for _, one in samples])
    return s.InspectionDetailOut.whole(
        inspection,
        lots,
        results,
        list_defects(r.pk for r in results),
        sampled,
        allowed_actions(
            request,
            INSPECTION,
            queries.allowed_actions(actor, inspection, lots, named, lot_size),
            steps={"request_urgent_release": (URGENT_RELEASE, "request")},
            facts={"not_accept": {"is_override": overrides}},
        ),
    )


@router.post(
    "/inspections", response=answers(s.InspectionStateOut, 201), operation_id="open_inspection"
)
def open_inspection(request: HttpRequest, body: s.InspectionIn) -> HttpResponse:
    """Open a re-inspection or retest of lots, with the reason that the body states."""
    return act(
        request,
        "inspections.open_inspection",
        body,
        lambda command, at: s.InspectionStateOut.of(
            operations.open_inspection(lot_ids=body.lot_ids, kind=body.kind, command=command, at=at)
        ),
        status=201,
    )


@router.post(
    "/inspections/{inspection_id}/result",
    response=answers(s.ResultRecordedOut),
    operation_id="record_result",
)
def record_result(request: HttpRequest, inspection_id: UUID, body: s.ResultIn) -> HttpResponse:
    """Record a counted result, of the whole or of a characteristic, or correct the one before."""

    def record(command: Command, at: datetime) -> s.ResultRecordedOut:
        call: Callable[..., Any] = (
            operations.record_result
            if body.characteristic is None
            else partial(operations.count_characteristic, characteristic=body.characteristic)
        )
        return s.ResultRecordedOut.of(
            call(
                inspection_id=inspection_id,
                inspected=body.inspected,
                nonconforming=body.nonconforming,
                defects=body.values(),
                command=command,
                at=at,
            )
        )

    return act(
        request,
        "inspections.record_result",
        body,
        record,
        path={"inspection_id": inspection_id},
    )


@router.post(
    "/inspections/{inspection_id}/accept",
    response=answers(s.VerdictOut),
    operation_id="accept_inspection",
)
def accept(request: HttpRequest, inspection_id: UUID, body: s.VerdictIn) -> HttpResponse:
    """Accept: release the lots; nonconforming units found in the sample are split off, blocked."""
    return act(
        request,
        "inspections.accept",
        body,
        lambda command, at: s.VerdictOut.of(
            operations.accept(
                inspection_id=inspection_id, parts=body.values(), command=command, at=at
            )
        ),
        path={"inspection_id": inspection_id},
    )


@router.post(
    "/inspections/{inspection_id}/not-accept",
    response=answers(s.VerdictOut),
    operation_id="not_accept_inspection",
)
def not_accept(request: HttpRequest, inspection_id: UUID, body: SignedAct) -> HttpResponse:
    """Do not accept: block the lots. Before a sample has reached Re it needs reason and secret."""
    return act(
        request,
        "inspections.not_accept",
        body,
        lambda command, at: s.VerdictOut.of(
            operations.not_accept(inspection_id=inspection_id, command=command, at=at)
        ),
        path={"inspection_id": inspection_id},
    )


@router.post(
    "/inspections/{inspection_id}/judge",
    response=answers(s.VerdictOut),
    operation_id="judge_inspection",
)
def judge(request: HttpRequest, inspection_id: UUID, body: s.VerdictIn) -> HttpResponse:
    """Every unit was inspected: split off and block the nonconforming ones, release the rest."""
    return act(
        request,
        "inspections.judge",
        body,
        lambda command, at: s.VerdictOut.of(
            operations.judge_units(
                inspection_id=inspection_id, parts=body.values(), command=command, at=at
            )
        ),
        path={"inspection_id": inspection_id},
    )


@router.post(
    "/inspections/{inspection_id}/cancel",
    response=answers(s.InspectionStateOut),
    operation_id="cancel_inspection",
)
def cancel(request: HttpRequest, inspection_id: UUID, body: Act) -> HttpResponse:
    """End an inspection without a verdict; the body states the reason."""
    return act(
        request,
        "inspections.cancel",
        body,
        lambda command, at: s.InspectionStateOut.of(
            operations.cancel(inspection_id=inspection_id, command=command, at=at)
        ),
        path={"inspection_id": inspection_id},
    )


@router.get(
    "/quality-codes", response=answers(Page[s.QualityCodeOut]), operation_id="list_quality_codes"
)
def list_quality_codes(request: HttpRequest, query: Query[QUALITY_CODES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Defects, causes and positions, page by page."""
    rows = queries.list_quality_codes(reader(request, READ))
    return page(request, rows, QUALITY_CODES, query, s.QualityCodeOut)


@router.get(
    "/quality-codes/{quality_code_id}",
    response=answers(s.QualityCodeOut),
    operation_id="get_quality_code",
)
def get_quality_code(request: HttpRequest, response: HttpResponse, quality_code_id: UUID) -> Any:
    """One quality code; its version is the ETag."""
    row = queries.get_quality_code(reader(request, READ), quality_code_id)
    response["ETag"] = f'"{row.version}"'
    return s.QualityCodeOut.of(row)


@router.post(
    "/quality-codes", response=answers(s.QualityCodeOut, 201), operation_id="add_quality_code"
)
def add_quality_code(request: HttpRequest, body: s.QualityCodeIn) -> HttpResponse:
    """Add a defect, a cause or a position."""
    return act(
        request,
        "inspections.add_quality_code",
        body,
        lambda command, at: s.QualityCodeOut.of(
            operations.add_quality_code(**s.stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch(
    "/quality-codes/{quality_code_id}",
    response=answers(s.QualityCodeOut),
    operation_id="change_quality_code",
)
def change_quality_code(
    request: HttpRequest, quality_code_id: UUID, body: s.QualityCodePatch
) -> HttpResponse:
    """Change a quality code: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "inspections.change_quality_code",
        body,
        lambda command, at: s.QualityCodeOut.of(
            operations.change_quality_code(
                quality_code_id=quality_code_id,
                expected_version=expected_version,
                changes=s.stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"quality_code_id": quality_code_id, "stated": sorted(body.model_fields_set)},
    )
