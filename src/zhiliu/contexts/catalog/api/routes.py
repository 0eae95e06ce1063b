"""Endpoints of the catalogue."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import MaterialIn, MaterialOut
from zhiliu.contexts.catalog.models import Material
from zhiliu.platform.commands.http import act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["catalog"])

MATERIALS = ListQuery(
    filters={"number": "number", "group": "group", "is_active": "is_active"},
    search=("number__icontains", "name__icontains"),
    sorts=("number", "name"),
)


@router.get("/materials", response=answers(Page[MaterialOut]), operation_id="list_materials")
def list_materials(request: HttpRequest, query: Query[MATERIALS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Materials, page by page."""
    actor = reader(request, "catalog.read")
    rows: QuerySet[Material] = queries.list_materials(actor)
    return page(request, rows, MATERIALS, query, MaterialOut)


@router.post("/materials", response=answers(MaterialOut, 201), operation_id="add_material")
def add_material(request: HttpRequest, body: MaterialIn) -> HttpResponse:
    """Add a material."""
    return act(
        request,
        "catalog.add_material",
        body,
        lambda command, at: MaterialOut.of(
            operations.add_material(
                number=body.number,
                name=body.name,
                unit_id=body.unit_id,
                profile_id=body.profile_id,
                group=body.group,
                command=command,
                at=at,
            )
        ),
        status=201,
    )
