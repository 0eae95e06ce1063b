"""Writes of receiving, one function a verb."""

from zhiliu.contexts.receiving.operations.arrivals import ReceivedGoods, receive_goods
from zhiliu.contexts.receiving.operations.delivery import DeliveryLine
from zhiliu.contexts.receiving.operations.gate import refuse_at_gate
from zhiliu.contexts.receiving.operations.printing import print_return_note
from zhiliu.contexts.receiving.operations.returns import ReturnedGoods, ReturnLine, return_goods

__all__ = [
    "DeliveryLine",
    "ReceivedGoods",
    "ReturnLine",
    "ReturnedGoods",
    "print_return_note",
    "receive_goods",
    "refuse_at_gate",
    "return_goods",
]
