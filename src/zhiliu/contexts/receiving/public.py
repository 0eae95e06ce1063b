"""The front door of receiving."""

from zhiliu.contexts.receiving.operations import (
    DeliveryLine,
    ReceivedGoods,
    ReturnedGoods,
    ReturnLine,
    receive_goods,
    refuse_at_gate,
    return_goods,
)
from zhiliu.contexts.receiving.states import ArrivalLineKind

__all__ = [
    "ArrivalLineKind",
    "DeliveryLine",
    "ReceivedGoods",
    "ReturnLine",
    "ReturnedGoods",
    "receive_goods",
    "refuse_at_gate",
    "return_goods",
]
