"""Lines of bills of material."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import BillLineIn, BillLineOut, BillLinePatch, stated
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router()

BILL_LINES = ListQuery(
    filters={
        "assembly_id": "assembly_id",
        "component_id": "component_id",
        "valid_from_on_or_after": "valid_from__gte",
    },
    search=("assembly__number__icontains", "component__number__icontains"),
    sorts=("id", "valid_from"),
    types={"assembly_id": UUID, "component_id": UUID, "valid_from_on_or_after": date},
)


@router.get("/bill-lines", response=answers(Page[BillLineOut]), operation_id="list_bill_lines")
def list_bill_lines(request: HttpRequest, query: Query[BILL_LINES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Lines of bills of material, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_bill_lines(actor), BILL_LINES, query, BillLineOut)


@router.get("/bill-lines/{line_id}", response=answers(BillLineOut), operation_id="get_bill_line")
def get_bill_line(request: HttpRequest, response: HttpResponse, line_id: UUID) -> Any:
    """One bill line; its version is the ETag."""
    rows = queries.list_bill_lines(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "bill line", line_id)
    response["ETag"] = f'"{row.version}"'
    return BillLineOut.of(row)


@router.post("/bill-lines", response=answers(BillLineOut, 201), operation_id="add_bill_line")
def add_bill_line(request: HttpRequest, body: BillLineIn) -> HttpResponse:
    """Add a component to a bill of material."""
    return act(
        request,
        "catalog.add_bill_line",
        body,
        lambda command, at: BillLineOut.of(
            operations.add_bill_line(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch("/bill-lines/{line_id}", response=answers(BillLineOut), operation_id="end_bill_line")
def end_bill_line(request: HttpRequest, line_id: UUID, body: BillLinePatch) -> HttpResponse:
    """Set or take away the end of a line; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "catalog.end_bill_line",
        body,
        lambda command, at: BillLineOut.of(
            operations.end_bill_line(
                line_id=line_id,
                expected_version=expected_version,
                valid_to=body.valid_to,
                command=command,
                at=at,
            )
        ),
        path={"line_id": line_id},
    )
