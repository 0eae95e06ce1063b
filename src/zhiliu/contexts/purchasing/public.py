"""The front door of purchasing: what receiving and later contexts may call."""

from zhiliu.contexts.purchasing.models import Order
from zhiliu.contexts.purchasing.operations import (
    LineIn,
    LockedLine,
    LockedOrder,
    cancel_order,
    close_order,
    confirm_order,
    create_order,
    lock_order,
    lock_order_lines,
    record_received,
    record_returned,
    set_supplier_terms,
)
from zhiliu.contexts.purchasing.queries.facts import (
    DocumentFacts,
    LineFacts,
    MaterialFacts,
    load_facts,
)
from zhiliu.contexts.purchasing.queries.orders import find_order, list_orders, of_material
from zhiliu.contexts.purchasing.queries.prices import LinePrice, get_prices
from zhiliu.contexts.purchasing.states import RECEIVABLE, OrderState
from zhiliu.platform.access.public import Searcher

KINDS = {Order.kind: find_order}
SEARCHERS = (
    Searcher(
        Order.kind,
        "purchasing.read",
        list_orders,
        ("number", "reference"),
        title="supplier__name",
        detail="reference",
        status="state",
    ),
)

__all__ = [
    "KINDS",
    "RECEIVABLE",
    "SEARCHERS",
    "DocumentFacts",
    "LineFacts",
    "LineIn",
    "LinePrice",
    "LockedLine",
    "LockedOrder",
    "MaterialFacts",
    "OrderState",
    "cancel_order",
    "close_order",
    "confirm_order",
    "create_order",
    "get_prices",
    "load_facts",
    "lock_order",
    "lock_order_lines",
    "of_material",
    "record_received",
    "record_returned",
    "set_supplier_terms",
]
