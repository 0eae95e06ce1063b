"""Money: an exact decimal amount with an ISO 4217 currency code. Nothing converts currencies."""

from dataclasses import dataclass
from decimal import Decimal

from zhiliu.kernel.quantity import exact


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were added or subtracted."""


@dataclass(frozen=True)
class Money:
    """An amount in one currency, at most 6 decimals (unit prices need more than cents)."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """A checked amount; raises NotAQuantity or ValueError for a code that is not 3 letters."""
        if not (
            len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
        ):
            raise ValueError(f"{currency!r} is not an ISO 4217 code")
        return cls(exact(amount), currency)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(exact(self.amount + other.amount), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(exact(self.amount - other.amount), self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add up")
