"""Acts on the same gauge that really happen at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.support import run
from tests.support_committing import at_once, committing, in_thread

from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.equipment.operations import gauges_for_use, record_calibration
from zhiliu.contexts.equipment.tests.conftest import FAIL, NOON, Lab, good, make_lab, perform
from zhiliu.kernel.refusal import Refusal

LATER = NOON + timedelta(days=30)


@pytest.fixture
def lab(django_db_blocker: Any) -> Iterator[Lab]:
    """A lab whose acts commit."""
    with committing(django_db_blocker):
        yield make_lab()


def failed(answers: list[Any]) -> set[str]:
    """The codes of what was refused; a bug shows its repr and so fails the comparison."""
    errors = [a for a in answers if isinstance(a, Exception)]
    return {e.code if isinstance(e, Refusal) else repr(e) for e in errors}


def use(lab: Lab, gauge: Gauge) -> Any:
    return gauges_for_use([gauge.pk], LATER, lab.site.pk)[gauge.pk]


def test_a_serial_number_is_registered_once(lab: Lab) -> None:
    answers = at_once(lambda n: lab.gauge(serial_number="SN-1"), 6)

    assert Gauge.objects.count() == 1
    assert failed(answers) == {"equipment.already_exists"}


def test_a_type_is_added_once(lab: Lab) -> None:
    content = {"code": "CALLIPER", "name_en": "Calliper", "name_zh": "卡尺"}

    answers = at_once(lambda n: perform("add_gauge_type", content), 6)

    assert len([a for a in answers if not isinstance(a, Exception)]) == 1
    assert failed(answers) == {"equipment.already_exists"}


def test_a_gauge_goes_out_of_service_once(lab: Lab) -> None:
    gauge = lab.gauge()

    answers = at_once(
        lambda n: perform("take_out_of_service", {"gauge_id": gauge.pk}, reason="跌落"), 6
    )

    assert failed(answers) == {"equipment.not_in_state"}
    assert Gauge.objects.get().version == 2


def test_a_calibration_waits_for_readings_in_flight_and_they_for_it(lab: Lab) -> None:
    gauge = lab.gauge()
    bad = {"gauge_id": gauge.pk, "calibration": good(as_found=FAIL, as_left=FAIL)}

    with transaction.atomic():
        assert use(lab, gauge).state == "in_service"
        calibrating = in_thread(lambda: perform("record_calibration", bad, at=LATER))
        calibrated = calibrating.__enter__()
        with in_thread(lambda: run(lambda command, at: use(lab, gauge))) as reading:
            # readings by the same gauge do not wait for each other
            assert reading.result(timeout=20).state in ("in_service", "out_of_service")
        with pytest.raises(TimeoutError):
            calibrated.result(timeout=0.4)
    calibrated.result(timeout=20)
    calibrating.__exit__(None, None, None)
    assert Calibration.objects.filter(as_left=FAIL).count() == 1
    assert run(lambda command, at: use(lab, gauge)).state == "out_of_service"


def test_a_reading_that_waited_sees_what_the_calibration_made(lab: Lab) -> None:
    gauge = lab.gauge()

    def calibrate() -> None:
        run(
            lambda command, at: _record(gauge, command),
            operation="equipment.record_calibration",
            at=LATER,
        )

    with transaction.atomic():
        calibrate()
        reading = in_thread(lambda: run(lambda command, at: use(lab, gauge)))
        answer = reading.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.4)
    assert answer.result(timeout=20).state == "out_of_service"
    reading.__exit__(None, None, None)


def _record(gauge: Gauge, command: Any) -> None:
    given = good(as_found=FAIL, as_left=FAIL)
    record_calibration(gauge_id=gauge.pk, calibration=given, command=command, at=LATER)
