"""The front door of receiving."""

from zhiliu.contexts.receiving.models import Arrival, SupplierReturn
from zhiliu.contexts.receiving.operations import (
    DeliveryLine,
    ReceivedGoods,
    ReturnedGoods,
    ReturnLine,
    receive_goods,
    refuse_at_gate,
    return_goods,
)
from zhiliu.contexts.receiving.queries import (
    find_arrival,
    find_gate_refusal,
    find_supplier_return,
    get_order_lines,
)
from zhiliu.contexts.receiving.states import REFUSAL_KIND, ArrivalLineKind

KINDS = {
    Arrival.kind: find_arrival,
    REFUSAL_KIND: find_gate_refusal,
    SupplierReturn.kind: find_supplier_return,
}

__all__ = [
    "KINDS",
    "ArrivalLineKind",
    "DeliveryLine",
    "ReceivedGoods",
    "ReturnLine",
    "ReturnedGoods",
    "get_order_lines",
    "receive_goods",
    "refuse_at_gate",
    "return_goods",
]
