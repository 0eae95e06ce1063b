"""What the dock may expect: orders of which something is still to come."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from zhiliu.contexts.catalog.public import InspectionNeed, LotControl
from zhiliu.contexts.purchasing.models import Order
from zhiliu.contexts.purchasing.public import OrderState, of_material
from zhiliu.contexts.receiving import queries
from zhiliu.contexts.receiving.api.schemas import Shown
from zhiliu.platform.commands.http import AllowedAction, Schema, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["receiving"])


class ExpectedOrderOut(Schema):
    """An order of which something is still to come."""

    id: UUID
    number: str
    site_id: UUID
    site: str
    supplier_id: UUID
    supplier: str
    supplier_name: str
    order_date: date
    due_date: date
    open_lines: int

    @classmethod
    def of(cls, order: Any) -> "ExpectedOrderOut":
        return cls(**_order(order), due_date=order.due_date, open_lines=order.open_lines)


class ExpectedLineOut(Schema):
    """What of an order line may still come. `ordered` is in `unit`, `due` in `due_unit`;
    `open`, `room` (tolerance included) and `received` are in `stock_unit`, of which one ordered
    unit has `per_unit`."""

    order_line_id: UUID
    line: int
    material_id: UUID
    material: str
    material_name: str
    gtin: str
    supplier_item: str
    unit_id: UUID
    unit: str
    stock_unit_id: UUID
    stock_unit: str
    decimals: int
    per_unit: Shown
    ordered: Shown
    received: Shown
    open: Shown
    room: Shown
    due: Shown
    due_unit_id: UUID
    due_unit: str
    due_date: date | None
    lot_control: LotControl
    inspection: InspectionNeed
    profile: str
    shelf_life_days: int | None

    @classmethod
    def of(cls, expected: queries.ExpectedLine) -> "ExpectedLineOut":
        line, material = expected.line, expected.line.material
        return cls(
            order_line_id=line.pk,
            line=line.line,
            material_id=material.pk,
            material=material.number,
            material_name=material.name,
            gtin=material.gtin,
            supplier_item=expected.supplier_item,
            unit_id=line.unit_id,
            unit=line.unit.code,
            stock_unit_id=material.unit_id,
            stock_unit=material.unit.code,
            decimals=line.unit.decimals,
            per_unit=expected.per_unit,
            ordered=line.quantity,
            received=line.received - line.returned,
            open=expected.open_quantity,
            room=expected.room,
            due=expected.due,
            due_unit_id=expected.due_unit.pk,
            due_unit=expected.due_unit.code,
            due_date=line.due_date,
            lot_control=LotControl(material.profile.lot_control),
            inspection=InspectionNeed(material.profile.inspection),
            profile=material.profile.code,
            shelf_life_days=material.profile.shelf_life_days,
        )


class ExpectedOrderDetailOut(Schema):
    """An order with what may still come for it, line by line, and what may be done at the dock."""

    id: UUID
    number: str
    site_id: UUID
    site: str
    supplier_id: UUID
    supplier: str
    supplier_name: str
    order_date: date
    state: OrderState
    lines: list[ExpectedLineOut]
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls, expected: queries.ExpectedOrder, actions: list[AllowedAction]
    ) -> "ExpectedOrderDetailOut":
        return cls(
            **_order(expected.order),
            state=OrderState(expected.order.state),
            lines=[ExpectedLineOut.of(line) for line in expected.lines],
            allowed_actions=actions,
        )


def _order(order: Order) -> dict[str, Any]:
    return {
        "id": order.pk,
        "number": order.number,
        "site_id": order.site_id,
        "site": order.site.code,
        "supplier_id": order.supplier_id,
        "supplier": order.supplier.number,
        "supplier_name": order.supplier.name,
        "order_date": order.order_date,
    }


EXPECTED_ORDERS = ListQuery(
    filters={
        "number": "number",
        "site_id": "site_id",
        "supplier_id": "supplier_id",
        "due_to": "due_date__lte",
    },
    search=("number__icontains", "supplier__number__icontains", "supplier__name__icontains"),
    search_parts=of_material,
    sorts=("due_date", "number", "id"),
    types={"site_id": UUID, "supplier_id": UUID, "due_to": date},
)


@router.get(
    "/expected-orders",
    response=answers(Page[ExpectedOrderOut]),
    operation_id="list_expected_orders",
)
def list_expected_orders(request: HttpRequest, query: Query[EXPECTED_ORDERS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Placed orders of which something is still to come, the most urgent first."""
    rows = queries.list_expected_orders(reader(request, "receiving.read"))
    return page(request, rows, EXPECTED_ORDERS, query, ExpectedOrderOut)


@router.get(
    "/expected-orders/{order_id}",
    response=answers(ExpectedOrderDetailOut),
    operation_id="get_expected_order",
)
def get_expected_order(request: HttpRequest, order_id: UUID) -> Any:
    """What may still come for one order, with what a label must say to be one of its lines."""
    actor = reader(request, "receiving.read")
    expected = queries.get_expected_order(actor, order_id)
    actions = queries.order_actions(actor, expected.order)
    return ExpectedOrderDetailOut.whole(expected, allowed_actions(request, None, actions))
