"""What goods cost at the price of the order line that they were received for."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiliu.contexts.purchasing.models import OrderLine


@dataclass(frozen=True)
class LinePrice:
    """The exact price of one stock unit, in the order's currency."""

    per_stock_unit: Fraction
    currency: str

    def cost_of(self, quantity: Decimal) -> Fraction:
        """What `quantity` stock units cost, not rounded."""
        return Fraction(quantity) * self.per_stock_unit


def get_prices(order_line_ids: Collection[UUID]) -> dict[UUID, LinePrice]:
    """The price of one stock unit by order line, from what was ordered and for how much."""
    rows = OrderLine.objects.filter(pk__in=set(order_line_ids)).select_related("order")
    return {
        row.pk: LinePrice(
            Fraction(row.price)
            * Fraction(row.quantity)
            / Fraction(row.stock_quantity + row.rounding_difference),
            row.order.currency,
        )
        for row in rows
    }
