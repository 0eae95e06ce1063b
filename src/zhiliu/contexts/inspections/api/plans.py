"""Endpoints of inspection plans."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.api import plan_schemas as s
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.queries import plans as queries
from zhiliu.contexts.inspections.states import PLAN_VERSION, PlanState, Stage
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.http import (
    ON_VERSION,
    Moment,
    act,
    answers,
    if_match,
    language_of,
    reader,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["inspections"])

PLANS = ListQuery(
    filters={
        "number": "number",
        "stage": "stage",
        "material_id": "material_id",
        "material_group": "material_group",
        "supplier_id": "supplier_id",
    },
    search=("number__icontains", "name__icontains", "material__number__icontains"),
    sorts=("number", "name"),
    types={"stage": Stage, "material_id": UUID, "supplier_id": UUID},
)
VERSIONS = ListQuery(
    filters={
        "plan_id": "plan_id",
        "state": "state",
        "material_id": "plan__material_id",
        "material_group": "plan__material_group",
        "supplier_id": "plan__supplier_id",
        "specification_id": "specification_id",
    },
    search=("plan__number__icontains", "plan__name__icontains"),
    sorts=("id", "valid_from", "version_no"),
    types={
        "plan_id": UUID,
        "state": PlanState,
        "material_id": UUID,
        "supplier_id": UUID,
        "specification_id": UUID,
    },
)


class VersionParameters(VERSIONS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the instant at which the versions shall hold."""

    valid_at: Moment | None = None


@router.get(
    "/inspection-plans", response=answers(Page[s.PlanOut]), operation_id="list_inspection_plans"
)
def list_plans(request: HttpRequest, query: Query[PLANS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Inspection plans, page by page."""
    return page(request, queries.list_plans(reader(request, READ)), PLANS, query, s.PlanOut)


@router.get(
    "/inspection-plans/{plan_id}",
    response=answers(s.PlanDetailOut),
    operation_id="get_inspection_plan",
)
def get_plan(request: HttpRequest, plan_id: UUID) -> Any:
    """One inspection plan with its versions."""
    plan = queries.get_plan(reader(request, READ), plan_id)
    return s.PlanDetailOut.whole(plan, list(queries.versions_of(plan)))


@router.post(
    "/inspection-plans", response=answers(s.PlanVersionOut, 201), operation_id="add_inspection_plan"
)
def add_plan(request: HttpRequest, body: s.PlanIn) -> HttpResponse:
    """Add an inspection plan with the draft of its first version, which is the answer."""
    return act(
        request,
        "inspections.add_plan",
        body,
        lambda command, at: s.PlanVersionOut.of(
            operations.add_plan(
                material_id=body.material_id,
                material_group=body.material_group,
                supplier_id=body.supplier_id,
                stage=body.stage,
                number=body.number,
                name=body.name,
                changes=body.changes(),
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.post(
    "/inspection-plans/{plan_id}/versions",
    response=answers(s.PlanVersionOut, 201),
    operation_id="add_plan_version",
)
def add_plan_version(request: HttpRequest, plan_id: UUID, body: s.PlanVersionIn) -> HttpResponse:
    """Draft the next version of a plan: a copy of the last one, with what the body states."""
    return act(
        request,
        "inspections.add_plan_version",
        body,
        lambda command, at: s.PlanVersionOut.of(
            operations.add_plan_version(
                plan_id=plan_id, changes=body.changes(), command=command, at=at
            )
        ),
        status=201,
        path={"plan_id": plan_id, "stated": sorted(body.model_fields_set)},
    )


@router.get(
    "/plan-versions", response=answers(Page[s.PlanVersionOut]), operation_id="list_plan_versions"
)
def list_plan_versions(request: HttpRequest, query: Query[VersionParameters]) -> Any:
    """Versions of inspection plans, page by page; with valid_at only those that hold then."""
    valid_at: datetime | None = query.valid_at
    rows = queries.list_plan_versions(reader(request, READ), valid_at)
    return page(request, rows, VERSIONS, query, s.PlanVersionOut)


@router.get(
    "/plan-versions/{version_id}",
    response=answers(s.PlanVersionDetailOut),
    operation_id="get_plan_version",
)
def get_plan_version(request: HttpRequest, response: HttpResponse, version_id: UUID) -> Any:
    """A version with what it inspects, and what would keep a draft from holding from now on."""
    actor = reader(request, READ)
    row = queries.get_plan_version(actor, version_id)
    is_draft = row.state == PlanState.DRAFT
    response["ETag"] = f'"{row.version}"'
    return s.PlanVersionDetailOut.whole(
        row,
        queries.content_of(row),
        queries.problems_of(row, server_time()) if is_draft else [],
        allowed_actions(request, PLAN_VERSION, queries.plan_actions(actor, row)),
        language_of(request),
    )


@router.patch(
    "/plan-versions/{version_id}",
    response=answers(s.PlanVersionOut),
    operation_id="change_plan_version",
)
def change_plan_version(
    request: HttpRequest, version_id: UUID, body: s.PlanVersionPatch
) -> HttpResponse:
    """Change a draft: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "inspections.change_plan_version",
        body,
        lambda command, at: s.PlanVersionOut.of(
            operations.change_plan_version(
                version_id=version_id,
                expected_version=expected_version,
                changes=body.changes(),
                command=command,
                at=at,
            )
        ),
        path={"version_id": version_id, "stated": sorted(body.model_fields_set)},
    )


@router.post(
    "/plan-versions/{version_id}/approve",
    response=answers(s.PlanVersionOut),
    operation_id="approve_plan_version",
    openapi_extra=ON_VERSION,
)
def approve_plan_version(
    request: HttpRequest, version_id: UUID, body: s.PlanApprovalIn
) -> HttpResponse:
    """Approve the draft that If-Match names: it holds from then on and ends the one before."""
    expected_version = if_match(request)
    return act(
        request,
        "inspections.approve_plan_version",
        body,
        lambda command, at: s.PlanVersionOut.of(
            operations.approve_plan_version(
                version_id=version_id,
                expected_version=expected_version,
                valid_from=body.valid_from,
                command=command,
                at=at,
            )
        ),
        path={"version_id": version_id},
    )


@router.post(
    "/plan-versions/{version_id}/end",
    response=answers(s.PlanVersionOut),
    operation_id="end_plan_version",
    openapi_extra=ON_VERSION,
)
def end_plan_version(request: HttpRequest, version_id: UUID, body: s.PlanEndIn) -> HttpResponse:
    """End the valid version that If-Match names, with nothing after it."""
    expected_version = if_match(request)
    return act(
        request,
        "inspections.end_plan_version",
        body,
        lambda command, at: s.PlanVersionOut.of(
            operations.end_plan_version(
                version_id=version_id,
                expected_version=expected_version,
                valid_to=body.valid_to,
                command=command,
                at=at,
            )
        ),
        path={"version_id": version_id},
    )
