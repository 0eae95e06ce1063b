"""Materials and their revisions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import (
    MaterialIn,
    MaterialOut,
    MaterialPatch,
    MaterialRevisionIn,
    MaterialRevisionOut,
    stated,
)
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router()

MATERIALS = ListQuery(
    filters={
        "number": "number",
        "gtin": "gtin",
        "group": "group",
        "unit_id": "unit_id",
        "profile_id": "profile_id",
        "is_active": "is_active",
    },
    search=("number__icontains", "name__icontains", "gtin__icontains"),
    sorts=("number", "name"),
    types={"unit_id": UUID, "profile_id": UUID, "is_active": bool},
)


@router.get("/materials", response=answers(Page[MaterialOut]), operation_id="list_materials")
def list_materials(request: HttpRequest, query: Query[MATERIALS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Materials, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_materials(actor), MATERIALS, query, MaterialOut)


@router.get("/materials/{material_id}", response=answers(MaterialOut), operation_id="get_material")
def get_material(request: HttpRequest, response: HttpResponse, material_id: UUID) -> Any:
    """One material; its version is the ETag."""
    rows = queries.list_materials(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "material", material_id)
    response["ETag"] = f'"{row.version}"'
    return MaterialOut.of(row)


@router.post("/materials", response=answers(MaterialOut, 201), operation_id="add_material")
def add_material(request: HttpRequest, body: MaterialIn) -> HttpResponse:
    """Add a material."""
    return act(
        request,
        "catalog.add_material",
        body,
        lambda command, at: MaterialOut.of(
            operations.add_material(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch(
    "/materials/{material_id}", response=answers(MaterialOut), operation_id="change_material"
)
def change_material(request: HttpRequest, material_id: UUID, body: MaterialPatch) -> HttpResponse:
    """Change a material: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.change_material",
        body,
        lambda command, at: MaterialOut.of(
            operations.change_material(
                material_id=material_id,
                expected_version=expected_version,
                changes=stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"material_id": material_id, "stated": sorted(body.model_fields_set)},
    )


REVISIONS = ListQuery(
    filters={"material_id": "material_id", "revision": "revision"},
    search=("material__number__icontains", "revision__icontains"),
    sorts=("id", "revision"),
    types={"material_id": UUID},
)


@router.get(
    "/material-revisions",
    response=answers(Page[MaterialRevisionOut]),
    operation_id="list_material_revisions",
)
def list_material_revisions(request: HttpRequest, query: Query[REVISIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Material revisions, page by page."""
    actor = reader(request, "catalog.read")
    return page(
        request, queries.list_material_revisions(actor), REVISIONS, query, MaterialRevisionOut
    )


@router.get(
    "/material-revisions/{revision_id}",
    response=answers(MaterialRevisionOut),
    operation_id="get_material_revision",
)
def get_material_revision(request: HttpRequest, response: HttpResponse, revision_id: UUID) -> Any:
    """One material revision; its version is the ETag."""
    rows = queries.list_material_revisions(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "material revision", revision_id)
    response["ETag"] = f'"{row.version}"'
    return MaterialRevisionOut.of(row)


@router.post(
    "/material-revisions",
    response=answers(MaterialRevisionOut, 201),
    operation_id="add_material_revision",
)
def add_material_revision(request: HttpRequest, body: MaterialRevisionIn) -> HttpResponse:
    """Add a material revision."""
    return act(
        request,
        "catalog.add_material_revision",
        body,
        lambda command, at: MaterialRevisionOut.of(
            operations.add_material_revision(**stated(body), command=command, at=at)
        ),
        status=201,
    )
