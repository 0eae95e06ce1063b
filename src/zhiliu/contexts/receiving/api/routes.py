"""Endpoints of receiving."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.receiving import operations, queries
from zhiliu.contexts.receiving.api import expected
from zhiliu.contexts.receiving.api.schemas import (
    ArrivalDetailOut,
    ArrivalIn,
    ArrivalOut,
    GateRefusalIn,
    GateRefusalOut,
    SupplierReturnDetailOut,
    SupplierReturnIn,
    SupplierReturnOut,
)
from zhiliu.platform.attachments.http import AttachmentOut, PrintIn
from zhiliu.platform.commands.http import act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["receiving"])
router.add_router("", expected.router)

PLACES = {
    "number": "number",
    "company_id": "company_id",
    "site_id": "site_id",
    "supplier_id": "supplier_id",
}
TYPES = {"company_id": UUID, "site_id": UUID, "supplier_id": UUID}

ARRIVALS = ListQuery(
    filters={
        **PLACES,
        "order_id": "order_id",
        "delivery_note": "delivery_note",
        "arrived_from": "arrived_at__gte",
        "arrived_before": "arrived_at__lt",
    },
    search=(
        "number__icontains",
        "delivery_note__icontains",
        "order__number__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    sorts=("id", "number", "arrived_at"),
    types={**TYPES, "order_id": UUID, "arrived_from": datetime, "arrived_before": datetime},
)
GATE_REFUSALS = ListQuery(
    filters={**PLACES, "order_id": "order_id", "material_id": "material_id"},
    search=("number__icontains", "description__icontains", "reason__icontains"),
    sorts=("id", "number", "occurred_at"),
    types={**TYPES, "order_id": UUID, "material_id": UUID},
)
SUPPLIER_RETURNS = ListQuery(
    filters=PLACES,
    search=(
        "number__icontains",
        "reason__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    sorts=("id", "number", "returned_at"),
    types=TYPES,
)


@router.get("/arrivals", response=answers(Page[ArrivalOut]), operation_id="list_arrivals")
def list_arrivals(request: HttpRequest, query: Query[ARRIVALS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Arrivals, page by page."""
    actor = reader(request, "receiving.read")
    return page(request, queries.list_arrivals(actor), ARRIVALS, query, ArrivalOut)


@router.get(
    "/arrivals/{arrival_id}", response=answers(ArrivalDetailOut), operation_id="get_arrival"
)
def get_arrival(request: HttpRequest, response: HttpResponse, arrival_id: UUID) -> Any:
    """One arrival with its lots; its version is the ETag."""
    view = queries.get_arrival_view(reader(request, "receiving.read"), arrival_id)
    response["ETag"] = f'"{view.arrival.version}"'
    return ArrivalDetailOut.view(view)


@router.post("/arrivals", response=answers(ArrivalDetailOut, 201), operation_id="receive_goods")
def receive_goods(request: HttpRequest, body: ArrivalIn) -> HttpResponse:
    """Book a delivery in; every lot waits for inspection."""
    return act(
        request,
        "receiving.receive_goods",
        body,
        lambda command, at: ArrivalDetailOut.received(
            operations.receive_goods(
                place_id=body.place_id,
                lines=body.given(),
                order_id=body.order_id,
                supplier_id=body.supplier_id,
                delivery_note=body.delivery_note,
                carrier_id=body.carrier_id,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.get(
    "/gate-refusals", response=answers(Page[GateRefusalOut]), operation_id="list_gate_refusals"
)
def list_gate_refusals(request: HttpRequest, query: Query[GATE_REFUSALS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Refusals at the gate, page by page."""
    actor = reader(request, "receiving.read")
    return page(request, queries.list_gate_refusals(actor), GATE_REFUSALS, query, GateRefusalOut)


@router.get(
    "/gate-refusals/{refusal_id}",
    response=answers(GateRefusalOut),
    operation_id="get_gate_refusal",
)
def get_gate_refusal(request: HttpRequest, refusal_id: UUID) -> Any:
    """One refusal at the gate; it never changes."""
    actor = reader(request, "receiving.read")
    return GateRefusalOut.of(queries.get_visible_gate_refusal(actor, refusal_id))


@router.post("/gate-refusals", response=answers(GateRefusalOut, 201), operation_id="refuse_at_gate")
def refuse_at_gate(request: HttpRequest, body: GateRefusalIn) -> HttpResponse:
    """Record goods that were turned away at the gate; no stock."""
    values = body.model_dump(exclude={"occurred_at", "reason"})
    return act(
        request,
        "receiving.refuse_at_gate",
        body,
        lambda command, at: GateRefusalOut.of(
            operations.refuse_at_gate(**values, command=command, at=at)
        ),
        status=201,
    )


@router.get(
    "/supplier-returns",
    response=answers(Page[SupplierReturnOut]),
    operation_id="list_supplier_returns",
)
def list_supplier_returns(
    request: HttpRequest,
    query: Query[SUPPLIER_RETURNS.Parameters],  # type: ignore[name-defined]
) -> Any:
    """Supplier returns, page by page."""
    actor = reader(request, "receiving.read")
    rows = queries.list_supplier_returns(actor)
    return page(request, rows, SUPPLIER_RETURNS, query, SupplierReturnOut)


@router.get(
    "/supplier-returns/{return_id}",
    response=answers(SupplierReturnDetailOut),
    operation_id="get_supplier_return",
)
def get_supplier_return(request: HttpRequest, response: HttpResponse, return_id: UUID) -> Any:
    """One supplier return with its lines; its version is the ETag."""
    view = queries.get_supplier_return_view(reader(request, "receiving.read"), return_id)
    response["ETag"] = f'"{view.supplier_return.version}"'
    return SupplierReturnDetailOut.view(view)


@router.post(
    "/supplier-returns",
    response=answers(SupplierReturnDetailOut, 201),
    operation_id="return_goods",
)
def return_goods(request: HttpRequest, body: SupplierReturnIn) -> HttpResponse:
    """Send goods back to their supplier."""
    return act(
        request,
        "receiving.return_goods",
        body,
        lambda command, at: SupplierReturnDetailOut.returned(
            operations.return_goods(lines=body.given(), command=command, at=at)
        ),
        status=201,
    )


@router.post(
    "/supplier-returns/{return_id}/note",
    response=answers(AttachmentOut),
    operation_id="print_return_note",
)
def print_return_note(request: HttpRequest, return_id: UUID, body: PrintIn) -> HttpResponse:
    """The note that goes with a supplier return as a stored PDF, made at the first request."""
    return act(
        request,
        "receiving.print_return_note",
        body,
        lambda command, at: AttachmentOut.of(
            operations.print_return_note(
                return_id=return_id, language=body.language, command=command, at=at
            )
        ),
        path={"return_id": return_id},
    )
