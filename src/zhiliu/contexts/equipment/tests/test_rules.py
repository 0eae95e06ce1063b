"""Decisions of equipment, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from zhiliu.contexts.equipment import rules
from zhiliu.contexts.equipment.rules import GaugeFacts, LifeFacts
from zhiliu.contexts.equipment.states import GAUGE, CalibrationResult, GaugeState
from zhiliu.contexts.equipment.tests.conftest import FAIL, HOUR, NOON, PASS, day, point
from zhiliu.kernel.refusal import Refusal

LIFE = LifeFacts(
    number="G-7",
    state=GaugeState.IN_SERVICE,
    state_since=NOON,
    registered_at=NOON - 9 * HOUR,
    calibrated_at=NOON,
    due_date=date(2027, 3, 1),
    time_zone="Asia/Shanghai",
)
USE = GaugeFacts(
    id=uuid4(),
    version=3,
    number="G-7",
    type_id=uuid4(),
    type_code="MICROMETER",
    state=GaugeState.IN_SERVICE,
    state_since=NOON,
    due_date=date(2026, 3, 9),
    time_zone="Asia/Shanghai",
    at=NOON,
)


def codes(refusals: list[Refusal]) -> list[str]:
    return [r.code.removeprefix("equipment.") for r in refusals]


@pytest.mark.parametrize("state", list(GaugeState))
@pytest.mark.parametrize("verb", ["take_out_of_service", "put_in_service", "retire"])
def test_a_verb_starts_from_its_states_only(verb: str, state: GaugeState) -> None:
    allowed = {
        "take_out_of_service": {GaugeState.IN_SERVICE},
        "put_in_service": {GaugeState.OUT_OF_SERVICE},
        "retire": {GaugeState.IN_SERVICE, GaugeState.OUT_OF_SERVICE},
    }

    found = rules.can(verb, replace(LIFE, state=state), at=NOON, reason="fell")

    assert codes(found) == ([] if state in allowed[verb] else ["not_in_state"])
    assert set(allowed) == set(GAUGE.verbs)


@pytest.mark.parametrize(
    ("verb", "at", "reason", "refused"),
    [
        ("retire", NOON, " ", ["reason_missing"]),
        ("take_out_of_service", NOON, "", ["reason_missing"]),
        ("take_out_of_service", NOON, None, []),
        ("take_out_of_service", NOON - HOUR, "fell", ["too_early"]),
    ],
)
def test_a_gauge_is_taken_away_with_reason_and_in_order(
    verb: str, at: datetime, reason: str | None, refused: list[str]
) -> None:
    assert codes(rules.can(verb, LIFE, at=at, reason=reason)) == refused


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({}, []),
        ({"calibrated_at": None, "due_date": None}, ["calibration_needed"]),
        ({"due_date": None}, ["calibration_needed"]),
        ({"calibrated_at": NOON - HOUR}, ["calibration_needed"]),
        ({"calibrated_at": NOON - HOUR, "registered_at": NOON}, []),
        ({"due_date": date(2026, 3, 2)}, []),
        ({"due_date": date(2026, 3, 1)}, ["gauge_overdue"]),
    ],
)
def test_a_gauge_comes_back_only_with_a_good_calibration(
    facts: dict[str, datetime | date | None], refused: list[str]
) -> None:
    out = replace(LIFE, state=GaugeState.OUT_OF_SERVICE, **facts)  # type: ignore[arg-type]

    assert codes(rules.can("put_in_service", out, at=NOON)) == refused


@pytest.mark.parametrize(
    ("zone", "last", "first"),
    [
        # the last instant of 9 March on the wall, and the first of the 10th
        ("Asia/Shanghai", "2026-03-09T15:59:59.999999Z", "2026-03-09T16:00:00Z"),
        ("UTC", "2026-03-09T23:59:59.999999Z", "2026-03-10T00:00:00Z"),
        ("America/New_York", "2026-03-10T03:59:59.999999Z", "2026-03-10T04:00:00Z"),
        ("Pacific/Kiritimati", "2026-03-09T09:59:59.999999Z", "2026-03-09T10:00:00Z"),
    ],
)
def test_the_due_date_is_the_last_day_of_validity_at_the_site(
    zone: str, last: str, first: str
) -> None:
    facts = replace(USE, time_zone=zone)

    for text, refused in ((last, []), (first, ["gauge_overdue"])):
        at = datetime.fromisoformat(text)
        assert codes(rules.can_use(replace(facts, at=at), None)) == refused
        assert rules.is_overdue(facts.due_date, zone, at) == bool(refused)


def test_a_due_date_holds_through_a_day_of_23_hours() -> None:
    due = date(2026, 3, 8)  # New York puts its clocks forward at 2:00

    assert not rules.is_overdue(due, "America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC))
    assert rules.is_overdue(due, "America/New_York", datetime(2026, 3, 9, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("facts", "needed", "refused"),
    [
        ({}, None, []),
        ({}, "MICROMETER", []),
        ({}, "CALLIPER", ["gauge_wrong_type"]),
        ({"state": GaugeState.OUT_OF_SERVICE}, "MICROMETER", ["gauge_out_of_service"]),
        ({"state": GaugeState.RETIRED}, None, ["gauge_out_of_service"]),
        ({"at": NOON - timedelta(microseconds=1)}, None, ["gauge_out_of_service"]),
        ({"due_date": None}, None, ["gauge_out_of_service"]),
        (
            {"due_date": date(2026, 3, 1)},
            "CALLIPER",
            ["gauge_wrong_type", "gauge_overdue"],
        ),
    ],
)
def test_only_a_valid_gauge_of_the_right_type_measures(
    facts: dict[str, object], needed: str | None, refused: list[str]
) -> None:
    assert codes(rules.can_use(replace(USE, **facts), needed)) == refused  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "performed_at", "refused"),
    [
        (GaugeState.IN_SERVICE, NOON + HOUR, []),
        (GaugeState.OUT_OF_SERVICE, NOON + HOUR, []),
        (GaugeState.RETIRED, NOON + HOUR, ["not_in_state"]),
        (GaugeState.IN_SERVICE, NOON, ["too_early"]),
        (GaugeState.IN_SERVICE, NOON + 3 * HOUR, ["performed_later"]),
    ],
)
def test_calibrations_are_recorded_in_the_order_of_performing(
    state: GaugeState, performed_at: datetime, refused: list[str]
) -> None:
    found = rules.can_calibrate(replace(LIFE, state=state), performed_at, NOON + 2 * HOUR)

    assert codes(found) == refused


@pytest.mark.parametrize(
    ("error", "left", "as_found", "as_left", "when"),
    [
        ("0.004", None, PASS, PASS, []),
        ("-0.004", None, PASS, PASS, []),
        ("0.005", None, FAIL, FAIL, []),
        ("0.003", None, FAIL, FAIL, []),  # it may fail for another reason, such as damage
        ("-0.005", "0.001", FAIL, PASS, []),
        ("-0.005", "0.001", PASS, PASS, ["as found"]),
        ("-0.005", None, PASS, PASS, ["as found", "as left"]),
        ("0.001", "0.005", PASS, PASS, ["as left"]),
    ],
)
def test_a_pass_does_not_contradict_its_points(
    error: str,
    left: str | None,
    as_found: CalibrationResult,
    as_left: CalibrationResult,
    when: list[str],
) -> None:
    found = rules.check_points([point(error, left)], as_found, as_left)

    assert [r.data()["when"] for r in found] == when


@pytest.mark.parametrize(
    ("as_left", "interval", "given", "due", "refused"),
    [
        (PASS, 365, None, "2027-03-02", []),
        (PASS, 365, "2026-09-02", "2026-09-02", []),
        (PASS, None, "2026-03-02", "2026-03-02", []),
        (PASS, None, None, None, ["due_date_missing"]),
        (PASS, None, "2026-03-01", None, ["bad_due_date"]),
        (PASS, 365, "2206-03-02", None, ["bad_due_date"]),
        (FAIL, 365, None, None, []),
        (FAIL, 365, "2027-03-02", None, ["bad_due_date"]),
    ],
)
def test_a_due_date_is_given_or_follows_the_interval(
    as_left: CalibrationResult,
    interval: int | None,
    given: str | None,
    due: str | None,
    refused: list[str],
) -> None:
    found = rules.due_date_of(
        "G-7",
        day=date(2026, 3, 2),
        as_left=as_left,
        interval_days=interval,
        given=day(given) if given else None,
    )

    assert (found.date, codes(list(found.refusals))) == (day(due) if due else None, refused)
