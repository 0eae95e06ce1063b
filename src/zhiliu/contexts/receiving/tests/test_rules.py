"""Decisions of receiving, without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhiliu.contexts.receiving import rules

D = Decimal


@pytest.mark.parametrize(
    ("ordered", "received", "returned", "tolerance", "left"),
    [
        ("100", "0", "0", "0", "100"),
        ("100", "60", "0", "0", "40"),
        ("100", "100", "0", "5", "5"),
        ("100", "100", "30", "0", "30"),
        ("100", "130", "30", "0", "0"),
        ("100", "130", "0", "10", "0"),
    ],
)
def test_room_is_ordered_plus_tolerance_less_what_stayed(
    ordered, received, returned, tolerance, left
):
    assert rules.room(D(ordered), D(received), D(returned), D(tolerance)) == D(left)


@pytest.mark.parametrize(
    ("quantity", "left", "decimals", "expected", "surplus"),
    [
        ("100", "100", 0, "100", "0"),
        ("100", "99.9", 0, "99", "1"),
        ("100", "0", 0, "0", "100"),
        ("1.25", "1.236", 2, "1.23", "0.02"),
    ],
)
def test_what_exceeds_the_room_is_surplus_at_the_units_decimals(
    quantity, left, decimals, expected, surplus
):
    share = rules.share(D(quantity), D(left), decimals)

    assert (share.expected, share.surplus) == (D(expected), D(surplus))


@pytest.mark.parametrize(
    ("pieces", "measured", "left", "expected", "surplus"),
    [
        ("1", "48.7", "50", "48.7", "0"),
        ("1", "48.7", "48.6", "0", "48.7"),
        ("3", "150", "120", "100", "50"),
        ("3", "150", "150", "150", "0"),
    ],
)
def test_a_measured_piece_is_never_divided(pieces, measured, left, expected, surplus):
    share = rules.share_pieces(D(pieces), D(measured), D(left), 2)

    assert (share.expected, share.surplus) == (D(expected), D(surplus))


def test_a_measured_factor_keeps_six_decimals():
    assert rules.factor(D("100"), D("3")) == D("33.333333")


def test_the_last_day_is_the_stated_one_or_made_plus_shelf_life():
    made, stated = date(2026, 1, 1), date(2026, 3, 1)

    assert rules.last_day(stated, made, 30) == stated
    assert rules.last_day(None, made, 30) == date(2026, 1, 31)
    assert rules.last_day(None, made, None) is None
    assert rules.last_day(None, None, 30) is None


def test_goods_expire_when_the_day_ends_at_the_site():
    assert rules.end_of_day(date(2026, 1, 31), "Asia/Shanghai") == datetime(
        2026, 1, 31, 16, tzinfo=UTC
    )
    assert rules.end_of_day(None, "Asia/Shanghai") is None


@pytest.mark.parametrize(
    ("made", "expires", "is_good"),
    [
        (None, None, True),
        (date(2026, 5, 5), None, True),
        (date(2026, 5, 6), None, False),
        (date(2026, 5, 5), date(2026, 5, 5), True),
        (date(2026, 5, 5), date(2026, 5, 4), False),
        (None, date(2020, 1, 1), True),
    ],
)
def test_goods_are_made_by_today_and_expire_no_earlier(made, expires, is_good):
    found = rules.check_dates(3, made, expires, date(2026, 5, 5))

    assert [r.code for r in found] == ([] if is_good else ["receiving.bad_dates"])


@pytest.mark.parametrize(
    ("lot_control", "serials", "is_good"),
    [
        ("serial", ["a", "b"], True),
        ("serial", ["a", "a"], False),
        ("serial", ["a"], False),
        ("serial", [], False),
        ("lot", [], True),
        ("lot", ["a", "b"], False),
        ("none", [], True),
    ],
)
def test_serials_are_one_a_piece_exactly_for_serial_control(lot_control, serials, is_good):
    found = rules.check_serials(1, "M", lot_control, D(2), serials)

    assert [r.code for r in found] == ([] if is_good else ["receiving.serials_wrong"])
