"""Switching: the published sequences, each way from one status to another, and what feeds it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zhiliu.contexts.inspections.rules import (
    REASONS,
    Outcome,
    SkipLot,
    StateFacts,
    Step,
    SwitchReason,
    after,
    after_improvement,
    after_steadiness,
    must_inspect,
    severity_of,
)
from zhiliu.contexts.inspections.states import SamplingStatus
from zhiliu.contexts.inspections.tests.test_rules_sampling import of_kind

ACCEPTED, FAILED = Outcome(True, True), Outcome(True, False)
SKIP = SkipLot()
STEADY = StateFacts(is_steady=True)
TIGHTENED = StateFacts(SamplingStatus.TIGHTENED)
REDUCED = StateFacts(SamplingStatus.REDUCED, score=30, is_steady=True)


def follow(facts, outcomes, scheme="iso", skip=None):
    """The step after each outcome."""
    steps = []
    for outcome in outcomes:
        steps.append(after(facts, outcome, scheme=scheme, skip=skip))
        facts = steps[-1].facts
    return steps


def of(letters):
    """a: accepted, n: not accepted."""
    return [ACCEPTED if letter == "a" else FAILED for letter in letters]


def statuses(steps):
    return [str(step.facts.status) for step in steps]


def reasons(steps):
    return [str(step.reason) for step in steps if step.reason]


@pytest.mark.parametrize("case", of_kind("switching_sequence"))
def test_published_sequences(case):
    params, expected = case["params"], case["expected"]
    start = StateFacts(
        SamplingStatus(params["start"]), is_steady=params["reduced_inspection_authorised"]
    )
    outcomes = [
        Outcome(True, lot["accepted"], lot["accepted_one_aql_step_tighter"])
        for lot in params["lots"]
    ]

    steps = follow(start, outcomes)

    before = [start, *(step.facts for step in steps)]
    found = [
        {
            "inspected_under": str(was.status),
            "next": str(step.facts.status),
            "switching_score": step.facts.score if was.status == "normal" else None,
        }
        for was, step in zip(before, steps, strict=False)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("nn", "tightened"),
        ("naaan", "tightened"),
        ("naaaan", "normal"),
        ("anaaaana", "normal"),
        ("anaana", "tightened"),
        ("n", "normal"),
    ],
)
@pytest.mark.parametrize("scheme", ["iso", "mil"])
def test_two_of_at_most_five_lead_from_normal_to_tightened(letters, expected, scheme):
    step = follow(StateFacts(), of(letters), scheme)

    assert expected in statuses(step)
    assert reasons(step) == (["two_of_five_not_accepted"] if expected == "tightened" else [])


def test_the_window_of_normal_inspection_begins_with_it():
    steps = follow(replace(TIGHTENED, recent="nn"), of("aaaaana"))

    assert statuses(steps)[4:] == ["normal", "normal", "normal"]
    assert reasons(steps) == ["five_accepted_on_tightened"]
    assert steps[-1].facts.recent == "na"


@pytest.mark.parametrize("scheme", ["iso", "mil"])
def test_five_accepted_in_a_row_lead_from_tightened_to_normal(scheme):
    steps = follow(TIGHTENED, of("aaaanaaaaa"), scheme)

    assert statuses(steps) == ["tightened"] * 9 + ["normal"]
    assert steps[-1] == Step(StateFacts(accepted_run=5), SwitchReason.FIVE_ACCEPTED)


def test_five_not_accepted_on_tightened_end_inspection_however_many_lie_between():
    steps = follow(TIGHTENED, of("naaaanaanaaaanan"))

    assert statuses(steps) == ["tightened"] * 15 + ["discontinued"]
    assert reasons(steps) == ["five_not_accepted_on_tightened"]


def test_failures_on_an_earlier_tightened_inspection_are_not_counted():
    once = follow(TIGHTENED, of("nnnnaaaaa"))[-1].facts
    again = follow(once, of("nn"))[-1].facts

    steps = follow(again, of("nnnn"))

    assert (once.status, again.status) == ("normal", "tightened")
    assert statuses(steps) == ["tightened"] * 4
    assert statuses(follow(again, of("nnnnn")))[-1] == "discontinued"


def test_only_an_improvement_ends_discontinued_inspection():
    ended = follow(TIGHTENED, of("nnnnn"))[-1].facts

    assert after(ended, ACCEPTED, scheme="iso") == Step(ended)
    assert after(ended, FAILED, scheme="iso") == Step(ended)
    resumed = after_improvement(ended)
    assert resumed == Step(TIGHTENED, SwitchReason.IMPROVED)
    assert statuses(follow(resumed.facts, of("nnnnn")))[-1] == "discontinued"


@pytest.mark.parametrize("status", [s for s in SamplingStatus if s != "discontinued"])
def test_an_improvement_changes_nothing_else(status):
    assert after_improvement(StateFacts(status)) == Step(StateFacts(status))


@pytest.mark.parametrize(
    ("tighter", "lots"),
    [(None, 15), (True, 10)],
)
def test_reduced_is_earned_by_the_switching_score(tighter, lots):
    outcome = Outcome(True, True, tighter)

    steps = follow(STEADY, [outcome] * lots)

    assert statuses(steps) == ["normal"] * (lots - 1) + ["reduced"]
    assert reasons(steps) == ["score_reached"]
    assert steps[-1].facts.score == 30


@pytest.mark.parametrize("outcome", [FAILED, Outcome(True, True, False)])
def test_the_score_goes_back_to_nothing(outcome):
    (step,) = follow(replace(STEADY, score=28), [outcome])

    assert step.facts.score == 0
    assert step.facts.status == "normal"


def test_without_steady_production_the_score_alone_leads_nowhere():
    steps = follow(StateFacts(), [ACCEPTED] * 40)

    assert set(statuses(steps)) == {"normal"}
    assert steps[-1].facts.score == 30


LARGEST_SMALLINT = 32_767  # what the column of the score and of the failures holds


@pytest.mark.parametrize("tighter", [None, True])
def test_a_score_that_nobody_uses_fits_its_column_however_many_lots_come(tighter):
    outcomes = [Outcome(True, True, tighter)] * (LARGEST_SMALLINT // 2 + 2)

    steps = follow(StateFacts(), outcomes)

    assert max(step.facts.score for step in steps) == 30
    assert after_steadiness(steps[-1].facts, is_steady=True, scheme="iso").reason == "score_reached"


def test_failures_that_end_nothing_under_mil_fit_their_column_too():
    steps = follow(TIGHTENED, [FAILED] * (LARGEST_SMALLINT + 2), "mil")

    assert max(step.facts.tightened_failures for step in steps) == 5
    assert after(steps[-1].facts, FAILED, scheme="iso").reason == "five_not_accepted_on_tightened"


@given(some.lists(some.sampled_from([ACCEPTED, Outcome(True, True, True)]), max_size=40))
def test_a_score_that_stops_at_30_decides_as_one_that_does_not(outcomes):
    unlimited = sum(3 if outcome.passes_tighter else 2 for outcome in outcomes)
    steps = follow(StateFacts(), outcomes)
    facts = steps[-1].facts if steps else StateFacts()

    reached = after_steadiness(facts, is_steady=True, scheme="iso").reason == "score_reached"

    assert reached == (unlimited >= 30)
    assert facts.score == min(unlimited, 30)


def test_production_declared_steady_leads_to_reduced_once_the_score_is_there():
    earned = replace(StateFacts(), score=30)

    assert after_steadiness(earned, is_steady=True, scheme="iso") == Step(
        REDUCED, SwitchReason.SCORE_REACHED
    )
    assert after_steadiness(replace(earned, score=29), is_steady=True, scheme="iso").reason is None
    assert after_steadiness(earned, is_steady=True, scheme="mil").reason is None
    tightened = replace(TIGHTENED, score=30)
    assert after_steadiness(tightened, is_steady=True, scheme="iso").facts.status == "tightened"


def test_irregular_production_ends_reduced_inspection():
    step = after_steadiness(REDUCED, is_steady=False, scheme="iso")

    assert step == Step(StateFacts(), SwitchReason.IRREGULAR)


def test_one_lot_not_accepted_ends_reduced_inspection():
    steps = follow(REDUCED, of("aaan"))

    assert statuses(steps) == ["reduced"] * 3 + ["normal"]
    assert steps[-1] == Step(STEADY, SwitchReason.FAILED_ON_REDUCED)


def test_under_mil_nothing_leads_to_reduced_discontinued_or_skip():
    steady = follow(STEADY, [Outcome(True, True, True)] * 50, "mil", SKIP)
    failing = follow(StateFacts(), [FAILED] * 50, "mil", SKIP)

    assert set(statuses(steady)) == {"normal"}
    assert set(statuses(failing)) == {"normal", "tightened"}


@pytest.mark.parametrize("scheme", ["full", "fixed"])
def test_plans_without_aql_know_no_severities(scheme):
    steps = follow(STEADY, of("nnnnnn" + "a" * 30), scheme)

    assert set(statuses(steps)) == {"normal"}


@pytest.mark.parametrize("scheme", ["iso", "full", "fixed"])
def test_lots_are_skipped_after_ten_accepted_in_a_row_until_one_is_not(scheme):
    steps = follow(StateFacts(), of("a" * 9 + "n" + "a" * 15 + "na"), scheme, SKIP)

    assert statuses(steps) == ["normal"] * 19 + ["skip"] * 6 + ["normal"] * 2
    assert reasons(steps) == ["skip_earned", "not_accepted_on_skip"]
    assert steps[-1].facts.accepted_run == 1


def test_a_lot_not_accepted_on_skip_counts_among_the_five():
    steps = follow(StateFacts(), of("a" * 10 + "nan"), "iso", SKIP)

    assert statuses(steps)[-4:] == ["skip", "normal", "normal", "tightened"]


def test_skip_is_reached_from_reduced_too_and_before_it():
    from_reduced = follow(replace(REDUCED, accepted_run=9), [ACCEPTED], "iso", SKIP)
    tie = follow(STEADY, [Outcome(True, True, True)] * 10, "iso", SKIP)

    assert reasons(from_reduced) == reasons(tie) == ["skip_earned"]


def test_how_many_and_how_often_are_parameters():
    steps = follow(StateFacts(), of("aaa"), "iso", SkipLot(after_accepted=3, one_in=5))

    assert statuses(steps) == ["normal", "normal", "skip"]
    assert [must_inspect(draw, SkipLot(3, 5)) for draw in range(5)] == [True] + [False] * 4


@pytest.mark.parametrize("draw", [-1, 3])
def test_a_draw_outside_its_range_is_a_fault(draw):
    with pytest.raises(ValueError, match="from 0 to 2"):
        must_inspect(draw, SKIP)


@pytest.mark.parametrize(
    ("facts", "scheme", "skip"),
    [
        (REDUCED, "mil", None),
        (REDUCED, "fixed", SKIP),
        (StateFacts(SamplingStatus.SKIP), "iso", None),
        (StateFacts(SamplingStatus.SKIP), "mil", SKIP),
    ],
)
def test_a_status_that_the_plan_no_longer_leads_to_ends(facts, scheme, skip):
    (step,) = follow(facts, [ACCEPTED], scheme, skip)

    assert step.reason == "not_in_plan"
    assert step.facts.status == "normal"
    assert step.facts.recent == "a"


def test_only_original_inspections_count():
    for status in SamplingStatus:
        for accepted in (True, False):
            facts = StateFacts(status, 28, 9, "aaan", 4, True)

            step = after(facts, Outcome(False, accepted, True), scheme="iso", skip=SKIP)

            assert step == Step(facts)


@given(
    some.lists(
        some.builds(
            Outcome, some.booleans(), some.booleans(), some.sampled_from([None, True, False])
        ),
        max_size=60,
    ),
    some.sampled_from(["iso", "mil", "full", "fixed"]),
    some.sampled_from([None, SkipLot(3, 2)]),
    some.booleans(),
)
def test_resubmitted_lots_leave_no_trace_in_any_history(outcomes, scheme, skip, is_steady):
    start = StateFacts(is_steady=is_steady)

    steps = follow(start, outcomes, scheme, skip)
    originals = follow(start, [o for o in outcomes if o.is_original], scheme, skip)

    end, same = (each[-1].facts if each else start for each in (steps, originals))
    assert end == same
    before = start
    for step in steps:
        assert (step.reason is None) == (step.facts.status == before.status)
        before = step.facts


def test_which_table_each_status_uses():
    assert {str(status): str(severity_of(status)) for status in SamplingStatus} == {
        "normal": "normal",
        "tightened": "tightened",
        "reduced": "reduced",
        "skip": "normal",
        "discontinued": "tightened",
    }


def test_every_reason_has_a_sentence_in_both_languages():
    assert set(REASONS) == set(SwitchReason)
    for en, zh in REASONS.values():
        assert re.fullmatch(r"[A-Z].+\.", en)
        assert re.fullmatch(r".*[\u4e00-\u9fff].*。", zh)
