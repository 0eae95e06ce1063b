"""Writes of purchasing, one function a verb."""

from zhiliu.contexts.purchasing.operations.locks import (
    LockedLine,
    LockedOrder,
    lock_order,
    lock_order_lines,
)
from zhiliu.contexts.purchasing.operations.orders import (
    LineIn,
    cancel_order,
    close_order,
    confirm_order,
    create_order,
    record_received,
    record_returned,
)
from zhiliu.contexts.purchasing.operations.terms import set_supplier_terms

__all__ = [
    "LineIn",
    "LockedLine",
    "LockedOrder",
    "cancel_order",
    "close_order",
    "confirm_order",
    "create_order",
    "lock_order",
    "lock_order_lines",
    "record_received",
    "record_returned",
    "set_supplier_terms",
]
