"""Specifications."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries, rules
from zhiliu.contexts.catalog.api.schemas import specifications as s
from zhiliu.contexts.catalog.states import SPECIFICATION, SpecificationState
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

router = Router()

SPECIFICATIONS = ListQuery(
    filters={
        "number": "number",
        "material_id": "material_id",
        "revision_id": "revision_id",
        "state": "state",
    },
    search=("number__icontains", "material__number__icontains", "material__name__icontains"),
    sorts=("id", "number", "valid_from"),
    types={"material_id": UUID, "revision_id": UUID, "state": SpecificationState},
)


class SpecificationParameters(SPECIFICATIONS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the instant at which the issues shall hold."""

    valid_at: Moment | None = None


@router.get(
    "/specifications",
    response=answers(Page[s.SpecificationOut]),
    operation_id="list_specifications",
)
def list_specifications(request: HttpRequest, query: Query[SpecificationParameters]) -> Any:
    """Issues of specifications, page by page; with valid_at only those that hold then."""
    valid_at: datetime | None = query.valid_at
    rows = queries.list_specifications(reader(request, "catalog.read"), valid_at)
    return page(request, rows, SPECIFICATIONS, query, s.SpecificationOut)


@router.get(
    "/specifications/{specification_id}",
    response=answers(s.SpecificationDetailOut),
    operation_id="get_specification",
)
def get_specification(request: HttpRequest, response: HttpResponse, specification_id: UUID) -> Any:
    """One issue with its characteristics, and what keeps a draft from holding."""
    actor = reader(request, "catalog.read")
    rows = queries.list_specifications(actor)
    row = queries.get_visible(rows, "specification", specification_id)
    lines = queries.characteristics_of(row)
    is_draft = row.state == SpecificationState.DRAFT
    response["ETag"] = f'"{row.version}"'
    return s.SpecificationDetailOut.whole(
        row,
        lines,
        rules.check_specification(lines) if is_draft else [],
        allowed_actions(request, SPECIFICATION, queries.specification_actions(actor, row)),
        language_of(request),
    )


@router.post(
    "/specifications", response=answers(s.SpecificationOut, 201), operation_id="add_specification"
)
def add_specification(request: HttpRequest, body: s.SpecificationIn) -> HttpResponse:
    """Draft a specification, or the next issue of one as a copy of the last."""
    return act(
        request,
        "catalog.add_specification",
        body,
        lambda command, at: s.SpecificationOut.of(
            operations.add_specification(
                material_id=body.material_id,
                revision_id=body.revision_id,
                number=body.number,
                note=body.note,
                characteristics=body.values(),
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.patch(
    "/specifications/{specification_id}",
    response=answers(s.SpecificationOut),
    operation_id="change_specification",
)
def change_specification(
    request: HttpRequest, specification_id: UUID, body: s.SpecificationPatch
) -> HttpResponse:
    """Change a draft: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.change_specification",
        body,
        lambda command, at: s.SpecificationOut.of(
            operations.change_specification(
                specification_id=specification_id,
                expected_version=expected_version,
                changes=body.changes(),
                command=command,
                at=at,
            )
        ),
        path={"specification_id": specification_id, "stated": sorted(body.model_fields_set)},
    )


@router.post(
    "/specifications/{specification_id}/approve",
    response=answers(s.SpecificationOut),
    operation_id="approve_specification",
    openapi_extra=ON_VERSION,
)
def approve_specification(
    request: HttpRequest, specification_id: UUID, body: s.ApprovalIn
) -> HttpResponse:
    """Approve the draft that If-Match names: it holds from then on and ends the issue before."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.approve_specification",
        body,
        lambda command, at: s.SpecificationOut.of(
            operations.approve_specification(
                specification_id=specification_id,
                expected_version=expected_version,
                valid_from=body.valid_from,
                command=command,
                at=at,
            )
        ),
        path={"specification_id": specification_id},
    )


@router.post(
    "/specifications/{specification_id}/end",
    response=answers(s.SpecificationOut),
    operation_id="end_specification",
    openapi_extra=ON_VERSION,
)
def end_specification(request: HttpRequest, specification_id: UUID, body: s.EndIn) -> HttpResponse:
    """End the valid issue that If-Match names, with nothing after it."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.end_specification",
        body,
        lambda command, at: s.SpecificationOut.of(
            operations.end_specification(
                specification_id=specification_id,
                expected_version=expected_version,
                valid_to=body.valid_to,
                command=command,
                at=at,
            )
        ),
        path={"specification_id": specification_id},
    )
