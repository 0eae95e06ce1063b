"""Readings, verdicts and states that really meet: nothing is lost, nothing is counted twice."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.plant import build_plant
from tests.support_committing import at_once, committing, in_thread

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import AlreadyDecided, ReadingsRefused, SampleIncomplete
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionSample,
    Reading,
    SamplingChange,
    SamplingState,
)
from zhiliu.contexts.inspections.tests.conftest import Dock, act, inspection_of
from zhiliu.contexts.inspections.tests.planned import (
    drawn,
    make_plan,
    numeric,
    read,
    read_all,
    samples_of,
)
from zhiliu.contexts.partners.models import SupplyBlock


@pytest.fixture
def yard(django_db_blocker: Any) -> Iterator[Dock]:
    """A dock whose acts commit, and a plan of two characteristics for what arrives there."""
    with committing(django_db_blocker):
        dock = Dock(build_plant())
        make_plan(dock.plant.material("bearing"), [numeric("D1"), numeric("D2")])
        yield dock


def arrived(yard: Dock) -> Inspection:
    return inspection_of(yard.arrive(100)[0])


def recount(inspection: Inspection) -> tuple[int, int]:
    """d and the readings of the only sample, from the readings themselves."""
    now: dict[tuple[int, Any], Reading] = {}
    for row in Reading.objects.filter(inspection=inspection).order_by("ordinal"):
        now[row.unit_no, row.characteristic_id] = row
    out = {unit for (unit, _), row in now.items() if row.is_in is False}
    return len(out), len(now)


def test_two_inspectors_at_one_cell_both_count_and_neither_overwrites(yard: Dock) -> None:
    inspection = arrived(yard)
    unit = drawn(inspection)[0]

    answers = at_once(lambda n: read(inspection, ("D1", unit, f"1{n}"), reason=f"inspector {n}"), 6)

    assert not [a for a in answers if isinstance(a, Exception)], answers
    rows = Reading.objects.filter(inspection=inspection).order_by("ordinal")
    assert [r.ordinal for r in rows] == [1, 2, 3, 4, 5, 6]
    assert {r.text for r in rows} == {f"1{n}" for n in range(6)}
    (sample,) = InspectionSample.objects.filter(inspection=inspection)
    assert (sample.found, sample.read) == recount(inspection)
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.inspected, now.reading_count, now.version) == (1, 6, 7)


def test_a_second_inspector_without_a_reason_is_told_of_the_first(yard: Dock) -> None:
    inspection = arrived(yard)
    unit = drawn(inspection)[0]

    with transaction.atomic():
        read(inspection, ("D1", unit, "10"))
        thread = in_thread(lambda: read(inspection, ("D1", unit, "10.1")))
        answer = thread.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.4)
    with pytest.raises(ReadingsRefused) as caught:
        answer.result(timeout=20)
    thread.__exit__(None, None, None)

    assert [c["problem"] for c in caught.value.cells] == ["reason_missing"]
    assert Reading.objects.filter(inspection=inspection).count() == 1


def test_inspectors_of_different_cells_lose_nothing(yard: Dock) -> None:
    inspection = arrived(yard)
    units = drawn(inspection)

    answers = at_once(lambda n: read(inspection, ("D1", units[n], "12"), ("D2", units[n], "10")), 8)

    assert not [a for a in answers if isinstance(a, Exception)], answers
    (sample,) = InspectionSample.objects.filter(inspection=inspection)
    assert (sample.found, sample.read) == recount(inspection) == (8, 16)
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 8


def test_a_verdict_sees_the_reading_that_it_waited_for(yard: Dock) -> None:
    inspection = arrived(yard)
    read_all(inspection, ["D1", "D2"])
    unit = drawn(inspection)[0]

    with transaction.atomic():
        read(inspection, ("D1", unit, "12"), hour=2, reason="read again")
        thread = in_thread(lambda: act(operations.accept, hour=3, inspection_id=inspection.pk))
        answer = thread.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.4)
    with pytest.raises(Exception, match="Re 1"):
        answer.result(timeout=20)
    thread.__exit__(None, None, None)

    assert Inspection.objects.get(pk=inspection.pk).state == "open"


def test_a_reading_that_waited_for_the_verdict_comes_too_late(yard: Dock) -> None:
    inspection = arrived(yard)
    read_all(inspection, ["D1", "D2"])
    unit = drawn(inspection)[0]

    with transaction.atomic():
        act(operations.accept, hour=2, inspection_id=inspection.pk)
        thread = in_thread(lambda: read(inspection, ("D1", unit, "12"), hour=2, reason="late"))
        answer = thread.__enter__()
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.4)
    with pytest.raises(AlreadyDecided):
        answer.result(timeout=20)
    thread.__exit__(None, None, None)

    assert recount(inspection) == (0, 26)


def test_verdicts_of_one_supplier_feed_its_state_one_after_the_other(yard: Dock) -> None:
    inspections = [arrived(yard) for _ in range(14)]
    for inspection in inspections:
        read(inspection, ("D1", drawn(inspection)[0], "12"))

    answers = at_once(
        lambda n: act(operations.not_accept, hour=2, inspection_id=inspections[n].pk), 14
    )

    assert not [a for a in answers if isinstance(a, Exception)], answers
    state = SamplingState.objects.get()
    # two on normal inspection tighten, five more on tightened end it; the others change nothing
    assert (state.status, state.tightened_failures, state.version) == ("discontinued", 5, 8)
    changes = SamplingChange.objects.order_by("id")
    assert [c.status for c in changes] == ["normal", "tightened", "discontinued"]
    assert SupplyBlock.objects.count() == 1


def test_the_first_arrivals_of_a_supplier_make_one_state(yard: Dock) -> None:
    answers = at_once(lambda _: yard.arrive(100), 6)

    assert not [a for a in answers if isinstance(a, Exception)], answers
    assert SamplingState.objects.count() == 1
    assert {s.severity for i in Inspection.objects.all() for s in samples_of(i).values()} == {
        "normal"
    }


def test_an_unfinished_sample_is_not_accepted_however_many_ask(yard: Dock) -> None:
    inspection = arrived(yard)
    read(inspection, ("D1", drawn(inspection)[0], "10"))

    answers = at_once(lambda _: act(operations.accept, hour=2, inspection_id=inspection.pk), 4)

    assert {type(a) for a in answers} == {SampleIncomplete}
    assert Inspection.objects.get(pk=inspection.pk).inspected == Decimal(1)
