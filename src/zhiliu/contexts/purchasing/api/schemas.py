"""What goes over the wire for purchasing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.purchasing.models import Order, SupplierTerms
from zhiliu.contexts.purchasing.operations import LineIn
from zhiliu.contexts.purchasing.queries.orders import LineView, OrderView
from zhiliu.contexts.purchasing.states import OrderState
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act, AllowedAction, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Currency = Annotated[Line, Field(max_length=3, description="ISO 4217, such as CNY")]


class OrderLineIn(Schema):
    """One line to order; unit, price and due date left out come from the supplier's terms."""

    material_id: UUID
    quantity: Amount
    unit_id: UUID | None = None
    price: Amount | None = None
    due_date: Day | None = None
    revision_id: UUID | None = None


class OrderIn(Act):
    """A new order; with `confirm` it is placed with the supplier at once."""

    site_id: UUID
    supplier_id: UUID
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=1000)]
    currency: Currency | None = None
    order_date: Day | None = None
    reference: Annotated[Line, Field(max_length=100)] = ""
    confirm: bool = False

    def asked(self) -> list[LineIn]:
        """The lines as the operation takes them."""
        return [LineIn(**line.model_dump()) for line in self.lines]


class OrderAct(Act):
    """An act on an order: when and why."""


class OrderLineOut(Schema):
    """A line of an order. `quantity` and `price` are in and per `unit`; the other quantities are in
    `stock_unit`."""

    id: UUID
    line: int
    material_id: UUID
    material: str
    material_name: str
    revision_id: UUID | None
    quantity: Shown
    unit_id: UUID
    unit: str
    stock_quantity: Shown
    rounding_difference: Shown
    stock_unit: str
    price: Shown
    due_date: date | None
    received: Shown
    returned: Shown
    open: Shown
    is_complete: bool

    @classmethod
    def of(cls, view: LineView) -> "OrderLineOut":
        line = view.line
        return cls(
            id=line.pk,
            line=line.line,
            material_id=line.material_id,
            material=view.material,
            material_name=view.material_name,
            revision_id=line.revision_id,
            quantity=line.quantity,
            unit_id=line.unit_id,
            unit=view.unit,
            stock_quantity=line.stock_quantity,
            rounding_difference=line.rounding_difference,
            stock_unit=view.stock_unit,
            price=line.price,
            due_date=line.due_date,
            received=line.received,
            returned=line.returned,
            open=view.open_quantity,
            is_complete=view.is_complete,
        )


class OrderOut(Schema):
    """An order without its lines."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    supplier_id: UUID
    supplier: str
    supplier_name: str
    state: OrderState
    currency: str
    order_date: date
    reference: str
    buyer_id: UUID
    confirmed_at: datetime | None
    confirmed_by: UUID | None
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str

    @classmethod
    def of(cls, order: Order) -> "OrderOut":
        return cls(**_header(order, order.supplier.number, order.supplier.name))


class OrderWithLinesOut(OrderOut):
    """An order with its lines."""

    lines: list[OrderLineOut]

    @classmethod
    def view(cls, view: OrderView) -> "OrderWithLinesOut":
        return cls(**_whole(view))


class OrderDetailOut(OrderWithLinesOut):
    """An order with its lines and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, view: OrderView, actions: list[AllowedAction]) -> "OrderDetailOut":
        """Everything about one order."""
        return cls(**_whole(view), allowed_actions=actions)


def _whole(view: OrderView) -> dict[str, Any]:
    lines = [OrderLineOut.of(line) for line in view.lines]
    return {**_header(view.order, view.supplier, view.supplier_name), "lines": lines}


def _header(order: Order, supplier: str, supplier_name: str) -> dict[str, Any]:
    return {
        "id": order.pk,
        "version": order.version,
        "number": order.number,
        "company_id": order.company_id,
        "site_id": order.site_id,
        "supplier_id": order.supplier_id,
        "supplier": supplier,
        "supplier_name": supplier_name,
        "state": OrderState(order.state),
        "currency": order.currency,
        "order_date": order.order_date,
        "reference": order.reference,
        "buyer_id": order.buyer_id,
        "confirmed_at": order.confirmed_at,
        "confirmed_by": order.confirmed_by,
        "ended_at": order.ended_at,
        "ended_by": order.ended_by,
        "end_reason": order.end_reason,
    }


class SupplierTermsIn(Act):
    """The terms of a supplier for a material, instead of those before; per stock unit unless a
    unit is named."""

    supplier_id: UUID
    material_id: UUID
    unit_id: UUID | None = None
    price: Amount
    currency: Currency
    lead_time_days: Annotated[int, Field(ge=0, le=3650)]
    min_order_quantity: Amount | None = None
    max_order_quantity: Amount | None = None
    supplier_item: Annotated[Line, Field(max_length=60)] = ""


class SupplierTermsOut(Schema):
    """The terms of a supplier for a material; price and quantities per `unit`."""

    id: UUID
    version: int
    supplier_id: UUID
    supplier: str
    supplier_name: str
    material_id: UUID
    material: str
    material_name: str
    unit_id: UUID
    unit: str
    price: Shown
    currency: str
    lead_time_days: int
    min_order_quantity: Shown | None
    max_order_quantity: Shown | None
    supplier_item: str

    @classmethod
    def of(cls, terms: SupplierTerms) -> "SupplierTermsOut":
        return cls(
            id=terms.pk,
            version=terms.version,
            supplier_id=terms.supplier_id,
            supplier=terms.supplier.number,
            supplier_name=terms.supplier.name,
            material_id=terms.material_id,
            material=terms.material.number,
            material_name=terms.material.name,
            unit_id=terms.unit_id,
            unit=terms.unit.code,
            price=terms.price,
            currency=terms.currency,
            lead_time_days=terms.lead_time_days,
            min_order_quantity=terms.min_order_quantity,
            max_order_quantity=terms.max_order_quantity,
            supplier_item=terms.supplier_item,
        )
