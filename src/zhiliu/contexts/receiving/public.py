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
    list_arrivals,
    list_gate_refusals,
    list_supplier_returns,
)
from zhiliu.contexts.receiving.states import REFUSAL_KIND, ArrivalLineKind
from zhiliu.platform.access.public import Searcher

KINDS = {
    Arrival.kind: find_arrival,
    REFUSAL_KIND: find_gate_refusal,
    SupplierReturn.kind: find_supplier_return,
}
SEARCHERS = (
    Searcher(
        Arrival.kind,
        "receiving.read",
        list_arrivals,
        ("number", "delivery_note"),
        title="supplier__name",
        detail="delivery_note",
    ),
    Searcher(
        REFUSAL_KIND,
        "receiving.read",
        list_gate_refusals,
        ("number",),
        title="supplier__name",
        detail="reason",
    ),
    Searcher(
        SupplierReturn.kind,
        "receiving.read",
        list_supplier_returns,
        ("number",),
        title="supplier__name",
        detail="reason",
    ),
)

__all__ = [
    "KINDS",
    "SEARCHERS",
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
