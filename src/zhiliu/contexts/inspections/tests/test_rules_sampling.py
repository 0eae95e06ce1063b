"""Plans for lots: every cell of both standards, published cases, and what holds for all lots."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import tests
from hypothesis import given
from hypothesis import strategies as some

from zhiliu.contexts.inspections.errors import SamplingValueUnknown
from zhiliu.contexts.inspections.rules import is_for_units, passes_tighter, plan_for
from zhiliu.contexts.inspections.rules.sampling import (
    SEVERITIES,
    VARIANTS,
    cell,
    code_letter,
    column_of,
)
from zhiliu.contexts.inspections.rules.sampling_tables import AQLS, LEVELS

FACTS = Path(tests.__file__).parent / "data" / "sampling"
TABLES = json.loads((FACTS / "attributes-single.json").read_text(encoding="utf-8"))
CASES = json.loads((FACTS / "cases.json").read_text(encoding="utf-8"))
STANDARDS = {"iso": "iso_2859_1_1999", "mil": "mil_std_105e"}
VARIANT_OF = {name: variant for variant, name in STANDARDS.items()}

lots = some.integers(1, 2_000_000)
levels, aqls = some.sampled_from(LEVELS), some.sampled_from(AQLS)
severities, variants = some.sampled_from(SEVERITIES), some.sampled_from(VARIANTS)


def of_kind(kind):
    return [pytest.param(case, id=case["name"]) for case in CASES if case["kind"] == kind]


def plan_of(params):
    return plan_for(
        params["lot_size"],
        params["inspection_level"],
        params["aql"],
        params["severity"],
        VARIANT_OF[params["standard"]],
    )


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_cell_is_the_one_of_the_standard(variant):
    tables = TABLES["variants"][STANDARDS[variant]]["tables"]
    expected = {
        (severity, row["code_letter"], aql): fact
        and (fact["code"], fact["n"], fact["ac"], fact["re"])
        for severity, rows in tables.items()
        for row in rows
        for aql, fact in row["cells"].items()
    }

    found = {
        (severity, letter, aql): cell(variant, severity, letter, column_of(aql))
        for severity, letter, aql in expected
    }

    assert found == expected
    assert len(found) == 1274
    blank = {(severity, letter) for (severity, letter, _), each in found.items() if each is None}
    assert blank == {("tightened", "S")}
    assert list(found.values()).count(None) == 25


def test_every_lot_range_has_its_code_letter_at_each_level():
    for fact in TABLES["code_letters"]:
        for size in (fact["lot_min"], fact["lot_max"] or 10**30):
            assert {each: code_letter(size, each) for each in LEVELS} == {
                each: fact[each] for each in LEVELS
            }


@pytest.mark.parametrize("case", of_kind("attribute_plan_lookup"))
def test_published_plans(case):
    expected = case["expected"]

    plan = plan_of(case["params"])

    assert plan == (
        expected["code_letter"],
        expected["plan_letter"],
        expected["sample_size"],
        expected["ac"],
        expected["re"],
        expected["full_inspection"],
        expected.get("units_to_inspect", expected["sample_size"]),
    )


@pytest.mark.parametrize("case", of_kind("lot_decision"))
def test_published_decisions(case):
    params, expected = case["params"], case["expected"]
    found = params["nonconforming"]

    plan = plan_of(params)

    assert plan[:6] == tuple(
        expected[name]
        for name in ("code_letter", "plan_letter", "sample_size", "ac", "re", "full_inspection")
    )
    assert plan.accepts(found) == expected["lot_accepted"]
    exceeded = params["severity"] == "reduced" and found > plan.accept
    assert exceeded == expected["return_to_normal"]


def test_the_issue_s_example():
    assert plan_for(500, "II", "1.0", "normal", "iso")._asdict() == {
        "code_letter": "H",
        "plan_letter": "H",
        "sample_size": 50,
        "accept": 1,
        "reject": 2,
        "full_inspection": False,
        "units_to_inspect": 50,
    }


@pytest.mark.parametrize("size", [1, 2, 8])
def test_a_lot_below_n_is_inspected_whole(size):
    plan = plan_for(size, "II", "0.65", "normal", "iso")

    assert plan[:5] == ("A", "F", 20, 0, 1)
    assert plan[5:] == (True, size)


def test_a_lot_of_exactly_n_is_inspected_whole():
    assert plan_for(20, "II", "0.65", "normal", "iso")[5:] == (True, 20)
    assert plan_for(21, "II", "0.65", "normal", "iso")[5:] == (False, 20)


@pytest.mark.parametrize("given_aql", ["1.0", "1", "1.00", 1, 1.0, Decimal("1.000"), "1e0"])
def test_an_aql_is_a_number_however_it_is_written(given_aql):
    assert plan_for(500, "II", given_aql, "normal", "iso").sample_size == 50


@pytest.mark.parametrize(
    ("arguments", "what", "allowed"),
    [
        ((0, "II", "1.0", "normal", "iso"), "lot_size", "1, 2, 3 …"),
        ((-5, "II", "1.0", "normal", "iso"), "lot_size", "1, 2, 3 …"),
        ((True, "II", "1.0", "normal", "iso"), "lot_size", "1, 2, 3 …"),
        ((5.5, "II", "1.0", "normal", "iso"), "lot_size", "1, 2, 3 …"),
        ((500, "IV", "1.0", "normal", "iso"), "level", "S-1, S-2, S-3, S-4, I, II, III"),
        ((500, ["II"], "1.0", "normal", "iso"), "level", "S-1, S-2, S-3, S-4, I, II, III"),
        ((500, "II", "0.5", "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", "-1.0", "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", "one", "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", "sNaN", "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", float("inf"), "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", None, "normal", "iso"), "aql", ", ".join(AQLS)),
        ((500, "II", "1.0", "skip", "iso"), "severity", "normal, tightened, reduced"),
        ((500, "II", "1.0", {}, "iso"), "severity", "normal, tightened, reduced"),
        ((500, "II", "1.0", "normal", "ISO"), "variant", "iso, mil"),
        ((500, "II", "1.0", "normal", []), "variant", "iso, mil"),
    ],
)
def test_a_value_that_no_table_has_is_refused_with_those_they_have(arguments, what, allowed):
    with pytest.raises(SamplingValueUnknown) as refused:
        plan_for(*arguments)

    assert refused.value.what == what
    assert allowed in refused.value.remedy("en")
    assert allowed in refused.value.remedy("zh")
    assert what in refused.value.sentence("zh")


def test_a_refusal_shows_the_beginning_of_what_was_given():
    with pytest.raises(SamplingValueUnknown) as refused:
        plan_for(-(10**100), "II", "1.0", "normal", "iso")

    assert len(refused.value.sentence("en")) < 100


def test_only_the_aqls_up_to_ten_limit_percent_nonconforming():
    assert [aql for aql in AQLS if is_for_units(aql)] == [*AQLS[:16]]


@given(lots, lots, levels, aqls, severities, variants)
def test_larger_lots_get_later_letters_and_never_smaller_samples(
    a, b, level, aql, severity, variant
):
    small, large = sorted((a, b))
    one = plan_for(small, level, aql, severity, variant)
    other = plan_for(large, level, aql, severity, variant)

    assert one.code_letter <= other.code_letter
    assert one.sample_size <= other.sample_size


@given(lots, levels, aqls, severities, variants)
def test_every_lot_has_a_plan_that_can_be_carried_out(size, level, aql, severity, variant):
    plan = plan_for(size, level, aql, severity, variant)

    assert 0 <= plan.accept < plan.reject
    assert plan.units_to_inspect == min(plan.sample_size, size)
    assert plan.full_inspection == (plan.sample_size >= size)
    assert plan.accepts(plan.accept)
    assert not plan.accepts(plan.reject)
    assert variant == "mil" or plan.reject == plan.accept + 1


@given(lots, levels, aqls, variants)
def test_tightened_asks_more_than_normal_and_normal_more_than_reduced(size, level, aql, variant):
    tightened, normal, reduced = (
        plan_for(size, level, aql, severity, variant)
        for severity in ("tightened", "normal", "reduced")
    )

    assert reduced.sample_size <= normal.sample_size
    if tightened.sample_size == normal.sample_size:
        assert tightened.accept <= normal.accept


def test_one_step_tighter_is_looked_up_where_n_is_the_same():
    asked = 0
    for variant in VARIANTS:
        for severity in ("normal", "tightened"):
            for size in (fact["lot_min"] for fact in TABLES["code_letters"]):
                for level in LEVELS:
                    for aql in AQLS:
                        plan = plan_for(size, level, aql, severity, variant)
                        if plan.accept < 2:
                            assert passes_tighter(plan, aql, severity, variant, 0) is None
                            continue
                        asked += 1
                        tighter = cell(variant, severity, plan.plan_letter, column_of(aql) - 1)
                        assert tighter.sample_size == plan.sample_size
                        assert tighter.accept < plan.accept
                        assert passes_tighter(plan, aql, severity, variant, tighter.accept)
                        assert not passes_tighter(plan, aql, severity, variant, plan.accept)

    assert asked > 1000


def test_one_step_tighter_follows_the_plan_s_row_not_the_lot_s():
    """Letter F has no plan at AQL 100; its arrow leads to E, where AQL 65 accepts 14 of 13 units.

    In row F itself AQL 65 accepts 21 of 20 units: another n, and a count of 15 would pass.
    """
    plan = plan_for(100, "II", "100", "normal", "iso")

    assert (plan.code_letter, plan.plan_letter, plan.sample_size, plan.accept) == ("F", "E", 13, 21)
    assert passes_tighter(plan, "100", "normal", "iso", 14) is True
    assert passes_tighter(plan, "100", "normal", "iso", 15) is False
