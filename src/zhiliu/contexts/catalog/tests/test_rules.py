"""The decisions of the catalogue, as tables of cases."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import WORDS, DoesNotFit, NotFound, RoundsToNothing
from zhiliu.kernel.quantity import Converted
from zhiliu.kernel.refusal import Refusal


def codes(found: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in found]


@pytest.mark.parametrize("name", ["Asia/Shanghai", "Europe/Berlin", "UTC"])
def test_an_iana_name_is_a_time_zone(name: str) -> None:
    assert rules.check_time_zone(name) == []


@pytest.mark.parametrize(
    "name",
    ["", "Asia", "Asia/Beijing2", "../Asia/Shanghai", "asia/shanghai", "localtime", "+08:00"],
)
def test_anything_else_is_no_time_zone(name: str) -> None:
    assert codes(rules.check_time_zone(name)) == ["catalog.bad_time_zone"]


@pytest.mark.parametrize(
    ("code", "is_good"),
    [
        ("CNY", True),
        ("EUR", True),
        ("cny", False),
        ("CN", False),
        ("CN1", False),
        ("人民币", False),
    ],
)
def test_a_currency_is_three_capital_letters(code: str, is_good: bool) -> None:
    assert codes(rules.check_currency(code)) == ([] if is_good else ["catalog.bad_currency"])


@pytest.mark.parametrize(
    ("gtin", "is_good"),
    [("", True), ("09501101020917", True), ("02345673", True), ("02345674", False), ("1", False)],
)
def test_a_gtin_has_a_right_check_digit(gtin: str, is_good: bool) -> None:
    assert codes(rules.check_gtin(gtin)) == ([] if is_good else ["catalog.bad_gtin"])


@pytest.mark.parametrize(("decimals", "is_good"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_unit_keeps_at_most_six_decimals(decimals: int, is_good: bool) -> None:
    assert codes(rules.check_decimals(decimals)) == ([] if is_good else ["catalog.out_of_range"])


@pytest.mark.parametrize(
    ("over", "short", "days", "wrong"),
    [
        ("0", "0", None, []),
        ("999", "100", 36_500, []),
        ("-0.001", "0", None, ["over tolerance"]),
        ("999.001", "0", None, ["over tolerance"]),
        ("0", "100.001", None, ["short tolerance"]),
        ("0", "0", 0, ["shelf life"]),
        ("-1", "-1", 36_501, ["over tolerance", "short tolerance", "shelf life"]),
    ],
)
def test_a_profile_has_sane_limits(
    over: str, short: str, days: int | None, wrong: list[str]
) -> None:
    found = rules.check_profile(Decimal(over), Decimal(short), days)

    assert [refusal.data()["what"] for refusal in found] == wrong


@pytest.mark.parametrize(
    ("one", "other", "numerator", "denominator", "material", "wrong"),
    [
        ("box", "pc", 12, 1, None, []),
        ("box", "pc", 12, 1, ("B-1", "pc"), []),
        ("pc", "kg", 1, 3, ("B-1", "pc"), []),
        ("box", "box", 1, 1, None, ["catalog.conversion_of_same"]),
        ("box", "pc", 0, 1, None, ["catalog.out_of_range"]),
        ("box", "pc", 1, 10**12 + 1, None, ["catalog.out_of_range"]),
        ("box", "kg", 1, 1, ("B-1", "pc"), ["catalog.conversion_unused"]),
    ],
)
def test_a_conversion_says_something_that_is_used(
    one: str,
    other: str,
    numerator: int,
    denominator: int,
    material: tuple[str, str] | None,
    wrong: list[str],
) -> None:
    assert codes(rules.check_conversion(one, other, numerator, denominator, material)) == wrong


@pytest.mark.parametrize(
    ("quantity", "decimals", "is_good"),
    [
        ("2", 0, True),
        ("2.000", 0, True),
        ("2.5", 0, False),
        ("2.125", 3, True),
        ("2.1251", 3, False),
        ("999999999999", 0, True),
        ("1000000000000", 0, False),
        ("1E+40", 0, False),
        ("NaN", 0, False),
    ],
)
def test_a_quantity_fits_its_unit_exactly_or_not(
    quantity: str, decimals: int, is_good: bool
) -> None:
    found = rules.check_fits(Decimal(quantity), "u", decimals)

    assert codes(found) == ([] if is_good else ["catalog.quantity_does_not_fit"])


def test_a_conversion_rounds_once_half_even_and_hands_back_the_difference() -> None:
    third = rules.converted(Decimal(10), "pc", Fraction(1, 3), "kg", 3)
    half = rules.converted(Decimal(5), "g", Fraction(1, 2), "pc", 0)

    assert third == Converted(Decimal("3.333"), Decimal("0.000333333333"))
    assert half == Converted(Decimal(2), Decimal("0.5"))
    assert rules.converted(Decimal(0), "g", Fraction(1, 2), "pc", 0).value == 0


def test_a_conversion_that_leaves_nothing_or_overflows_is_refused() -> None:
    with pytest.raises(RoundsToNothing):
        rules.converted(Decimal("0.1"), "g", Fraction(1, 1000), "kg", 3)
    with pytest.raises(DoesNotFit):
        rules.converted(Decimal(10**11), "kg", Fraction(1000), "g", 0)
    with pytest.raises(DoesNotFit):
        rules.converted(Decimal(10**11), "kg", Fraction(10**12), "g", 6)


@pytest.mark.parametrize(("quantity", "is_good"), [("0.000001", True), ("0", False), ("-1", False)])
def test_a_bill_asks_for_more_than_nothing(quantity: str, is_good: bool) -> None:
    wanted = [] if is_good else ["catalog.out_of_range"]

    assert codes(rules.check_positive(Decimal(quantity))) == wanted


JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("valid_to", "is_good"), [(None, True), (FEB, True), (JAN, False), (date(2025, 1, 1), False)]
)
def test_a_validity_holds_at_least_a_day(valid_to: date | None, is_good: bool) -> None:
    found = rules.check_validity(JAN, valid_to)

    assert codes(found) == ([] if is_good else ["catalog.bad_validity"])


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ((JAN, FEB), (FEB, MAR), False),
        ((JAN, MAR), (FEB, None), True),
        ((JAN, None), (FEB, MAR), True),
        ((JAN, None), (FEB, None), True),
        ((JAN, FEB), (FEB, None), False),
        ((JAN, FEB), (JAN, FEB), True),
    ],
)
def test_two_validities_share_a_day_or_not(
    one: tuple[date, date | None], other: tuple[date, date | None], shares: bool
) -> None:
    assert rules.overlap(one, other) is shares
    assert rules.overlap(other, one) is shares


def test_a_refusal_names_its_subject_in_both_languages() -> None:
    refusal = NotFound("control profile", "P-9")

    assert refusal.sentence("en") == "There is no control profile P-9."
    assert refusal.sentence("zh") == "找不到控制策略 P-9。"
    assert all(WORDS.values())
