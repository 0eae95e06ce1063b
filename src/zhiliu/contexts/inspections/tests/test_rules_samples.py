"""How many units are looked at, when a sample is decided, and what it says to the switching."""

from dataclasses import replace
from decimal import Decimal

import pytest

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.rules.samples import (
    SampleFacts,
    Sampling,
    outcome_of,
    size_sample,
    units_of,
)
from zhiliu.contexts.inspections.states import SamplingStatus
from zhiliu.contexts.inspections.tests.test_rules import COUNTED

ISO = Sampling("major", None, "iso", "II", Decimal("1.0"), None, "nonconforming_units", False, 2)
SAMPLE = SampleFacts("major", None, "iso", Decimal("2.5"), "normal", "J", 80, 5, 6, 80, 80, 0)


@pytest.mark.parametrize(
    ("quantity", "units"), [("100", 100), ("48.7", 49), ("0.2", 1), ("1", 1), ("49.000001", 50)]
)
def test_a_started_unit_is_a_unit(quantity, units):
    assert units_of(Decimal(quantity)) == units


@pytest.mark.parametrize(
    ("status", "severity", "n", "ac"),
    [
        ("normal", "normal", 50, 1),
        ("tightened", "tightened", 80, 1),
        ("reduced", "reduced", 32, 1),
        ("skip", "normal", 50, 1),
        ("discontinued", "tightened", 80, 1),
    ],
)
def test_the_state_decides_the_severity_of_the_sample(status, severity, n, ac):
    size = size_sample(ISO, 500, SamplingStatus(status))

    assert (size.severity, size.to_inspect, size.accept) == (severity, n, ac)


def test_reduced_inspection_does_not_outlive_the_plan_that_earned_it():
    size = size_sample(replace(ISO, scheme="mil"), 500, SamplingStatus.REDUCED)

    assert size.severity == "normal"


@pytest.mark.parametrize(
    ("scheme", "fixed_n", "lot", "n", "to_inspect"),
    [("full", None, 12, 12, 12), ("fixed", 5, 12, 5, 5), ("fixed", 5, 3, 5, 3)],
)
def test_all_or_a_fixed_number_accept_with_none(scheme, fixed_n, lot, n, to_inspect):
    sampling = replace(ISO, scheme=scheme, fixed_n=fixed_n, level="", aql=None)

    size = size_sample(sampling, lot, SamplingStatus.TIGHTENED)

    assert (size.sample_size, size.to_inspect, size.accept, size.reject) == (n, to_inspect, 0, 1)
    assert size.severity == ""


def test_a_class_is_accepted_complete_below_re_and_not_accepted_at_it():
    accepted = outcome_of([replace(SAMPLE, found=5)])
    rejected = outcome_of([replace(SAMPLE, found=6, read=7)])

    assert accepted is not None and accepted.accepted
    assert rejected is not None and not rejected.accepted
    assert outcome_of([replace(SAMPLE, read=79)]) is None


def test_one_characteristic_with_its_own_sample_decides_for_its_class_too():
    own = replace(SAMPLE, scheme="fixed", aql=None, accept=0, reject=1, found=1)

    assert outcome_of([SAMPLE, own]).accepted is False
    assert outcome_of([SAMPLE, replace(own, found=0, read=3)]) is None


@pytest.mark.parametrize(("found", "passes"), [(0, True), (3, True), (4, False), (5, False)])
def test_the_step_tighter_is_looked_up_for_the_class(found, passes):
    """J at 2.5 accepts 5, at 1.5 it accepts 3 (ISO 2859-1:1999 table 2-A)."""
    assert outcome_of([replace(SAMPLE, found=found)]).passes_tighter is passes


def codes(refusals):
    return [r.code.removeprefix("inspections.") for r in refusals]


@pytest.mark.parametrize(
    ("verb", "change", "expected"),
    [
        ("accept", {}, []),
        ("accept", {"found": 5}, []),
        ("accept", {"found": 6}, ["rejection_reached"]),
        ("accept", {"read": 3}, ["sample_incomplete"]),
        ("accept", {"read": 3, "found": 6}, ["rejection_reached"]),
        ("judge", {}, ["not_every_unit_inspected"]),
        ("judge", {"found": 6}, ["rejection_reached"]),
        ("judge", {"to_inspect": 500, "found": 6}, []),
        ("judge", {"to_inspect": 500, "read": 1}, ["sample_incomplete"]),
    ],
)
def test_which_verdict_the_samples_allow(verb, change, expected):
    facts = replace(COUNTED, follows_plan=True)
    samples = [("major", replace(SAMPLE, **change))]

    assert codes(rules.check_samples(verb, facts, samples, 500)) == expected


def test_a_count_of_every_unit_may_be_judged_whatever_the_samples_say():
    facts = replace(COUNTED, follows_plan=True, is_counted_whole=True)
    samples = [("major", replace(SAMPLE, read=0))]

    assert rules.check_samples("judge", facts, samples, 500) == []
    assert codes(rules.check_samples("accept", facts, samples, 500)) == ["sample_incomplete"]


CRITICAL = replace(SAMPLE, severity_class="critical", accept=0, reject=1)


@pytest.mark.parametrize(
    ("follows_plan", "is_counted_whole", "nonconforming", "samples", "expected"),
    [
        (False, False, 0, (), False),
        (True, False, 5, (replace(SAMPLE, found=5),), True),
        (True, False, 6, (replace(SAMPLE, found=6, read=7),), False),
        (True, False, 1, (SAMPLE, replace(CRITICAL, found=1, read=1)), False),
        (True, False, 0, (SAMPLE, CRITICAL), True),
        (True, True, 1, (replace(SAMPLE, read=0),), False),
        (True, True, 5, (replace(SAMPLE, found=5),), False),
        (True, True, 0, (SAMPLE,), True),
    ],
)
def test_not_accepting_is_an_override_only_against_the_count(
    follows_plan, is_counted_whole, nonconforming, samples, expected
):
    facts = replace(
        COUNTED,
        follows_plan=follows_plan,
        is_counted_whole=is_counted_whole,
        nonconforming=Decimal(nonconforming),
    )

    assert rules.is_override("not_accept", facts, samples) is expected
    assert not rules.is_override("accept", facts, samples)
    assert not rules.is_override("judge", facts, samples)


@pytest.mark.parametrize(
    ("is_counted_whole", "act"),
    [
        (False, "not accept goods before Re is reached"),
        (True, "not accept goods without a nonconforming unit"),
    ],
)
def test_an_override_needs_a_reason_that_says_against_what(is_counted_whole, act):
    facts = replace(
        COUNTED, follows_plan=True, is_counted_whole=is_counted_whole, nonconforming=Decimal(0)
    )

    (refusal,) = rules.check_not_accept(facts, " ")

    assert refusal.data()["act"] == act
    assert rules.check_not_accept(facts, "certificate missing") == []


def test_with_every_unit_of_one_class_read_another_must_be_acceptable():
    facts = replace(COUNTED, follows_plan=True)
    critical = replace(SAMPLE, severity_class="critical", to_inspect=500, found=9)

    def judge(**change):
        samples = [("critical", critical), ("major", replace(SAMPLE, **change))]
        return codes(rules.check_samples("judge", facts, samples, 500))

    assert judge() == []
    assert judge(found=6) == ["rejection_reached"]
