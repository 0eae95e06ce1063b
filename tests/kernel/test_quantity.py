"""Exact quantities and money: what is exact, what is refused, and the one rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiliu.kernel.money import CurrencyMismatch, Money
from zhiliu.kernel.quantity import NotAQuantity, Quantity, UnitMismatch, convert, exact, plain

EXACT = st.decimals(
    min_value=-999_999, max_value=999_999, places=6, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("given_value", "wanted"),
    [
        ("1", "1"),
        (7, "7"),
        (Decimal("0.000001"), "0.000001"),
        ("999999999999.999999", "999999999999.999999"),
        ("-3.50", "-3.5"),
        ("1e2", "100"),
        ("0", "0"),
        (Decimal("12.3400000000"), "12.34"),
    ],
)
def test_an_exact_decimal_keeps_its_value(given_value: Decimal | int | str, wanted: str) -> None:
    assert plain(exact(given_value)) == wanted


@pytest.mark.parametrize(
    "given_value",
    [0.1, True, None, "", "a", "NaN", "Infinity", "1e12", "1000000000000", "0.0000001", "1,5", [1]],
)
def test_what_is_no_exact_decimal_is_refused(given_value: object) -> None:
    with pytest.raises(NotAQuantity):
        exact(given_value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("100", "100"),
        ("100.000000", "100"),
        ("0.500", "0.5"),
        ("1E+3", "1000"),
        ("1E-6", "0.000001"),
        ("-0.10", "-0.1"),
        ("48.7", "48.7"),
    ],
)
def test_a_decimal_is_written_plainly(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_quantities_of_one_unit_add_subtract_and_compare() -> None:
    three, four = Quantity.of("3", "pcs"), Quantity.of(4, "pcs")

    assert three + four == Quantity.of(7, "pcs")
    assert four - three == Quantity.of(1, "pcs")
    assert three < four
    assert three <= three
    assert not four < three
    assert str(Quantity.of("2.50", "kg")) == "2.5 kg"


@pytest.mark.parametrize("act", ["__add__", "__sub__", "__lt__", "__le__"])
def test_quantities_of_two_units_do_not_mix(act: str) -> None:
    with pytest.raises(UnitMismatch):
        getattr(Quantity.of(1, "pcs"), act)(Quantity.of(1, "kg"))


def test_a_sum_beyond_the_digits_is_refused() -> None:
    with pytest.raises(NotAQuantity):
        Quantity.of("999999999999", "pcs") + Quantity.of(1, "pcs")


@given(EXACT, EXACT)
def test_adding_and_taking_away_is_exact(a: Decimal, b: Decimal) -> None:
    assert (Quantity.of(a, "m") + Quantity.of(b, "m")) - Quantity.of(b, "m") == Quantity.of(a, "m")


@pytest.mark.parametrize(
    ("value", "factor", "decimals", "result", "difference"),
    [
        ("2", Fraction(12), 0, "24", "0"),
        ("1", Fraction(1, 3), 2, "0.33", "0.003333333333"),
        ("2.5", Fraction(1), 0, "2", "0.5"),
        ("3.5", Fraction(1), 0, "4", "-0.5"),
        ("48.7", Fraction(1000), 3, "48700", "0"),
        ("-2.5", Fraction(1), 0, "-2", "-0.5"),
    ],
)
def test_a_conversion_rounds_once_half_even_and_shows_the_rest(
    value: str, factor: Fraction, decimals: int, result: str, difference: str
) -> None:
    converted = convert(Decimal(value), factor, decimals)

    assert (converted.value, converted.difference) == (Decimal(result), Decimal(difference))


@given(EXACT, st.integers(1, 1000), st.sampled_from([1, 2, 4, 5, 8, 10, 100]), st.integers(0, 6))
def test_value_and_difference_are_the_exact_product(
    value: Decimal, numerator: int, denominator: int, decimals: int
) -> None:
    factor = Fraction(numerator, denominator)

    converted = convert(value, factor, decimals)

    assert Fraction(converted.value) + Fraction(converted.difference) == Fraction(value) * factor
    assert abs(converted.difference) * 2 <= Decimal(1).scaleb(-decimals)


def test_money_of_one_currency_adds_and_subtracts() -> None:
    price = Money.of("50.26", "USD")

    assert price + Money.of("0.74", "USD") == Money.of(51, "USD")
    assert price - Money.of("50.26", "USD") == Money.of(0, "USD")


@pytest.mark.parametrize("act", ["__add__", "__sub__"])
def test_money_of_two_currencies_does_not_mix(act: str) -> None:
    with pytest.raises(CurrencyMismatch):
        getattr(Money.of(1, "USD"), act)(Money.of(1, "CNY"))


@pytest.mark.parametrize("code", ["usd", "US", "EURO", "", "元元元", "U D"])
def test_a_currency_is_a_code_of_three_capital_letters(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money.of(1, code)


def test_an_amount_that_is_not_exact_is_refused() -> None:
    with pytest.raises(NotAQuantity):
        Money.of(0.1, "USD")  # type: ignore[arg-type]
