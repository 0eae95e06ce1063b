"""Control profiles."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import (
    ControlProfileIn,
    ControlProfileOut,
    ControlProfilePatch,
    stated,
)
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router()

PROFILES = ListQuery(
    filters={"code": "code", "lot_control": "lot_control", "inspection": "inspection"},
    search=("code__icontains", "name__icontains"),
    sorts=("code", "name"),
    types={"lot_control": LotControl, "inspection": InspectionNeed},
)


@router.get(
    "/control-profiles",
    response=answers(Page[ControlProfileOut]),
    operation_id="list_control_profiles",
)
def list_control_profiles(request: HttpRequest, query: Query[PROFILES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Control profiles, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_control_profiles(actor), PROFILES, query, ControlProfileOut)


@router.get(
    "/control-profiles/{profile_id}",
    response=answers(ControlProfileOut),
    operation_id="get_control_profile",
)
def get_control_profile(request: HttpRequest, response: HttpResponse, profile_id: UUID) -> Any:
    """One control profile; its version is the ETag."""
    rows = queries.list_control_profiles(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "control profile", profile_id)
    response["ETag"] = f'"{row.version}"'
    return ControlProfileOut.of(row)


@router.post(
    "/control-profiles",
    response=answers(ControlProfileOut, 201),
    operation_id="add_control_profile",
)
def add_control_profile(request: HttpRequest, body: ControlProfileIn) -> HttpResponse:
    """Add a control profile."""
    return act(
        request,
        "catalog.add_control_profile",
        body,
        lambda command, at: ControlProfileOut.of(
            operations.add_control_profile(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch(
    "/control-profiles/{profile_id}",
    response=answers(ControlProfileOut),
    operation_id="change_control_profile",
)
def change_control_profile(
    request: HttpRequest, profile_id: UUID, body: ControlProfilePatch
) -> HttpResponse:
    """Change a control profile: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.change_control_profile",
        body,
        lambda command, at: ControlProfileOut.of(
            operations.change_control_profile(
                profile_id=profile_id,
                expected_version=expected_version,
                changes=stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"profile_id": profile_id, "stated": sorted(body.model_fields_set)},
    )
