"""I15: a reading with a gauge that was not valid is named; a good one beside it is not."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.inspections.models import PlanCharacteristic, Reading
from zhiliu.kernel.clock import server_time

VERSION = 2  # of the gauge: registered, found bad and adjusted


def defaults(model: Any, **values: Any) -> dict[str, Any]:
    """A row of `model` with these values, and the plainest for every other column."""
    row = {}
    for field in model._meta.concrete_fields:
        name = field.attname
        if name in values:
            row[name] = values[name]
        elif field.null:
            row[name] = None
        elif field.get_internal_type() == "UUIDField" or field.is_relation:
            row[name] = uuid4()
        else:
            row[name] = {"DateTimeField": server_time(), "BooleanField": False}.get(
                field.get_internal_type(), "" if "Char" in type(field).__name__ else 1
            )
    return row


def read(planting: Any, *, needed: UUID | None, kind: str = "numeric", **values: Any) -> str:
    """A reading of the waiting inspection, by the good gauge unless said; returns its id."""
    owner, gauge = planting.owner, planting.history.gauge
    for table, constraint in owner.execute(
        "select conrelid::regclass::text, conname from pg_constraint where contype = 'f' and"
        " conrelid in ('inspections_reading'::regclass, 'inspections_plancharacteristic'::regclass,"
        " 'equipment_gauge'::regclass)"
    ).fetchall():
        owner.execute(f'alter table {table} drop constraint "{constraint}"')
    line = defaults(PlanCharacteristic, code="D1", gauge_type_id=needed, characteristic_kind=kind)
    planting.insert("inspections_plancharacteristic", line)
    own = {"gauge_id": gauge.pk, "gauge_version": VERSION, "reason": "", "is_in": True}
    row = defaults(
        Reading,
        inspection_id=planting.history.waiting.pk,
        characteristic_id=line["id"],
        **{**own, **values},
    )
    planting.insert("inspections_reading", row)
    return str(row["id"])


def named(planting: Any, reading: str) -> bool:
    found = {i: {(r.number, r.id) for r in o.rows} for i, o in planting.look().items()}
    return found.get("I15") == {(planting.history.waiting.number, reading)}


def test_a_reading_with_a_valid_gauge_is_clean(planting):
    gauge = planting.history.gauge
    with planting.open():
        read(planting, needed=gauge.gauge_type_id)
        read(planting, needed=None)
        read(planting, needed=None, gauge_id=None, gauge_version=None)
        read(
            planting,
            needed=gauge.gauge_type_id,
            kind="calculated",
            gauge_id=None,
            gauge_version=None,
        )

        outcome = planting.outcome("I15")
        assert (outcome.looked_at, outcome.violations) == (4, 0)


def test_a_reading_without_the_gauge_that_its_plan_asks_for(planting):
    with planting.open():
        needed = planting.history.gauge.gauge_type_id
        reading = read(planting, needed=needed, gauge_id=None, gauge_version=None)

        assert named(planting, reading)


def test_a_reading_with_a_gauge_of_another_type(planting):
    with planting.open():
        reading = read(planting, needed=planting.history.idle.gauge_type_id)

        assert named(planting, reading)


def test_a_reading_with_a_gauge_that_nobody_registered(planting):
    with planting.open():
        reading = read(planting, needed=None, gauge_id=uuid4())

        assert named(planting, reading)


def test_a_reading_with_a_gauge_of_another_site(planting):
    with planting.open() as execute:
        reading = read(planting, needed=None)
        execute("delete from inspections_reading where id <> %s", [reading])
        execute("update equipment_gauge set site_id = %s", [uuid4()])

        assert named(planting, reading)


def test_a_reading_with_a_gauge_out_of_service(planting):
    idle = planting.history.idle
    with planting.open():
        reading = read(planting, needed=None, gauge_id=idle.pk, gauge_version=2)

        assert named(planting, reading)


@pytest.mark.parametrize(("days", "is_named"), [(29, False), (31, True)])
def test_a_reading_from_before_the_gauge_was_adjusted(planting, days, is_named):
    with planting.open():
        at = server_time() - timedelta(days=days)
        reading = read(planting, needed=None, occurred_at=at)

        assert named(planting, reading) == is_named


@pytest.mark.parametrize(("clock", "is_named"), [("23:59:59.999999", False), ("24:00", True)])
def test_a_reading_on_the_last_day_and_after_it(planting, clock, is_named):
    gauge = planting.history.gauge
    with planting.open() as execute:
        reading = read(planting, needed=None)
        # the last calibration's due date is today at the site, and the reading at this clock
        execute(
            "update inspections_reading set occurred_at = ((now() at time zone 'Asia/Shanghai')"
            "::date + %s::interval) at time zone 'Asia/Shanghai' where id = %s",
            [clock, reading],
        )
        execute(
            "update equipment_calibration set due_date = (now() at time zone 'Asia/Shanghai')"
            "::date where gauge_id = %s",
            [gauge.pk],
        )

        assert named(planting, reading) == is_named


def test_a_calibration_recorded_later_has_no_say(planting):
    """Its gauge's next version was made after the reading: what it says was not known then."""
    gauge = planting.history.gauge
    with planting.open() as execute:
        reading = read(planting, needed=None, gauge_version=1, occurred_at=server_time())
        # looked at as of version 1: due 35 days ago, although version 2 has a calibration
        assert named(planting, reading)
        execute("update inspections_reading set gauge_version = 2 where id = %s", [reading])
        assert planting.outcome("I15").violations == 0
        execute("delete from inspections_reading where id <> %s", [reading])
        execute("delete from equipment_calibration where gauge_id = %s", [gauge.pk])
        assert named(planting, reading)


def test_a_reading_that_names_a_version_which_was_not_then(planting):
    gauge = planting.history.gauge
    with planting.open() as execute:
        reading = read(planting, needed=None, gauge_version=9)
        assert named(planting, reading)
        execute(
            "update inspections_reading set gauge_version = 1, occurred_at = %s where id = %s",
            [server_time() - timedelta(days=399), reading],
        )
        # valid by version 1, but that was replaced: audit entries say when, not the business time
        execute(
            "update evidence_auditentry set recorded_at = recorded_at - interval '1 hour'"
            " where record_id = %s",
            [gauge.pk],
        )
        assert named(planting, reading)
    assert Gauge.objects.get(pk=gauge.pk).version == VERSION
    assert Calibration.objects.filter(gauge=gauge).count() == 2
