"""Specifications on plain values: what may hold, in which state which verb, from when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import NotReady
from zhiliu.contexts.catalog.rules import SpecificationFacts, SpecifiedCharacteristic
from zhiliu.contexts.catalog.states import CharacteristicKind
from zhiliu.kernel.refusal import Problem

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def line(
    code: str = "D1", kind: CharacteristicKind = CharacteristicKind.NUMERIC, **values: str
) -> SpecifiedCharacteristic:
    given: dict[str, Any] = {
        name: value if name == "formula" else Decimal(value) for name, value in values.items()
    }
    return SpecifiedCharacteristic(code, code, "", kind, "major", **given)


def checks(*lines: SpecifiedCharacteristic) -> list[tuple[str, str]]:
    return [(p.about, p.check) for p in rules.check_specification(lines)]


def calculated(code: str, formula: str, **values: str) -> SpecifiedCharacteristic:
    return line(code, CharacteristicKind.CALCULATED, formula=formula, upper="9", **values)


GOOD = line(lower="9.95", upper="10.05", nominal="10", resolution="0.01")


def test_what_is_whole_may_hold() -> None:
    assert checks(GOOD, line("F", upper="3"), line("T", CharacteristicKind.TEXT)) == []
    assert checks(GOOD, line("LOOK", CharacteristicKind.ATTRIBUTE)) == []
    assert checks(GOOD, calculated("V", "D1 * W"), calculated("W", "sqrt(D1)")) == []
    assert checks(line(lower="2", upper="2")) == []


@pytest.mark.parametrize(
    ("bad", "check"),
    [
        (line(), "limit_missing"),
        (line(nominal="1"), "limit_missing"),
        (line(lower="2", upper="1"), "limits_crossed"),
        (line(lower="1", upper="2", nominal="2.1"), "nominal_outside"),
        (line(lower="1", nominal="0.9"), "nominal_outside"),
        (line(upper="1", nominal="1.1"), "nominal_outside"),
        (line(upper="1", resolution="0"), "resolution_not_positive"),
        (line(upper="1", resolution="-0.1"), "resolution_not_positive"),
        (line(upper="1.05", resolution="0.1"), "finer_than_resolution"),
        (line(lower="0.95", upper="2", resolution="0.1"), "finer_than_resolution"),
        (line(upper="2", nominal="0.05", resolution="0.1"), "finer_than_resolution"),
        (line(upper="1", formula="D1"), "formula_unwanted"),
        (line(kind=CharacteristicKind.TEXT, upper="1"), "values_unwanted"),
        (line(kind=CharacteristicKind.TEXT, formula="D1"), "values_unwanted"),
        (line(kind=CharacteristicKind.ATTRIBUTE, resolution="1"), "values_unwanted"),
        (line(kind=CharacteristicKind.CALCULATED, upper="1"), "formula_missing"),
        (calculated("D1", "1 +"), "formula_unreadable"),
        (calculated("D1", "X + 1"), "formula_names"),
        (calculated("D1", "D1 + 1"), "formula_cycle"),
    ],
)
def test_what_is_not_whole_says_why(bad: SpecifiedCharacteristic, check: str) -> None:
    assert checks(bad) == [("D1", check)]


def test_every_problem_is_told_at_once() -> None:
    text = line("T", CharacteristicKind.TEXT)
    bad = [GOOD, line("D1", upper="1"), line("E", lower="2", upper="1"), calculated("C", "T + D1")]

    assert checks(*bad, text) == [
        ("D1", "code_twice"),
        ("E", "limits_crossed"),
        ("C", "formula_names"),
    ]
    assert checks() == [("", "nothing_stated")]


def test_calculated_ones_may_not_ask_for_each_other() -> None:
    assert checks(GOOD, calculated("A", "B + D1"), calculated("B", "A")) == [("A", "formula_cycle")]


def test_a_refusal_names_each_problem_in_both_languages() -> None:
    refusal = NotReady("SPEC-1 #2", rules.check_specification([line(), calculated("V", "X")]))

    assert refusal.sentence("en") == (
        "Specification SPEC-1 #2 cannot be approved yet. D1: it needs a lower or an upper limit; "
        "V: its formula asks for X, which is no measured or calculated characteristic here."
    )
    assert "必须填写下限或上限；V: 公式引用的 X" in refusal.sentence("zh")
    assert refusal.data()["problems"] == [
        {"about": "D1", "check": "limit_missing"},
        {"about": "V", "check": "formula_names"},
    ]


def test_a_problem_of_the_whole_has_no_code() -> None:
    assert Problem("", "x", "nothing", "无").sentence("zh") == "无"


@pytest.mark.parametrize(
    ("verb", "state", "code"),
    [
        ("change", "draft", None),
        ("change", "valid", "catalog.not_in_state"),
        ("change", "ended", "catalog.not_in_state"),
        ("approve", "draft", None),
        ("approve", "valid", "catalog.not_in_state"),
        ("approve", "ended", "catalog.not_in_state"),
        ("end", "draft", "catalog.not_in_state"),
        ("end", "valid", None),
        ("end", "ended", "catalog.not_in_state"),
    ],
)
def test_a_verb_starts_from_its_states(verb: str, state: str, code: str | None) -> None:
    refusals = rules.can(verb, SpecificationFacts("SPEC-1 #1", state))

    assert [r.code for r in refusals] == ([code] if code else [])


def test_who_wrote_it_does_not_approve_it() -> None:
    own = SpecificationFacts("SPEC-1 #1", "draft", is_author=True)

    assert [r.code for r in rules.can("approve", own)] == ["catalog.own_draft"]
    assert rules.can("change", own) == []


def test_nothing_begins_in_the_past_or_before_the_issue_before_it() -> None:
    later = NOON + timedelta(days=2)

    assert rules.check_beginning("S", NOON, NOON, None) == []
    assert rules.check_beginning("S", later, NOON, later) == []
    (past,) = rules.check_beginning("S", NOON - timedelta(seconds=1), NOON, None)
    (early,) = rules.check_beginning("S", later - timedelta(seconds=1), NOON, later)
    assert (past.data()["earliest"], early.data()["earliest"]) == (
        NOON.isoformat(),
        later.isoformat(),
    )
