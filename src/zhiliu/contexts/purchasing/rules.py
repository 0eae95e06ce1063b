"""Decisions of purchasing on plain values; each returns its refusals, the first one first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from zhiliu.contexts.catalog.errors import BadCurrency, DoesNotFit, NoConversion, RoundsToNothing
from zhiliu.contexts.purchasing.errors import (
    AlreadyReceived,
    BadOrderRange,
    BadPrice,
    BadQuantity,
    NotInState,
    OutsideOrderQuantity,
    ReasonMissing,
    TooEarly,
)
from zhiliu.contexts.purchasing.states import ORDER
from zhiliu.kernel.money import Money
from zhiliu.kernel.quantity import ZERO, Converted, NotAQuantity, convert, exact, plain
from zhiliu.kernel.refusal import Refusal


@dataclass(frozen=True)
class OrderFacts:
    """What the lifecycle of an order asks."""

    order: str
    state: str
    confirmed_at: datetime | None
    is_received: bool  # anything came for it, whatever happened to it then
    is_open: bool  # something may still come


def can(
    verb: str, facts: OrderFacts, *, at: datetime | None = None, reason: str | None = None
) -> list[Refusal]:
    """Whether `verb` may happen to an order; without `at` and `reason` only by its state."""
    found: list[Refusal] = []
    if not ORDER.allows(verb, facts.state):
        found.append(NotInState(order=facts.order, state=facts.state, verb=verb))
    if verb == "cancel" and facts.is_received:
        found.append(AlreadyReceived(order=facts.order))
    if verb in ("cancel", "close") and facts.is_open and reason is not None and not reason.strip():
        found.append(ReasonMissing(order=facts.order, verb=verb))
    if at is not None and facts.confirmed_at is not None and at < facts.confirmed_at:
        found.append(TooEarly(order=facts.order, earlier=facts.confirmed_at.isoformat()))
    return found


def open_quantity(ordered: Decimal, received: Decimal, returned: Decimal) -> Decimal:
    """What may still come: what was returned is open again, until the order is closed."""
    return max(ZERO, ordered - received + returned)


def is_complete(
    ordered: Decimal, received: Decimal, returned: Decimal, short_tolerance_percent: Decimal
) -> bool:
    """True when what is missing lies within the short tolerance (percent of ordered)."""
    return (received - returned) * 100 >= ordered * (100 - short_tolerance_percent)


def check_currency(currency: str) -> list[Refusal]:
    """BadCurrency unless the code has the shape of ISO 4217."""
    try:
        Money.of(0, currency)
    except ValueError:
        return [BadCurrency(currency=currency)]
    return [] if currency.isalpha() else [BadCurrency(currency=currency)]


def check_price(material: str, price: Decimal) -> list[Refusal]:
    """BadPrice unless the price is exact and not negative."""
    try:
        good = exact(price) >= 0
    except (NotAQuantity, InvalidOperation):
        good = False
    return [] if good else [BadPrice(material=material, price=price)]


def check_order_range(lowest: Decimal | None, highest: Decimal | None) -> list[Refusal]:
    """BadOrderRange unless 0 < lowest <= highest, as far as they are stated."""
    stated = [q for q in (lowest, highest) if q is not None]
    if all(q > 0 for q in stated) and stated == sorted(stated):
        return []
    return [BadOrderRange(lowest=_shown(lowest), highest=_shown(highest))]


def check_order_quantity(
    material: str, quantity: Decimal, unit: str, lowest: Decimal | None, highest: Decimal | None
) -> list[Refusal]:
    """OutsideOrderQuantity unless the quantity lies in the supplier's range for the same unit."""
    if (lowest is None or quantity >= lowest) and (highest is None or quantity <= highest):
        return []
    return [OutsideOrderQuantity(material, quantity, _shown(lowest), _shown(highest), unit)]


def in_stock_unit(
    material: str,
    quantity: Decimal,
    *,
    unit: tuple[str, int],
    stock_unit: tuple[str, int],
    factor: Fraction | None,
) -> Converted:
    """`quantity` of a document line in the stock unit, rounded once, half-even.

    Units are (code, decimals); `factor` is stock units in one unit. The set-based twin of
    catalog's `to_stock_unit`, with the conversion already loaded; raises BadQuantity, DoesNotFit,
    NoConversion, RoundsToNothing.
    """
    code, decimals = unit
    try:
        fits = exact(quantity) == round(quantity, decimals)
    except (NotAQuantity, InvalidOperation):
        fits = False
    if not fits:
        raise DoesNotFit(quantity=quantity, unit=code, decimals=decimals)
    if quantity <= 0:
        raise BadQuantity(material=material, quantity=quantity)
    if factor is None:
        raise NoConversion(material=material, unit=code, stock_unit=stock_unit[0])
    try:
        result = convert(quantity, factor, stock_unit[1])
    except (NotAQuantity, InvalidOperation) as error:
        raise DoesNotFit(quantity=quantity, unit=stock_unit[0], decimals=stock_unit[1]) from error
    if not result.value:
        raise RoundsToNothing(quantity=quantity, unit=code, stock_unit=stock_unit[0])
    return result


def _shown(quantity: Decimal | None) -> str:
    return "-" if quantity is None else plain(quantity)
