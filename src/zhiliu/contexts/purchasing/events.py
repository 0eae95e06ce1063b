"""The public facts of purchasing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class OrderWritten(Event):
    """Base of the events that tell an order's whole content.

    `lines` are dicts: order_line_id, line, material_id, revision_id, quantity, unit_id (as
    ordered), stock_quantity (stock unit), price (per ordered unit), due_date.
    """

    supplier_id: UUID
    currency: str
    order_date: date
    lines: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class OrderCreated(OrderWritten):
    """A draft order was written; nothing is promised to the supplier yet."""

    type = "purchasing.order_created.v1"


@dataclass(frozen=True)
class OrderConfirmed(OrderWritten):
    """The order is placed with the supplier; supply may be expected."""

    type = "purchasing.order_confirmed.v1"


@dataclass(frozen=True)
class OrderEnded(Event):
    """Base of the events after which nothing more is expected."""

    supplier_id: UUID
    reason: str


@dataclass(frozen=True)
class OrderCancelled(OrderEnded):
    """The order was called off before anything was received."""

    type = "purchasing.order_cancelled.v1"


@dataclass(frozen=True)
class OrderClosed(OrderEnded):
    """The order takes no more receipts as expected ones; `is_short` when something stayed open."""

    is_short: bool

    type = "purchasing.order_closed.v1"


@dataclass(frozen=True)
class SupplierTermsSet(Event):
    """Price, lead time or order quantities of a material from a supplier were set.

    The subject's number is `supplier/material`; prices and quantities are per `unit_id`.
    """

    supplier_id: UUID
    material_id: UUID
    unit_id: UUID
    price: Decimal
    currency: str
    lead_time_days: int

    type = "purchasing.supplier_terms_set.v1"
