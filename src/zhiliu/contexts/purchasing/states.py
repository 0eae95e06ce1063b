"""States of a purchase order."""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class OrderState(StrEnum):
    """How far an order is; what was received of it is in its lines."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


# Goods may be booked in for these: expected ones, or (closed) into hold.
RECEIVABLE = frozenset({OrderState.CONFIRMED, OrderState.CLOSED})

ORDER = Lifecycle(
    kind="purchasing.order",
    states=OrderState,
    initial=frozenset({OrderState.DRAFT, OrderState.CONFIRMED}),
    verbs={
        "confirm": Transition(
            frozenset({OrderState.DRAFT}), OrderState.CONFIRMED, "purchasing.confirm_order"
        ),
        "cancel": Transition(
            frozenset({OrderState.DRAFT, OrderState.CONFIRMED}),
            OrderState.CANCELLED,
            "purchasing.cancel_order",
        ),
        "close": Transition(
            frozenset({OrderState.CONFIRMED}), OrderState.CLOSED, "purchasing.close_order"
        ),
    },
)
LIFECYCLES = (ORDER,)
