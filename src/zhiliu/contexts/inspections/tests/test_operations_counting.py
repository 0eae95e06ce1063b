"""Counting an attribute of the sample, where nobody notes which unit it was."""

from decimal import Decimal

import pytest

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    CountTooFine,
    DefectCountWrong,
    NotCountable,
    ReasonMissing,
)
from zhiliu.contexts.inspections.models import Inspection, SamplingState
from zhiliu.contexts.inspections.operations import Defect, Units
from zhiliu.contexts.inspections.tests.conftest import act, events_of, inspection_of
from zhiliu.contexts.inspections.tests.planned import (
    MAJOR,
    attribute,
    make_plan,
    numeric,
    read_all,
    samples_of,
)

pytestmark = pytest.mark.django_db


def opened(dock, *characteristics, classes=(MAJOR,)):
    make_plan(dock.plant.material("bearing"), characteristics, classes)
    return inspection_of(dock.arrive(100)[0])


def accept(inspection, *parts, hour=2):
    return act(operations.accept, hour=hour, inspection_id=inspection.pk, parts=parts)


def test_an_attribute_is_counted_and_corrected(dock, codes):
    inspection = opened(dock, attribute("look"), numeric("D1"))

    def count(inspected, nonconforming, *defects, reason="", hour=1, code="look"):
        return act(
            operations.count_characteristic,
            hour=hour,
            reason=reason,
            inspection_id=inspection.pk,
            characteristic=code,
            inspected=Decimal(inspected),
            nonconforming=Decimal(nonconforming),
            defects=[Defect(c, Decimal(n)) for c, n in defects],
        )

    first = count(13, 2, (codes[0], 2))
    assert [(s.found, s.read) for _, s in first.samples] == [(2, 13)]
    with pytest.raises(ReasonMissing):
        count(13, 0, hour=2)
    with pytest.raises(NotCountable):
        count(13, 0, code="D1")
    second = count(13, 0, hour=2, reason="oil, no cracks")
    assert [(s.found, s.read) for _, s in second.samples] == [(0, 13)]
    read_all(inspection, ["D1"], hour=3)

    accept(inspection, hour=4)

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.inspected, now.nonconforming) == (13, 0)
    assert events_of(now)[1] == "inspections.characteristic_counted.v1"


def test_a_count_of_nonconformities_may_exceed_the_units_that_have_them(dock, codes):
    per_100 = {**MAJOR, "aql": Decimal(10), "basis": "nonconformities"}
    inspection = opened(dock, attribute("look"), classes=(per_100,))
    (sample,) = samples_of(inspection).values()
    assert (sample.to_inspect, sample.accept, sample.reject) == (20, 5, 6)

    def count(nonconforming, *defects, reason="", hour=1):
        return act(
            operations.count_characteristic,
            hour=hour,
            reason=reason,
            inspection_id=inspection.pk,
            characteristic="look",
            inspected=Decimal(20),
            nonconforming=Decimal(nonconforming),
            defects=[Defect(c, Decimal(n)) for c, n in defects],
        )

    with pytest.raises(CountTooFine):
        count(1, (codes[1], "5.5"))
    first = count(2, (codes[1], 5), (codes[0], 1))
    second = count(1, (codes[1], 5), hour=2, reason="the crack is a shadow")

    assert [(r.samples[0][1].found, r.samples[0][1].is_rejected) for r in (first, second)] == [
        (6, True),
        (5, False),
    ]
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 1
    accept(inspection, Units(Decimal(1)), hour=3)
    assert SamplingState.objects.get().recent == "a"


def test_where_units_count_no_defect_is_on_more_of_them(dock, codes):
    inspection = opened(dock, attribute("look"))

    with pytest.raises(DefectCountWrong):
        act(
            operations.count_characteristic,
            hour=1,
            inspection_id=inspection.pk,
            characteristic="look",
            inspected=Decimal(13),
            nonconforming=Decimal(1),
            defects=[Defect(codes[1], Decimal(5))],
        )

    assert samples_of(inspection)["major"].found == 0


def test_what_a_count_found_may_be_the_units_that_were_read(dock, codes):
    wide = {**MAJOR, "aql": Decimal(10)}
    inspection = opened(dock, attribute("look"), numeric("D1"), classes=(wide,))
    act(
        operations.count_characteristic,
        hour=1,
        inspection_id=inspection.pk,
        characteristic="look",
        inspected=Decimal(20),
        nonconforming=Decimal(1),
        defects=[Defect(codes[0], Decimal(1))],
    )
    read_all(inspection, ["D1"], bad=1)

    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 2
    accept(inspection, Units(Decimal(1)))
