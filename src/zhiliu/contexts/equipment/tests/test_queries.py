"""What is seen of gauges, and by whom."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from zhiliu.contexts.equipment import queries
from zhiliu.contexts.equipment.errors import NotFound
from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.equipment.tests.conftest import NOON, Lab, good, perform, point
from zhiliu.kernel.actor import Actor, Scope


def reader(**scope: UUID) -> Actor:
    return Actor(uuid4(), "reader", {"equipment.read": (Scope(**scope),)})


def test_gauges_and_calibrations_are_seen_at_their_site_only(lab: Lab) -> None:
    gauge = lab.gauge()
    calibration = Calibration.objects.get(gauge=gauge)

    for actor, sees in (
        (reader(), True),
        (reader(site_id=lab.site.pk), True),
        (reader(company_id=lab.company.pk), True),
        (reader(site_id=uuid4()), False),
        (reader(supplier_id=uuid4()), False),
    ):
        assert list(queries.list_gauges(actor)) == [gauge] * sees
        assert list(queries.list_calibrations(actor)) == [calibration] * sees
    with pytest.raises(NotFound):
        queries.get_visible_gauge(reader(site_id=uuid4()), gauge.pk)
    with pytest.raises(NotFound):
        queries.get_visible_calibration(reader(site_id=uuid4()), calibration.pk)


def test_files_of_a_gauge_and_its_calibration_are_for_who_sees_them(lab: Lab) -> None:
    gauge = lab.gauge()
    calibration = Calibration.objects.get(gauge=gauge)

    found = [queries.find_gauge(reader(), gauge.pk)]
    found.append(queries.find_calibration(reader(), calibration.pk))

    assert [(f.kind, f.number) for f in found] == [
        ("equipment.gauge", gauge.number),
        ("equipment.calibration", calibration.number),
    ]
    for find, row in (
        (queries.find_gauge, gauge.pk),
        (queries.find_calibration, calibration.pk),
    ):
        with pytest.raises(NotFound):
            find(reader(site_id=uuid4()), row)


def test_types_are_seen_by_staff(lab: Lab) -> None:
    both = {lab.micrometer, lab.plug}

    assert set(queries.list_gauge_types(reader(site_id=uuid4()))) == both
    assert set(queries.list_gauge_types(reader(supplier_id=uuid4()))) == set()
    assert queries.get_gauge_type(lab.plug.pk) == lab.plug
    with pytest.raises(NotFound):
        queries.get_gauge_type(uuid4())
    with pytest.raises(NotFound):
        queries.get_visible_gauge_type(reader(supplier_id=uuid4()), lab.plug.pk)


def test_overdue_begins_when_the_day_is_over_at_the_site(lab: Lab) -> None:
    due = lab.gauge(interval_days=10)
    lab.gauge(interval_days=11)
    lab.gauge(calibration=None)
    retired = lab.gauge(interval_days=10)
    perform("retire_gauge", {"gauge_id": retired.pk}, reason="磨损")
    last = datetime.fromisoformat("2026-03-12T15:59:59.999999+00:00")

    def late(at: datetime) -> list[Gauge]:
        rows = queries.list_gauges(reader())
        found = list(queries.overdue_gauges(rows, at, True))
        assert queries.overdue_gauges(rows, at, False).count() == 4 - len(found)
        return found

    assert late(NOON) == []
    assert late(last) == []
    assert late(last + timedelta(microseconds=1)) == [due]


def test_those_without_a_due_date_sort_last(lab: Lab) -> None:
    never, late, soon = lab.gauge(calibration=None), lab.gauge(), lab.gauge(interval_days=5)

    assert list(queries.list_gauges(reader()).order_by("due")) == [soon, late, never]


def test_points_come_in_their_order_in_one_query(lab: Lab, django_assert_num_queries: Any) -> None:
    errors = ["0.003", "0.001", "0.002"]
    lab.gauge(calibration=good(points=[point(error) for error in errors]))
    lab.gauge()
    rows = list(queries.list_calibrations(reader()).order_by("number"))

    with django_assert_num_queries(1):
        first, second = queries.with_points(rows)

    assert [str(p.as_found - p.reference)[:5] for p in first.points] == errors
    assert second.points == []
