"""Endpoints of purchasing."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.purchasing import operations
from zhiliu.contexts.purchasing.api.schemas import (
    OrderAct,
    OrderDetailOut,
    OrderIn,
    OrderOut,
    OrderWithLinesOut,
    SupplierTermsIn,
    SupplierTermsOut,
)
from zhiliu.contexts.purchasing.queries import orders as queries
from zhiliu.contexts.purchasing.states import ORDER, OrderState
from zhiliu.platform.commands.http import act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["purchasing"])

ORDERS = ListQuery(
    filters={
        "number": "number",
        "company_id": "company_id",
        "site_id": "site_id",
        "supplier_id": "supplier_id",
        "state": "state",
        "buyer_id": "buyer_id",
        "ordered_from": "order_date__gte",
        "ordered_to": "order_date__lte",
    },
    search=(
        "number__icontains",
        "reference__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    search_parts=queries.of_material,
    sorts=("id", "number", "order_date"),
    types={
        "company_id": UUID,
        "site_id": UUID,
        "supplier_id": UUID,
        "state": OrderState,
        "buyer_id": UUID,
        "ordered_from": date,
        "ordered_to": date,
    },
)

TERMS = ListQuery(
    filters={"supplier_id": "supplier_id", "material_id": "material_id"},
    search=(
        "supplier__number__icontains",
        "supplier__name__icontains",
        "material__number__icontains",
        "material__name__icontains",
        "supplier_item__icontains",
    ),
    sorts=("id", "lead_time_days"),
    types={"supplier_id": UUID, "material_id": UUID},
)


@router.get("/orders", response=answers(Page[OrderOut]), operation_id="list_orders")
def list_orders(request: HttpRequest, query: Query[ORDERS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Purchase orders, page by page."""
    actor = reader(request, "purchasing.read")
    return page(request, queries.list_orders(actor), ORDERS, query, OrderOut)


@router.get("/orders/{order_id}", response=answers(OrderDetailOut), operation_id="get_order")
def get_order(request: HttpRequest, response: HttpResponse, order_id: UUID) -> Any:
    """One order with its lines: ordered, received, open, complete; its version is the ETag."""
    actor = reader(request, "purchasing.read")
    view = queries.get_order_view(actor, order_id)
    response["ETag"] = f'"{view.order.version}"'
    actions = allowed_actions(request, ORDER, queries.order_actions(actor, view))
    return OrderDetailOut.whole(view, actions)


@router.post("/orders", response=answers(OrderWithLinesOut, 201), operation_id="create_order")
def create_order(request: HttpRequest, body: OrderIn) -> HttpResponse:
    """Write an order; with `confirm` it is placed with the supplier in the same act."""
    return act(
        request,
        "purchasing.create_order",
        body,
        lambda command, at: OrderWithLinesOut.view(
            operations.create_order(
                site_id=body.site_id,
                supplier_id=body.supplier_id,
                lines=body.asked(),
                currency=body.currency,
                order_date=body.order_date,
                reference=body.reference,
                confirm=body.confirm,
                command=command,
                at=at,
            ).view
        ),
        status=201,
    )


def _act_on_order(
    request: HttpRequest,
    verb: str,
    order_id: UUID,
    body: OrderAct,
    operation: Callable[..., operations.LockedOrder],
) -> HttpResponse:
    return act(
        request,
        f"purchasing.{verb}",
        body,
        lambda command, at: OrderWithLinesOut.view(
            operation(order_id=order_id, command=command, at=at).view
        ),
        path={"order_id": order_id},
    )


@router.post(
    "/orders/{order_id}/confirm", response=answers(OrderWithLinesOut), operation_id="confirm_order"
)
def confirm_order(request: HttpRequest, order_id: UUID, body: OrderAct) -> HttpResponse:
    """Place a draft order with its supplier."""
    return _act_on_order(request, "confirm_order", order_id, body, operations.confirm_order)


@router.post(
    "/orders/{order_id}/cancel", response=answers(OrderWithLinesOut), operation_id="cancel_order"
)
def cancel_order(request: HttpRequest, order_id: UUID, body: OrderAct) -> HttpResponse:
    """Call off an order for which nothing was received."""
    return _act_on_order(request, "cancel_order", order_id, body, operations.cancel_order)


@router.post(
    "/orders/{order_id}/close", response=answers(OrderWithLinesOut), operation_id="close_order"
)
def close_order(request: HttpRequest, order_id: UUID, body: OrderAct) -> HttpResponse:
    """Expect nothing more for an order."""
    return _act_on_order(request, "close_order", order_id, body, operations.close_order)


@router.get(
    "/supplier-terms",
    response=answers(Page[SupplierTermsOut]),
    operation_id="list_supplier_terms",
)
def list_supplier_terms(request: HttpRequest, query: Query[TERMS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Suppliers' terms, page by page."""
    actor = reader(request, "purchasing.read")
    return page(request, queries.list_supplier_terms(actor), TERMS, query, SupplierTermsOut)


@router.get(
    "/supplier-terms/{terms_id}",
    response=answers(SupplierTermsOut),
    operation_id="get_supplier_terms",
)
def get_supplier_terms(request: HttpRequest, response: HttpResponse, terms_id: UUID) -> Any:
    """The terms of one supplier for one material; their version is the ETag."""
    terms = queries.get_visible_terms(reader(request, "purchasing.read"), terms_id)
    response["ETag"] = f'"{terms.version}"'
    return SupplierTermsOut.of(terms)


@router.post(
    "/supplier-terms", response=answers(SupplierTermsOut, 201), operation_id="set_supplier_terms"
)
def set_supplier_terms(request: HttpRequest, body: SupplierTermsIn) -> HttpResponse:
    """Set the terms of a supplier for a material, the first time or anew."""
    values = body.model_dump(exclude={"occurred_at", "reason"})
    return act(
        request,
        "purchasing.set_supplier_terms",
        body,
        lambda command, at: SupplierTermsOut.of(
            operations.set_supplier_terms(**values, command=command, at=at)
        ),
        status=201,
    )
