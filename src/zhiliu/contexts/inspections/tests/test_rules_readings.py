"""Numbers as people type them, limits, slips, calculated values, and what a unit adds to d."""

from decimal import Decimal
from uuid import uuid4

import pytest

from zhiliu.contexts.inspections.rules import PROBLEMS
from zhiliu.contexts.inspections.rules.readings import (
    Characteristic,
    Unreadable,
    calculate,
    count_nonconformities,
    count_unit,
    judge_text,
    read_number,
)

D1 = Characteristic(
    uuid4(),
    "D1",
    "numeric",
    "major",
    nominal=Decimal("10"),
    lower=Decimal("9.9"),
    upper=Decimal("10.1"),
    resolution=Decimal("0.01"),
)
LOOK = Characteristic(uuid4(), "LOOK", "attribute", "major")
HEAT = Characteristic(uuid4(), "HEAT", "text", "major")
MEAN = Characteristic(
    uuid4(),
    "M",
    "calculated",
    "major",
    upper=Decimal("10.1"),
    resolution=Decimal("0.01"),
    formula="(A + B) / 2",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.03", "10.03"),
        ("１０．０３", "10.03"),
        (" 10,03 ", "10.03"),
        ("10。03", "10.03"),
        ("－１０", "-10"),
        ("−0.5", "-0.5"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1 000", "1000"),
        ("1'000.5", "1000.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("10.0300", "10.03"),
        ("\u3000１，２３４．５０", "1234.5"),
    ],
)
def test_a_number_is_read_as_people_type_it(text, value):
    assert read_number(text, Decimal("0.01")) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "text_missing"),
        ("  ", "text_missing"),
        ("ten", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("٣", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1,23,456", "not_a_number"),
        ("--1", "not_a_number"),
        ("1,234", "comma_ambiguous"),
        ("10.001", "too_fine"),
        ("1234567890123", "too_large"),
    ],
)
def test_what_is_no_number_is_named(text, problem):
    with pytest.raises(Unreadable) as caught:
        read_number(text, Decimal("0.01"))

    assert caught.value.problem == problem


@pytest.mark.parametrize(
    ("text", "is_in", "is_suspicious"),
    [
        ("9.9", True, False),
        ("10.1", True, False),
        ("9.89", False, False),
        ("10.6", False, False),
        ("10.61", False, True),
        ("9.4", False, False),
        ("9.39", False, True),
        ("100.3", False, True),
    ],
)
def test_limits_are_inclusive_and_three_widths_from_the_nominal_look_like_a_slip(
    text, is_in, is_suspicious
):
    judged = judge_text(D1, text)

    assert (judged.is_in, judged.is_suspicious) == (is_in, is_suspicious)


def test_one_limit_has_no_width_and_so_nothing_to_ask_about():
    one_sided = Characteristic(uuid4(), "R", "numeric", "major", upper=Decimal(1))

    judged = judge_text(one_sided, "1000")

    assert (judged.is_in, judged.is_suspicious) == (False, False)


@pytest.mark.parametrize(
    ("text", "is_in"), [("ok", True), ("OK", True), (" Ng ", False), ("na", None)]
)
def test_an_attribute_is_one_of_three_buttons(text, is_in):
    assert judge_text(LOOK, text).is_in is is_in


@pytest.mark.parametrize("text", ["yes", "合格", "", "o k"])
def test_an_attribute_is_never_free_text(text):
    with pytest.raises(Unreadable) as caught:
        judge_text(LOOK, text)

    assert caught.value.problem == "not_a_button"


def test_a_text_has_no_result_and_a_calculated_value_is_not_entered():
    assert judge_text(HEAT, "7A").is_in is None
    with pytest.raises(Unreadable) as caught:
        judge_text(MEAN, "10")
    assert caught.value.problem == "calculated"


def test_a_calculated_value_is_rounded_once_half_even():
    def mean(a, b):
        return calculate(MEAN, {"A": Decimal(a), "B": Decimal(b)})

    assert mean("10.00", "10.01").value == Decimal("10.00")
    assert mean("10.01", "10.02").value == Decimal("10.02")
    assert mean("10.1", "10.3").is_in is False


def test_a_value_that_cannot_be_calculated_is_named():
    ratio = Characteristic(uuid4(), "Q", "calculated", "major", formula="A / B")

    with pytest.raises(Unreadable) as caught:
        calculate(ratio, {"A": Decimal(1), "B": Decimal(0)})

    assert caught.value.problem == "not_calculable"


@pytest.mark.parametrize(
    ("basis", "outs", "found"),
    [
        ("nonconforming_units", 0, 0),
        ("nonconforming_units", 3, 1),
        ("nonconformities", 0, 0),
        ("nonconformities", 3, 3),
    ],
)
def test_a_unit_counts_once_or_with_each_nonconformity(basis, outs, found):
    assert count_unit(outs, basis) == found


@pytest.mark.parametrize(
    ("characteristic", "text", "given", "basis", "expected"),
    [
        (LOOK, "ok", None, "nonconformities", 0),
        (LOOK, "na", None, "nonconformities", 0),
        (LOOK, "ng", None, "nonconformities", 1),
        (LOOK, "ng", 5, "nonconformities", 5),
        (LOOK, "ng", 1, "nonconforming_units", 1),
        (D1, "12", None, "nonconformities", 1),
    ],
)
def test_a_reading_stands_for_so_many_nonconformities(characteristic, text, given, basis, expected):
    judged = judge_text(characteristic, text)

    assert count_nonconformities(characteristic, judged, given, basis) == expected


@pytest.mark.parametrize(
    ("characteristic", "text", "given", "basis"),
    [
        (LOOK, "ok", 1, "nonconformities"),
        (LOOK, "na", 1, "nonconformities"),
        (LOOK, "ng", 2, "nonconforming_units"),
        (D1, "12", 2, "nonconformities"),
    ],
)
def test_only_where_each_one_counts_there_are_several(characteristic, text, given, basis):
    judged = judge_text(characteristic, text)

    with pytest.raises(Unreadable) as caught:
        count_nonconformities(characteristic, judged, given, basis)

    assert caught.value.problem == "count_unwanted"


def test_every_problem_has_a_sentence_in_both_languages():
    said = {
        "characteristic": "D1",
        "unit_no": 4,
        "text": "x",
        "limit": "0.01",
        "given": "G",
        "given_zh": "量具",
        "was": "9",
        "calculated": "M",
        "lower": "9",
        "upper": "11",
    }
    for en, zh in PROBLEMS.values():
        assert en.format_map(said) and any(c >= "\u4e00" for c in zh.format_map(said))
