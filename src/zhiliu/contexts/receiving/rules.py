"""Decisions of receiving on plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from zhiliu.contexts.receiving.errors import BadDates, OrderNotPlaced, SerialsWrong
from zhiliu.kernel.quantity import ZERO, plain
from zhiliu.kernel.refusal import Refusal


def can_receive(order: str, state: str, *, is_receivable: bool) -> list[Refusal]:
    """Goods come for orders that are or were placed, never for drafts and cancelled ones."""
    return [] if is_receivable else [OrderNotPlaced(order, state)]


def room(
    ordered: Decimal, received: Decimal, returned: Decimal, over_tolerance_percent: Decimal
) -> Decimal:
    """How much of an order line may still come in as expected, tolerance (percent) included."""
    return max(ZERO, ordered * (100 + over_tolerance_percent) / 100 - received + returned)


def in_ordered_unit(quantity: Decimal, per_unit: Fraction, decimals: int) -> Decimal | None:
    """A stock quantity in the ordered unit (`per_unit` stock units each); None unless it is exact
    with that unit's decimals."""
    exact = Fraction(quantity) / per_unit
    rounded = round(Decimal(exact.numerator) / exact.denominator, decimals)
    return rounded if Fraction(rounded) == exact else None


@dataclass(frozen=True)
class Share:
    """What of a delivery line is expected and what is surplus, in the stock unit."""

    expected: Decimal
    surplus: Decimal


def share(quantity: Decimal, left: Decimal, decimals: int) -> Share:
    """A divisible quantity against the room that is left, at the decimals of the stock unit."""
    expected = min(quantity, _down(left, decimals))
    return Share(expected, quantity - expected)


def share_pieces(pieces: Decimal, measured: Decimal, left: Decimal, decimals: int) -> Share:
    """The same for rolls or drums that measure `measured` together: a piece is never divided, so
    the pieces that do not fit into the room are surplus as a whole."""
    if measured <= left:
        return Share(measured, ZERO)
    fitting = _down(left * pieces / measured, 0)
    expected = _down(fitting * measured / pieces, decimals)
    return Share(expected, measured - expected)


def factor(measured: Decimal, pieces: Decimal) -> Decimal:
    """Stock units in one piece, as measured: 6 decimals, half-even."""
    return round(measured / pieces, 6)


def last_day(
    expires_date: date | None, manufactured_date: date | None, shelf_life_days: int | None
) -> date | None:
    """The last day on which goods may be used: as stated, or made + shelf life."""
    if expires_date is not None or manufactured_date is None or shelf_life_days is None:
        return expires_date
    return manufactured_date + timedelta(days=shelf_life_days)


def end_of_day(day: date | None, time_zone: str) -> datetime | None:
    """The instant at which a day has passed at a site."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone))


def check_dates(
    line: int, manufactured_date: date | None, expires_date: date | None, today: date
) -> list[Refusal]:
    """BadDates unless made by today and expiring no earlier; today is the site's."""
    made = manufactured_date
    is_future = made is not None and made > today
    is_backwards = made is not None and expires_date is not None and expires_date < made
    if not is_future and not is_backwards:
        return []
    return [BadDates(line, _day(made), _day(expires_date))]


def check_serials(
    line: int, material: str, lot_control: str, quantity: Decimal, serials: Sequence[str]
) -> list[Refusal]:
    """SerialsWrong unless there is one serial a piece, exactly for serial control."""
    needed = quantity if lot_control == "serial" else ZERO
    if len(set(serials)) == len(serials) == needed:
        return []
    return [SerialsWrong(line, material, len(set(serials)), plain(needed))]


def _down(quantity: Decimal, decimals: int) -> Decimal:
    return quantity.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR)


def _day(day: date | None) -> str:
    return "-" if day is None else day.isoformat()
