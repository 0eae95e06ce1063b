"""Every write of equipment: its rows, its audit entry, its events; a refusal changes nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support import run

from zhiliu.contexts.equipment.models import Calibration, CalibrationPoint, Gauge, GaugeType
from zhiliu.contexts.equipment.operations import CalibrationIn, gauges_for_use
from zhiliu.contexts.equipment.public import can_use
from zhiliu.contexts.equipment.states import GaugeState
from zhiliu.contexts.equipment.tests.conftest import (
    FAIL,
    HOUR,
    NOON,
    PASS,
    Lab,
    good,
    perform,
    point,
)
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

LATER = NOON + timedelta(days=30)
TABLES = (GaugeType, Gauge, Calibration, CalibrationPoint, AuditEntry, OutboxEvent)


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES]  # type: ignore[attr-defined]


def calibrate(gauge: Gauge, given: CalibrationIn, at: datetime = LATER) -> Calibration:
    content = {"gauge_id": gauge.pk, "calibration": given}
    found: Calibration = perform("record_calibration", content, at=at)
    return found


def events(gauge: Gauge) -> list[tuple[str, int]]:
    rows = OutboxEvent.objects.filter(subject_id=gauge.pk).order_by("id")
    return [(e.type.split(".")[1], e.subject_version) for e in rows]


def fresh(gauge: Gauge) -> Gauge:
    return Gauge.objects.get(pk=gauge.pk)


def test_a_gauge_with_a_good_calibration_is_in_service(lab: Lab) -> None:
    gauge = fresh(lab.gauge(serial_number="SN-1"))

    assert gauge.number == "G-000001"
    assert (gauge.state, gauge.state_since, gauge.state_by) == ("in_service", NOON, SYSTEM.id)
    assert (gauge.calibrated_at, gauge.last_good_at) == (NOON, NOON)
    assert gauge.due_date == date(2027, 3, 2)
    assert (gauge.resolution, gauge.unit_id) == (Decimal("0.001"), lab.mm.pk)
    calibration = Calibration.objects.get(gauge=gauge)
    assert (calibration.number, calibration.performed_by) == ("CAL-000001", SYSTEM.name)
    assert (calibration.as_found, calibration.as_left, calibration.since) == (PASS, PASS, None)
    entry = AuditEntry.objects.get(record_id=gauge.pk)
    assert (entry.operation, entry.record_version) == ("equipment.register_gauge", 1)
    assert entry.changes["serial_number"] == [None, "SN-1"]
    assert events(gauge) == [("gauge_registered", 1), ("gauge_calibrated", 1)]
    sent = OutboxEvent.objects.get(type="equipment.gauge_calibrated.v1", subject_id=gauge.pk)
    assert (sent.company_id, sent.site_id) == (lab.company.pk, lab.site.pk)
    assert sent.data["calibration_id"] == str(calibration.pk)
    assert sent.data["due_date"] == "2027-03-02"


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (None, "out_of_service"),
        (good(as_left=FAIL), "out_of_service"),
        (good(due_date=date(2026, 3, 1), performed_at=NOON - 40 * HOUR), "out_of_service"),
        (good(performed_at=NOON - timedelta(days=200)), "in_service"),
        (good(as_found=FAIL), "in_service"),
    ],
)
def test_a_gauge_is_born_in_service_only_when_it_is_good(
    lab: Lab, given: CalibrationIn | None, state: str
) -> None:
    assert fresh(lab.gauge(calibration=given)).state == state


def test_a_gauge_is_used_from_its_first_calibration_on(lab: Lab) -> None:
    gauge = lab.gauge(calibration=None)
    calibrate(gauge, good(performed_at=NOON - HOUR), at=LATER)

    perform("put_in_service", {"gauge_id": gauge.pk}, at=LATER)

    row = fresh(gauge)
    assert (row.state, row.state_since, row.version) == ("in_service", LATER, 3)
    assert events(gauge)[-1] == ("gauge_put_in_service", 3)


def test_a_gauge_taken_out_comes_back_after_a_calibration(lab: Lab) -> None:
    gauge = lab.gauge()

    perform("take_out_of_service", {"gauge_id": gauge.pk}, at=NOON + HOUR, reason="跌落")

    row = fresh(gauge)
    assert (row.state, row.state_reason, row.state_since) == (
        "out_of_service",
        "跌落",
        NOON + HOUR,
    )
    before = counts()
    with pytest.raises(Refusal, match="no good calibration since"):
        perform("put_in_service", {"gauge_id": gauge.pk}, at=LATER)
    assert counts() == before

    calibrate(gauge, good(), at=LATER)
    perform("put_in_service", {"gauge_id": gauge.pk}, at=LATER)

    row = fresh(gauge)
    assert (row.state, row.version) == ("in_service", 4)
    entry = AuditEntry.objects.get(record_id=gauge.pk, record_version=4)
    assert entry.changes["state"] == ["out_of_service", "in_service"]
    assert [e for e, _ in events(gauge)][2:] == [
        "gauge_taken_out_of_service",
        "gauge_calibrated",
        "gauge_put_in_service",
    ]


def test_a_retired_gauge_stays_retired(lab: Lab) -> None:
    gauge = lab.gauge()
    perform("retire_gauge", {"gauge_id": gauge.pk}, at=LATER, reason="磨损")
    assert (fresh(gauge).state, fresh(gauge).state_reason) == ("retired", "磨损")
    assert events(gauge)[-1] == ("gauge_retired", 2)
    before = counts()

    changes = {"gauge_id": gauge.pk, "expected_version": 2, "changes": {"name": "x"}}
    for verb, content in (
        ("put_in_service", {"gauge_id": gauge.pk}),
        ("take_out_of_service", {"gauge_id": gauge.pk}),
        ("record_calibration", {"gauge_id": gauge.pk, "calibration": good()}),
        ("change_gauge", changes),
    ):
        with pytest.raises(Refusal) as refused:
            perform(verb, content, at=LATER + HOUR, reason="again")
        assert refused.value.code == "equipment.not_in_state"
    assert counts() == before


def test_found_bad_and_adjusted_casts_doubt_since_the_last_good_one(lab: Lab) -> None:
    gauge = lab.gauge()
    calibrate(gauge, good(), at=NOON + HOUR)

    given = good(
        as_found=FAIL,
        performed_at=LATER - HOUR,
        performed_by="华南计量院",
        certificate_number="HN-7",
        points=[point("0.010", "0.001")],
        remark="测砧磨损",
    )
    row = calibrate(gauge, given)

    assert (row.since, row.due_date) == (NOON + HOUR, date(2027, 4, 1))
    assert (row.performed_by, row.certificate_number) == ("华南计量院", "HN-7")
    (kept,) = CalibrationPoint.objects.filter(calibration=row.pk)
    assert (kept.as_found, kept.as_left) == (Decimal("10.010"), Decimal("10.001"))
    after = fresh(gauge)
    assert (after.state, after.last_good_at) == ("in_service", LATER - HOUR)
    assert (after.state_since, after.state_reason) == (LATER - HOUR, row.number)
    failed = OutboxEvent.objects.get(type="equipment.calibration_failed.v1", subject_id=gauge.pk)
    assert failed.subject_number == gauge.number
    assert failed.data == {
        "gauge_id": str(gauge.pk),
        "calibration_id": str(row.pk),
        "calibration": row.number,
        "since": (NOON + HOUR).isoformat(),
        "until": (LATER - HOUR).isoformat(),
    }


def test_left_bad_it_goes_out_of_service_in_the_same_act(lab: Lab) -> None:
    gauge = lab.gauge()

    row = calibrate(gauge, good(as_found=FAIL, as_left=FAIL))

    after = fresh(gauge)
    assert (after.state, after.due_date, after.last_good_at) == ("out_of_service", None, NOON)
    assert (after.state_reason, after.version) == (row.number, 2)
    failed = OutboxEvent.objects.get(type="equipment.calibration_failed.v1", subject_id=gauge.pk)
    assert (failed.data["since"], failed.data["until"]) == (NOON.isoformat(), None)
    again = calibrate(gauge, good(as_found=FAIL), at=LATER + HOUR)
    assert again.since == NOON
    perform("put_in_service", {"gauge_id": gauge.pk}, at=LATER + 2 * HOUR)
    assert fresh(gauge).state == "in_service"


def test_broken_while_adjusting_casts_no_doubt_on_what_was_measured_before(lab: Lab) -> None:
    gauge = lab.gauge()

    row = calibrate(gauge, good(as_left=FAIL))

    after = fresh(gauge)
    assert (row.since, after.last_good_at, after.state) == (None, LATER, "out_of_service")
    assert not OutboxEvent.objects.filter(type="equipment.calibration_failed.v1").exists()


def test_a_gauge_that_was_never_good_is_in_doubt_since_its_registration(lab: Lab) -> None:
    gauge = lab.gauge(calibration=None)

    assert calibrate(gauge, good(as_found=FAIL, as_left=FAIL)).since == NOON


def test_a_calibration_out_of_service_does_not_put_the_gauge_back(lab: Lab) -> None:
    gauge = lab.gauge()
    perform("take_out_of_service", {"gauge_id": gauge.pk}, reason="送检")

    calibrate(gauge, good())

    assert (fresh(gauge).state, fresh(gauge).due_date) == ("out_of_service", date(2027, 4, 1))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (good(performed_at=LATER + HOUR), "performed_later"),
        (good(performed_at=NOON), "too_early"),
        (good(points=[point("0.009")]), "contradicts_point"),
        (good(due_date=date(2026, 3, 31)), "bad_due_date"),
        (good(as_left=FAIL, due_date=date(2027, 3, 1)), "bad_due_date"),
    ],
)
def test_a_refused_calibration_leaves_no_trace(lab: Lab, given: CalibrationIn, code: str) -> None:
    gauge = lab.gauge()
    before = counts()

    with pytest.raises(Refusal) as refused:
        calibrate(gauge, given)

    assert refused.value.code == f"equipment.{code}"
    assert counts() == before


def test_values_without_a_unit_are_refused(lab: Lab) -> None:
    plug: dict[str, Any] = {"gauge_type_id": lab.plug.pk, "unit_id": None, "resolution": None}
    gauge = lab.gauge(**plug)

    for content in (
        lambda: calibrate(gauge, good(points=[point("0")])),
        lambda: lab.gauge(**{**plug, "resolution": Decimal(1)}),
        lambda: perform(
            "change_gauge",
            {"gauge_id": gauge.pk, "expected_version": 1, "changes": {"resolution": Decimal(1)}},
        ),
    ):
        with pytest.raises(Refusal) as refused:
            content()
        assert refused.value.code == "equipment.unit_missing"
    assert calibrate(gauge, good(points=[point("0")], unit_id=lab.mm.pk)).unit == lab.mm


def test_a_gauge_changes_by_what_is_stated(lab: Lab) -> None:
    gauge = lab.gauge(serial_number="SN-1")
    changes = {"interval_days": 90, "serial_number": "SN-2"}
    content = {"gauge_id": gauge.pk, "expected_version": 1, "changes": changes}

    perform("change_gauge", content)

    row = fresh(gauge)
    assert (row.interval_days, row.serial_number, row.name) == (90, "SN-2", gauge.name)
    assert row.due_date == date(2027, 3, 2)  # the next calibration has the new interval
    entry = AuditEntry.objects.get(record_id=gauge.pk, record_version=2)
    assert entry.changes == {"interval_days": [365, 90], "serial_number": ["SN-1", "SN-2"]}
    assert events(gauge)[-1] == ("gauge_changed", 2)
    before = counts()
    perform("change_gauge", {**content, "expected_version": 2})
    assert counts() == before
    with pytest.raises(Refusal, match="version"):
        perform("change_gauge", content)


def test_a_serial_number_is_one_gauge_of_its_type(lab: Lab) -> None:
    lab.gauge(serial_number="SN-1")
    other = lab.gauge(serial_number="SN-2")
    lab.gauge(serial_number="SN-1", gauge_type_id=lab.plug.pk)
    lab.gauge(), lab.gauge()
    before = counts()

    with pytest.raises(Refusal, match="SN-1 exists"):
        lab.gauge(serial_number="SN-1")
    with pytest.raises(Refusal, match="SN-1 exists"):
        perform(
            "change_gauge",
            {"gauge_id": other.pk, "expected_version": 1, "changes": {"serial_number": "SN-1"}},
        )
    assert counts() == before


def test_a_type_is_added_once_and_renamed(lab: Lab) -> None:
    code = lab.plug.code
    before = counts()
    with pytest.raises(Refusal, match="exists already"):
        perform("add_gauge_type", {"code": code, "name_en": "x", "name_zh": "塞"})
    assert counts() == before

    content = {"type_id": lab.plug.pk, "expected_version": 1, "name_en": "Plug gauge"}
    perform("change_gauge_type", content)

    row = GaugeType.objects.get(pk=lab.plug.pk)
    assert (row.code, row.name_en, row.name_zh, row.version) == (code, "Plug gauge", "塞规", 2)
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "equipment.gauge_type_changed.v1"
    assert sent.data == {"name_en": "Plug gauge", "name_zh": "塞规"}


@pytest.mark.parametrize(
    "verb", ["register_gauge", "record_calibration", "take_out_of_service", "change_gauge"]
)
def test_a_gauge_of_another_site_does_not_exist(lab: Lab, verb: str) -> None:
    gauge = lab.gauge()
    operation = f"equipment.{verb}"
    stranger = Actor(uuid4(), "stranger", {operation: (Scope(site_id=uuid4()),)})
    contents: dict[str, dict[str, Any]] = {
        "register_gauge": {
            "site_id": lab.site.pk,
            "gauge_type_id": lab.plug.pk,
            "name": "x",
        },
        "record_calibration": {"gauge_id": gauge.pk, "calibration": good()},
        "take_out_of_service": {"gauge_id": gauge.pk},
        "change_gauge": {"gauge_id": gauge.pk, "expected_version": 1, "changes": {}},
    }
    before = counts()

    with pytest.raises(Refusal) as refused:
        perform(verb, contents[verb], at=LATER, actor=stranger, reason="x")

    home = "catalog" if verb == "register_gauge" else "equipment"
    assert refused.value.code == f"{home}.not_found"
    assert counts() == before


def use(lab: Lab, *gauges: Gauge, at: datetime, site_id: UUID | None = None) -> Any:
    return run(
        lambda command, moment: gauges_for_use(
            [g.pk for g in gauges], moment, site_id or lab.site.pk
        ),
        at=at,
    )


def code_of_use(lab: Lab, gauge: Gauge, at: datetime) -> str:
    found = can_use(use(lab, gauge, at=at)[gauge.pk], None)
    return found[0].code.removeprefix("equipment.") if found else ""


def test_gauges_are_taken_into_use_in_one_query(lab: Lab, django_assert_num_queries: Any) -> None:
    one, other = lab.gauge(), lab.gauge(gauge_type_id=lab.plug.pk)

    def ask(command: Any, at: datetime) -> Any:
        with django_assert_num_queries(1):
            return gauges_for_use([other.pk, one.pk, one.pk], at, lab.site.pk)

    found = run(ask, at=LATER)

    assert set(found) == {one.pk, other.pk}
    assert found[one.pk].number == one.number
    assert (found[one.pk].type_id, found[one.pk].type_code) == (
        lab.micrometer.pk,
        lab.micrometer.code,
    )
    assert (found[one.pk].version, found[one.pk].due_date) == (1, date(2027, 3, 2))
    assert can_use(found[one.pk], lab.micrometer.code) == []
    assert use(lab, at=LATER) == {}


def test_an_unknown_gauge_and_one_of_another_site_are_not_found(lab: Lab) -> None:
    gauge = lab.gauge()

    with pytest.raises(Refusal, match=f"no gauge {gauge.pk}"):
        use(lab, gauge, at=LATER, site_id=uuid4())
    with pytest.raises(Refusal, match="no gauge"):
        use(lab, Gauge(pk=uuid4()), at=LATER)


def test_use_is_judged_by_the_calibration_that_held_at_that_time(lab: Lab) -> None:
    gauge = lab.gauge(interval_days=10)  # due on 12 March at the site
    last = datetime(2026, 3, 12, 15, 59, 59, 999999, tzinfo=UTC)

    assert code_of_use(lab, gauge, last) == ""
    assert code_of_use(lab, gauge, last + timedelta(microseconds=1)) == "gauge_overdue"

    calibrate(gauge, good(), at=LATER)

    assert code_of_use(lab, gauge, last) == ""
    assert code_of_use(lab, gauge, last + timedelta(microseconds=1)) == "gauge_overdue"
    assert code_of_use(lab, gauge, LATER - timedelta(microseconds=1)) == "gauge_overdue"
    assert code_of_use(lab, gauge, LATER) == ""
    assert code_of_use(lab, gauge, NOON) == ""
    assert code_of_use(lab, gauge, NOON - timedelta(microseconds=1)) == "gauge_out_of_service"


def test_found_bad_and_adjusted_nothing_older_may_be_claimed(lab: Lab) -> None:
    gauge = lab.gauge()
    assert code_of_use(lab, gauge, LATER - HOUR) == ""

    calibrate(gauge, good(as_found=FAIL))

    assert code_of_use(lab, gauge, LATER - HOUR) == "gauge_out_of_service"
    assert code_of_use(lab, gauge, LATER) == ""


def test_the_database_keeps_uncalibrated_gauges_out_of_service(lab: Lab) -> None:
    gauge = lab.gauge(calibration=None)

    with pytest.raises(IntegrityError, match="in_service_calibrated"), transaction.atomic():
        connection.cursor().execute(
            "update equipment_gauge set state = %s, version = 2 where id = %s",
            [GaugeState.IN_SERVICE, gauge.pk],
        )
