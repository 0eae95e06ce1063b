"""Tables of cases: every lifecycle move, counts, defects, named units."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.rules import InspectionFacts
from zhiliu.contexts.inspections.states import (
    INSPECTION,
    URGENT_RELEASE,
    InspectionOrigin,
    InspectionReason,
    InspectionState,
    UrgentReleaseState,
)

OPENED = datetime(2026, 3, 2, 8, tzinfo=UTC)
COUNTED = InspectionFacts(
    number="INS-000001",
    state="open",
    open=Decimal(95),
    consumed=Decimal(5),
    inspected=Decimal(95),
    nonconforming=Decimal(3),
    opened_at=OPENED,
    result_at=OPENED + timedelta(hours=1),
)
UNCOUNTED = replace(COUNTED, inspected=None, nonconforming=None, result_at=None)


def codes(refusals):
    return [refusal.code.removeprefix("inspections.") for refusal in refusals]


@pytest.mark.parametrize("verb", sorted(INSPECTION.verbs))
@pytest.mark.parametrize("state", list(InspectionState))
def test_every_verb_starts_from_open_and_from_nowhere_else(verb, state):
    facts = replace(COUNTED, state=state, follows_plan=verb in rules.SAMPLED)
    found = codes(rules.can(verb, facts))

    assert found == ([] if state == "open" else ["already_decided"])


def test_each_verb_leads_to_its_state():
    targets = {verb: str(t.target) for verb, t in INSPECTION.verbs.items()}

    assert targets == {
        "record_result": "open",
        "record_readings": "open",
        "count_characteristic": "open",
        "post_sample": "open",
        "accept": "accepted",
        "not_accept": "not_accepted",
        "judge": "judged",
        "cancel": "cancelled",
    }
    assert {f"inspections.{verb}" for verb in targets} - {"inspections.count_characteristic"} == {
        t.permission for t in INSPECTION.verbs.values()
    }


@pytest.mark.parametrize(
    ("verb", "sources", "target"),
    [
        ("request", set(), "requested"),
        ("approve", {"requested"}, "approved"),
        ("refuse", {"requested"}, "refused"),
        ("end", {"requested", "approved"}, "ended"),
    ],
)
def test_an_urgent_release_is_decided_once_and_ends_once(verb, sources, target):
    transition = URGENT_RELEASE.verbs[verb]

    assert {s for s in UrgentReleaseState if URGENT_RELEASE.allows(verb, s)} == sources
    assert transition.target == target


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (UNCOUNTED, {"accept", "not_accept", "judge"}),
        (replace(COUNTED, open=Decimal(0)), {"judge"}),
        (
            replace(COUNTED, open=Decimal(0), consumed=Decimal(0)),
            {"accept", "not_accept", "judge"},
        ),
        (replace(COUNTED, inspected=Decimal(94)), {"judge"}),
        (COUNTED, set()),
    ],
)
def test_which_verbs_an_open_inspection_refuses(facts, expected):
    without_plan = {"record_readings", "count_characteristic"}
    assert {v for v in INSPECTION.verbs if rules.can(v, facts)} == expected | without_plan


@pytest.mark.parametrize(
    ("inspected", "nonconforming", "expected"),
    [
        ("1", "0", []),
        ("100", "100", []),
        ("101", "0", ["count_out_of_range"]),
        ("0", "0", ["count_out_of_range"]),
        ("-1", "0", ["count_out_of_range"]),
        ("5", "6", ["count_out_of_range"]),
        ("5", "-1", ["count_out_of_range"]),
        ("5.5", "0", ["count_too_fine"]),
        ("5", "0.5", ["count_too_fine"]),
    ],
)
def test_counts_lie_between_nothing_and_what_was_presented(inspected, nonconforming, expected):
    found = rules.check_counts(UNCOUNTED, Decimal(inspected), Decimal(nonconforming), "PCS", 0)

    assert codes(found) == expected


def test_counts_may_be_as_fine_as_their_unit():
    assert rules.check_counts(UNCOUNTED, Decimal("5.125"), Decimal("0.5"), "L", 3) == []
    assert codes(rules.check_counts(UNCOUNTED, Decimal("5.1255"), Decimal(0), "L", 3)) == [
        "count_too_fine"
    ]


@pytest.mark.parametrize(
    ("nonconforming", "defects", "expected"),
    [
        (0, [], []),
        (3, [("crack", 3)], []),
        (3, [("crack", 2), ("scratch", 2)], []),
        (3, [("crack", 3), ("scratch", 3)], []),
        (3, [], ["defect_missing"]),
        (3, [("crack", 2)], ["defect_missing"]),
        (3, [("crack", 4)], ["defect_count_wrong"]),
        (3, [("crack", 0), ("scratch", 3)], ["defect_count_wrong"]),
        (3, [("crack", 2), ("crack", 1)], ["defect_count_wrong"]),
        (0, [("crack", 1)], ["defect_count_wrong"]),
        (1, [("unheard-of", 1)], ["defect_unknown"]),
    ],
)
def test_defects_cover_every_nonconforming_unit(nonconforming, defects, expected):
    named = [rules.Defect(code, Decimal(count)) for code, count in defects]

    found = rules.check_defects(UNCOUNTED, Decimal(nonconforming), named, {"crack", "scratch"})

    assert codes(found) == expected


@pytest.mark.parametrize(
    ("nonconforming", "defects", "expected"),
    [
        (1, [("scratch", 5)], []),
        (2, [("scratch", 5), ("crack", 1)], []),
        (2, [("scratch", 1)], ["defect_missing"]),
        (1, [("scratch", 0), ("crack", 1)], ["defect_count_wrong"]),
        (0, [("scratch", 5)], ["defect_count_wrong"]),
    ],
)
def test_nonconformities_may_be_more_than_the_units_that_have_them(
    nonconforming, defects, expected
):
    named = [rules.Defect(code, Decimal(count)) for code, count in defects]

    found = rules.check_defects(
        UNCOUNTED, Decimal(nonconforming), named, {"crack", "scratch"}, (), "nonconformities"
    )

    assert codes(found) == expected


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        (["face", "rim"], []),
        (["face", ""], []),
        (["face", "face"], ["defect_count_wrong"]),
        (["face", "unheard-of"], ["position_unknown"]),
    ],
)
def test_a_defect_is_counted_once_a_position(positions, expected):
    named = [rules.Defect("crack", Decimal(2), position) for position in positions]

    found = rules.check_defects(UNCOUNTED, Decimal(2), named, {"crack"}, {"face", "rim"})

    assert codes(found) == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"L-1": 3}, []),
        ({"L-1": 2, "L-2": 1}, []),
        ({"L-1": 4}, ["units_not_named"]),
        ({"L-2": 6}, ["part_too_large", "units_not_named"]),
        ({}, []),  # all three may be among the five destroyed
    ],
)
def test_the_units_taken_out_are_those_found(named, expected):
    given = {lot: Decimal(quantity) for lot, quantity in named.items()}
    available = {"L-1": Decimal(90), "L-2": Decimal(5)}

    assert codes(rules.check_named(COUNTED, given, available)) == expected


def test_what_was_not_destroyed_must_be_named():
    facts = replace(COUNTED, consumed=Decimal(1))

    (refusal,) = rules.check_named(facts, {"L-1": Decimal(1)}, {"L-1": Decimal(95)})

    assert refusal.data()["least"] == "2"
    assert refusal.data()["most"] == "3"
    assert rules.check_named(facts, {"L-1": Decimal(2)}, {"L-1": Decimal(95)}) == []


@pytest.mark.parametrize(
    ("verb", "hours", "expected"),
    [
        ("record_result", 0, []),
        ("record_result", -1, ["too_early"]),
        ("accept", 1, []),
        ("accept", 0, ["too_early"]),
        ("judge", 0, ["too_early"]),
        ("cancel", 0, []),
        ("cancel", -1, ["too_early"]),
    ],
)
def test_nothing_happens_before_what_it_builds_on(verb, hours, expected):
    assert codes(rules.check_time(verb, COUNTED, OPENED + timedelta(hours=hours))) == expected


@pytest.mark.parametrize(
    ("check", "facts", "reason", "expected"),
    [
        (rules.check_correction, 0, "", []),
        (rules.check_correction, 1, " ", ["reason_missing"]),
        (rules.check_correction, 1, "miscounted", []),
        (rules.check_not_accept, COUNTED, "", []),
        (
            rules.check_not_accept,
            replace(COUNTED, nonconforming=Decimal(0)),
            "",
            ["reason_missing"],
        ),
        (rules.check_not_accept, replace(COUNTED, nonconforming=Decimal(0)), "no papers", []),
    ],
)
def test_when_a_reason_is_needed(check, facts, reason, expected):
    assert codes(check(facts, reason)) == expected


def test_only_a_receipt_is_an_original_inspection():
    reasons = {origin: rules.reason_of(origin) for origin in InspectionOrigin}

    assert [o for o, r in reasons.items() if r is InspectionReason.ORIGINAL] == ["receipt"]
    assert set(reasons.values()) == {InspectionReason.ORIGINAL, InspectionReason.REINSPECTION}


def test_every_refusal_speaks_both_languages_and_names_the_way_out():
    refusals = [
        *rules.can("accept", UNCOUNTED),
        *rules.can("accept", replace(COUNTED, state="judged")),
        *rules.can("judge", replace(COUNTED, inspected=Decimal(1))),
        *rules.can("accept", replace(COUNTED, open=Decimal(0), consumed=Decimal(0))),
        *rules.check_counts(COUNTED, Decimal(500), Decimal(0), "PCS", 0),
        *rules.check_defects(COUNTED, Decimal(3), [], set()),
        *rules.check_named(COUNTED, {"L-1": Decimal(9)}, {"L-1": Decimal(95)}),
        *rules.check_correction(1, ""),
    ]

    assert len(refusals) == 8
    for refusal in refusals:
        for language in ("en", "zh"):
            assert "{" not in refusal.sentence(language)
            assert refusal.remedy(language)
    assert "INS-000001" in refusals[0].sentence("zh")
