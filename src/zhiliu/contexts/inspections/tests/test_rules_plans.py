"""Inspection plans on plain values: what may hold, in which state which verb, from when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from zhiliu.contexts.inspections.errors import PlanNotReady
from zhiliu.contexts.inspections.rules import plans as rules
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanFacts, PlanLine
from zhiliu.contexts.inspections.states import CountingBasis, Scheme

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)
MAJOR = ClassLine(
    "major", Scheme.ISO, CountingBasis.NONCONFORMING_UNITS, level="II", aql=Decimal("1.0")
)


def line(code: str = "D1", kind: str = "numeric", **more: Any) -> PlanLine:
    given = {"severity_class": "major", **more}
    return PlanLine(code, code, "", kind, **given)


def sampled(**values: Any) -> ClassLine:
    return replace(MAJOR, **values)


def checks(classes: list[ClassLine], *lines: PlanLine) -> list[tuple[str, str]]:
    return [(p.about, p.check) for p in rules.check_plan(classes, lines)]


FIXED = sampled(scheme=Scheme.FIXED, level="", aql=None, fixed_n=5)
FULL = sampled(scheme=Scheme.FULL, level="", aql=None)


@pytest.mark.parametrize(
    "good",
    [
        MAJOR,
        sampled(scheme=Scheme.MIL, level="S-1", aql=Decimal("0.010")),
        sampled(aql=Decimal(10)),
        sampled(aql=Decimal(1000), basis=CountingBasis.NONCONFORMITIES),
        FIXED,
        FULL,
    ],
)
def test_a_class_is_sampled_in_one_of_these_ways(good: ClassLine) -> None:
    assert checks([good], line()) == []


@pytest.mark.parametrize(
    ("bad", "check"),
    [
        (sampled(level=""), "level_unknown"),
        (sampled(level="IV"), "level_unknown"),
        (sampled(level="ii"), "level_unknown"),
        (sampled(aql=None), "aql_unknown"),
        (sampled(aql=Decimal("1.1")), "aql_unknown"),
        (sampled(aql=Decimal(0)), "aql_unknown"),
        (sampled(aql=Decimal(15)), "aql_not_for_units"),
        (sampled(fixed_n=5), "sampling_too_much"),
        (replace(FIXED, fixed_n=None), "fixed_n_missing"),
        (replace(FIXED, level="II"), "sampling_too_much"),
        (replace(FIXED, aql=Decimal(1)), "sampling_too_much"),
        (replace(FULL, fixed_n=5), "sampling_too_much"),
        (sampled(scheme=Scheme.MIL, may_skip=True), "skip_under_mil"),
    ],
)
def test_a_class_that_no_table_knows_is_named(bad: ClassLine, check: str) -> None:
    assert checks([bad], line()) == [("major", check)]


def test_every_class_that_is_used_is_sampled_once() -> None:
    minor = sampled(severity_class="minor")

    assert checks([], line()) == [("D1", "class_missing")]
    assert checks([MAJOR, minor], line()) == [("minor", "class_unused")]
    assert checks([MAJOR, MAJOR], line()) == [("major", "class_twice")]
    assert checks([MAJOR]) == [("", "nothing_stated")]


def test_a_characteristic_may_be_sampled_apart() -> None:
    own: dict[str, Any] = {"scheme": "fixed", "fixed_n": 3, "basis": "nonconforming_units"}

    assert checks([MAJOR], line(**own)) == []
    assert checks([MAJOR], line(**{**own, "basis": ""})) == [("D1", "basis_missing")]
    assert checks([MAJOR], line(**{**own, "fixed_n": None})) == [("D1", "fixed_n_missing")]
    assert checks([MAJOR], line(level="II")) == [("D1", "sampling_without_scheme")]
    assert checks([MAJOR], line(fixed_n=3)) == [("D1", "sampling_without_scheme")]


def test_what_is_calculated_is_read_of_the_same_units_and_not_measured() -> None:
    v = line("V", "calculated", formula="D1 * D2")
    apart = line("D2", scheme="fixed", fixed_n=3, basis="nonconforming_units")
    minor = sampled(severity_class="minor")

    assert checks([MAJOR], line(), line("D2"), v) == []
    assert checks([MAJOR], line(), apart, v) == [("V", "sampled_apart")]
    in_minor = line("D2", severity_class="minor")
    assert checks([MAJOR, minor], line(), in_minor, v) == [("V", "sampled_apart")]
    with_gauge = replace(v, gauge_type_id=ONE)
    assert checks([MAJOR], line(), line("D2"), with_gauge) == [("V", "gauge_unwanted")]
    destroyed = replace(v, is_destructive=True)
    assert checks([MAJOR], line(), line("D2"), destroyed) == [("V", "gauge_unwanted")]


def test_a_pinned_specification_goes_before_what_the_line_says() -> None:
    of = line("D1", upper=Decimal("10.05"), lower=Decimal("9.95"), resolution=Decimal("0.01"))
    mine = line("D1", upper=Decimal(99), gauge_type_id=ONE)

    pinned = rules.pinned([mine, line("D2", upper=Decimal(1))], {"D1": of})

    assert [(x.code, x.lower, x.upper, x.gauge_type_id) for x in pinned] == [
        ("D1", Decimal("9.95"), Decimal("10.05"), ONE),
        ("D2", None, Decimal(1), None),
    ]
    other = {"D1": replace(of, characteristic_kind="attribute")}
    assert [p.check for p in rules.check_pinned([mine], other)] == ["kind_differs"]
    assert rules.check_pinned([mine], {"D1": of}) == []


def test_a_specification_is_of_the_plans_material_and_holds() -> None:
    def check(material: UUID | None, holds: bool = True) -> list[str]:
        found = rules.check_specification("S #1", ONE, material, holds)
        return [p.check for p in found]

    assert check(ONE) == []
    assert check(ONE, holds=False) == ["specification_not_holding"]
    assert check(OTHER) == ["specification_of_other"]
    assert check(None) == ["specification_of_other"]


def test_a_refusal_names_what_is_allowed_in_both_languages() -> None:
    refusal = PlanNotReady("PLAN-1 v2", rules.check_plan([sampled(level="4")], [line()]))

    assert "major: the level must be one of S-1, S-2" in refusal.sentence("en")
    assert "检验水平必须是 S-1" in refusal.sentence("zh")
    assert refusal.data()["problems"] == [{"about": "major", "check": "level_unknown"}]


@pytest.mark.parametrize(
    ("verb", "state", "is_possible"),
    [
        ("change", "draft", True),
        ("change", "valid", False),
        ("change", "ended", False),
        ("approve", "draft", True),
        ("approve", "valid", False),
        ("approve", "ended", False),
        ("end", "draft", False),
        ("end", "valid", True),
        ("end", "ended", False),
    ],
)
def test_a_verb_starts_from_its_states(verb: str, state: str, is_possible: bool) -> None:
    codes = [r.code for r in rules.can_plan(verb, PlanFacts("P v1", state))]

    assert codes == ([] if is_possible else ["inspections.plan_not_in_state"])


def test_who_wrote_it_does_not_approve_it() -> None:
    own = PlanFacts("P v1", "draft", is_author=True)

    assert [r.code for r in rules.can_plan("approve", own)] == ["inspections.own_plan_draft"]
    assert rules.can_plan("change", own) == []


def test_nothing_begins_in_the_past_or_before_the_version_before_it() -> None:
    later = NOON + timedelta(days=2)

    assert rules.check_plan_beginning("P", NOON, NOON, None) == []
    assert rules.check_plan_beginning("P", later, NOON, later) == []
    (past,) = rules.check_plan_beginning("P", NOON - timedelta(seconds=1), NOON, None)
    (early,) = rules.check_plan_beginning("P", later - timedelta(seconds=1), NOON, later)
    assert [r.data()["earliest"] for r in (past, early)] == [NOON.isoformat(), later.isoformat()]
