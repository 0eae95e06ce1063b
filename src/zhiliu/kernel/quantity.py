"""Exact quantities: a decimal with a unit, never a float.

A quantity has at most 18 digits, 6 of them after the point; the database columns are
`numeric(18, 6)`. Sums and differences are exact. Only a conversion between units may round, once,
half-even, to the decimals of the target unit, and it hands back the difference so that the document
line can show it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

DIGITS = 18
DECIMALS = 6
ZERO = Decimal(0)
_LIMIT = Decimal(10) ** (DIGITS - DECIMALS)
_STEP = Decimal(1).scaleb(-DECIMALS)


class NotAQuantity(ValueError):
    """The value is no exact quantity: a float, not finite, too large or too fine."""


class UnitMismatch(ValueError):
    """Two quantities of different units were added, subtracted or compared."""


def exact(value: Decimal | int | str) -> Decimal:
    """`value` as an exact decimal; raises NotAQuantity for floats, NaN, too many digits."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise NotAQuantity(f"{value!r} is not an exact decimal")
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise NotAQuantity(f"{value!r} is not a number") from error
    if not number.is_finite() or abs(number) >= _LIMIT:
        raise NotAQuantity(f"{value!r} is outside 12 digits before the point")
    if number != number.quantize(_STEP):
        raise NotAQuantity(f"{value!r} has more than {DECIMALS} decimals")
    return number


def plain(value: Decimal) -> str:
    """The shortest exact text of a decimal, without exponent: 100, 0.5, 48.7."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, order=False)
class Quantity:
    """An amount in one unit."""

    value: Decimal
    unit: str

    @classmethod
    def of(cls, value: Decimal | int | str, unit: str) -> Self:
        """A checked quantity; raises NotAQuantity."""
        return cls(exact(value), unit)

    def _same(self, other: "Quantity") -> None:
        if self.unit != other.unit:
            raise UnitMismatch(f"{self.unit} and {other.unit} do not add up")

    def __add__(self, other: "Quantity") -> "Quantity":
        self._same(other)
        return Quantity(exact(self.value + other.value), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        self._same(other)
        return Quantity(exact(self.value - other.value), self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        self._same(other)
        return self.value < other.value

    def __le__(self, other: "Quantity") -> bool:
        self._same(other)
        return self.value <= other.value

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"


@dataclass(frozen=True)
class Converted:
    """A converted quantity and what rounding changed: exact result = value + difference."""

    value: Decimal
    difference: Decimal


def convert(value: Decimal, factor: Fraction, decimals: int) -> Converted:
    """`value` times the exact `factor` (target units in one source unit), rounded once, half-even.

    The difference is exact to 12 decimals; a fraction that never ends is cut there.
    """
    product = Fraction(value) * factor
    raw = Decimal(product.numerator) / Decimal(product.denominator)
    rounded = raw.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return Converted(exact(rounded), (raw - rounded).quantize(Decimal("1e-12")))
