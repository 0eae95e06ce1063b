"""Units and unit conversions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import (
    UnitConversionIn,
    UnitConversionOut,
    UnitConversionPatch,
    UnitIn,
    UnitOut,
    stated,
)
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router()

UNITS = ListQuery(
    filters={"code": "code"},
    search=("code__icontains", "name_en__icontains", "name_zh__icontains"),
    sorts=("code",),
)


@router.get("/units", response=answers(Page[UnitOut]), operation_id="list_units")
def list_units(request: HttpRequest, query: Query[UNITS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Units, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_units(actor), UNITS, query, UnitOut)


@router.get("/units/{unit_id}", response=answers(UnitOut), operation_id="get_unit")
def get_unit(request: HttpRequest, response: HttpResponse, unit_id: UUID) -> Any:
    """One unit; its version is the ETag."""
    rows = queries.list_units(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "unit", unit_id)
    response["ETag"] = f'"{row.version}"'
    return UnitOut.of(row)


@router.post("/units", response=answers(UnitOut, 201), operation_id="add_unit")
def add_unit(request: HttpRequest, body: UnitIn) -> HttpResponse:
    """Add a unit."""
    return act(
        request,
        "catalog.add_unit",
        body,
        lambda command, at: UnitOut.of(operations.add_unit(**stated(body), command=command, at=at)),
        status=201,
    )


CONVERSIONS = ListQuery(
    filters={
        "material_id": "material_id",
        "from_unit_id": "from_unit_id",
        "to_unit_id": "to_unit_id",
    },
    search=("material__number__icontains", "from_unit__code__icontains"),
    types={"material_id": UUID, "from_unit_id": UUID, "to_unit_id": UUID},
)


@router.get(
    "/unit-conversions",
    response=answers(Page[UnitConversionOut]),
    operation_id="list_unit_conversions",
)
def list_unit_conversions(request: HttpRequest, query: Query[CONVERSIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Unit conversions, page by page."""
    actor = reader(request, "catalog.read")
    return page(
        request, queries.list_unit_conversions(actor), CONVERSIONS, query, UnitConversionOut
    )


@router.get(
    "/unit-conversions/{conversion_id}",
    response=answers(UnitConversionOut),
    operation_id="get_unit_conversion",
)
def get_unit_conversion(request: HttpRequest, response: HttpResponse, conversion_id: UUID) -> Any:
    """One unit conversion; its version is the ETag."""
    rows = queries.list_unit_conversions(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "unit conversion", conversion_id)
    response["ETag"] = f'"{row.version}"'
    return UnitConversionOut.of(row)


@router.post(
    "/unit-conversions",
    response=answers(UnitConversionOut, 201),
    operation_id="add_unit_conversion",
)
def add_unit_conversion(request: HttpRequest, body: UnitConversionIn) -> HttpResponse:
    """Add a unit conversion."""
    return act(
        request,
        "catalog.add_unit_conversion",
        body,
        lambda command, at: UnitConversionOut.of(
            operations.add_unit_conversion(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch(
    "/unit-conversions/{conversion_id}",
    response=answers(UnitConversionOut),
    operation_id="change_unit_conversion",
)
def change_unit_conversion(
    request: HttpRequest, conversion_id: UUID, body: UnitConversionPatch
) -> HttpResponse:
    """Correct a unit conversion; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.change_unit_conversion",
        body,
        lambda command, at: UnitConversionOut.of(
            operations.change_unit_conversion(
                conversion_id=conversion_id,
                expected_version=expected_version,
                **stated(body),
                command=command,
                at=at,
            )
        ),
        path={"conversion_id": conversion_id},
    )
