"""Decisions of the catalogue on plain values; each returns its refusals, the first one first."""

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from zoneinfo import available_timezones

from zhiliu.contexts.catalog.errors import (
    BadCurrency,
    BadTimeZone,
    BadValidity,
    ConversionOfSame,
    ConversionUnused,
    DoesNotFit,
    OutOfRange,
    RoundsToNothing,
)
from zhiliu.kernel.quantity import DECIMALS, DIGITS, Converted, NotAQuantity, convert, exact
from zhiliu.kernel.refusal import Refusal

LARGEST_TERM = 10**12
LONGEST_SHELF_LIFE_DAYS = 36_500


@cache
def time_zones() -> frozenset[str]:
    """The IANA names; without the two that name no region and mean another thing everywhere."""
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def check_time_zone(name: str) -> list[Refusal]:
    """BadTimeZone unless `name` is in the IANA list."""
    return [] if name in time_zones() else [BadTimeZone(time_zone=name)]


def check_currency(code: str) -> list[Refusal]:
    """BadCurrency unless `code` has the shape of ISO 4217: three capital letters."""
    good = len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
    return [] if good else [BadCurrency(currency=code)]


def check_range(what: str, given: Decimal | int, lowest: int, highest: int) -> list[Refusal]:
    """OutOfRange unless lowest <= given <= highest."""
    if lowest <= given <= highest:
        return []
    return [OutOfRange(what, Decimal(given), Decimal(lowest), Decimal(highest))]


def check_decimals(decimals: int) -> list[Refusal]:
    """OutOfRange unless a quantity can keep so many decimals."""
    return check_range("decimals", decimals, 0, DECIMALS)


def check_profile(
    over_tolerance_percent: Decimal, short_tolerance_percent: Decimal, shelf_life_days: int | None
) -> list[Refusal]:
    """Tolerances are percent of the ordered quantity: at most 999 over, 100 short."""
    found = check_range("over tolerance", over_tolerance_percent, 0, 999)
    found += check_range("short tolerance", short_tolerance_percent, 0, 100)
    if shelf_life_days is not None:
        found += check_range("shelf life", shelf_life_days, 1, LONGEST_SHELF_LIFE_DAYS)
    return found


def check_factor(numerator: int, denominator: int) -> list[Refusal]:
    """OutOfRange unless both terms of a factor are positive and sane."""
    found = check_range("numerator", numerator, 1, LARGEST_TERM)
    return found + check_range("denominator", denominator, 1, LARGEST_TERM)


def check_conversion(
    from_unit: str, to_unit: str, numerator: int, denominator: int, material: tuple[str, str] | None
) -> list[Refusal]:
    """`material` is (number, code of its stock unit) of a conversion that holds for one only."""
    if from_unit == to_unit:
        return [ConversionOfSame(unit=from_unit)]
    found = check_factor(numerator, denominator)
    if material is not None and material[1] not in (from_unit, to_unit):
        found.append(ConversionUnused(material=material[0], stock_unit=material[1]))
    return found


def check_fits(quantity: Decimal, unit: str, decimals: int) -> list[Refusal]:
    """DoesNotFit unless `quantity` is kept by its unit without rounding."""
    try:
        good = exact(quantity) == round(quantity, decimals)
    except (NotAQuantity, InvalidOperation):
        good = False
    return [] if good else [DoesNotFit(quantity=quantity, unit=unit, decimals=decimals)]


def converted(
    quantity: Decimal, unit: str, factor: Fraction, stock_unit: str, decimals: int
) -> Converted:
    """`quantity` in the stock unit, rounded once; raises DoesNotFit, RoundsToNothing."""
    try:
        result = convert(quantity, factor, decimals)
    except (NotAQuantity, InvalidOperation) as error:
        raise DoesNotFit(quantity=quantity, unit=stock_unit, decimals=decimals) from error
    if quantity and not result.value:
        raise RoundsToNothing(quantity=quantity, unit=unit, stock_unit=stock_unit)
    return result


def check_positive(quantity: Decimal) -> list[Refusal]:
    """OutOfRange unless a line asks for more than nothing."""
    smallest, largest = Decimal(1).scaleb(-DECIMALS), Decimal(10) ** (DIGITS - DECIMALS)
    return [] if quantity > 0 else [OutOfRange("quantity", quantity, smallest, largest)]


def check_validity(valid_from: date, valid_to: date | None) -> list[Refusal]:
    """BadValidity unless the exclusive end lies after the beginning."""
    if valid_to is None or valid_to > valid_from:
        return []
    return [BadValidity(valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())]


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """True when two validities (from, exclusive to or None for ever) share a day."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
