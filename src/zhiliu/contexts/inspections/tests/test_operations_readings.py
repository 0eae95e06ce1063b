"""Readings on a real database: kept as typed, judged, counted live, corrected but never changed."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiliu.contexts.equipment import public as equipment
from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    AlreadyDecided,
    NoPlan,
    NotFound,
    ReadingsRefused,
    ReadingsSuspicious,
)
from zhiliu.contexts.inspections.models import Inspection, Reading, SampleDraw
from zhiliu.contexts.inspections.tests.conftest import (
    ARRIVED,
    act,
    events_of,
    hours,
    inspection_of,
)
from zhiliu.contexts.inspections.tests.planned import (
    MAJOR,
    attribute,
    drawn,
    make_plan,
    numeric,
    read,
    read_all,
    samples_of,
)
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db

MINOR = {"severity_class": "minor", "scheme": "iso", "level": "S-3", "aql": Decimal("2.5")}


def gauge_of(dock, gauge_type, due_date=None):
    """A gauge of a type that is in service since the arrival, until the end of its due date."""
    passed = equipment.CalibrationResult.PASS
    calibration = equipment.CalibrationIn(as_found=passed, as_left=passed, due_date=due_date)
    return act(
        equipment.register_gauge,
        hour=0,
        site_id=dock.plant.site,
        gauge_type_id=gauge_type.pk,
        name="gauge",
        serial_number=uuid4().hex,
        interval_days=365,
        calibration=calibration,
    )


def gauge_type(code):
    return act(equipment.add_gauge_type, hour=0, code=code, name_en=code, name_zh=code)


def opened(dock, *characteristics, classes=(MAJOR,), quantity=100):
    make_plan(dock.plant.material("bearing"), characteristics, classes)
    (lot,) = dock.arrive(quantity)
    return inspection_of(lot)


def problems(caught):
    return {(c["characteristic"], c["unit_no"]): c["problem"] for c in caught.value.cells}


def test_a_grid_is_kept_as_it_was_typed_and_judged_cell_by_cell(dock):
    inspection = opened(dock, numeric("D1"), numeric("D2"))
    a, b = drawn(inspection)[:2]

    recorded = read(inspection, ("D1", a, "１０．００３"), ("D2", a, "11.001"), ("D1", b, " 9,0 "))

    assert [(r.characteristic, r.unit_no, r.is_in) for r in recorded.readings] == [
        ("D1", a, True),
        ("D2", a, False),
        ("D1", b, True),
    ]
    row = Reading.objects.get(inspection=inspection, unit_no=a, characteristic__code="D1")
    assert (row.text, row.value, row.is_in, row.ordinal) == (
        "１０．００３",
        Decimal("10.003"),
        True,
        1,
    )
    ((name, sample),) = recorded.samples
    assert (name, sample.found, sample.accept, sample.reject) == (None, 1, 0, 1)
    assert sample.missing == sample.cells - 3
    kept = samples_of(inspection)["major"]
    assert (kept.found, kept.read, kept.cells) == (1, 3, sample.cells)
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.inspected, now.nonconforming, now.reading_count) == (2, 1, 3)
    assert (now.result_at, now.version) == (hours(1), 2)
    assert AuditEntry.objects.filter(record_id=now.pk, record_version=2).exists()
    assert events_of(now)[-1] == "inspections.readings_recorded.v1"


def test_a_wrong_grid_is_refused_as_a_whole_cell_by_cell(dock):
    inspection = opened(dock, numeric("D1"), attribute("look"))
    a, b, c = drawn(inspection)[:3]
    other = next(n for n in range(1, 101) if n not in drawn(inspection))

    with pytest.raises(ReadingsRefused) as caught:
        read(
            inspection,
            ("D1", a, "10"),
            ("D9", a, "10"),
            ("D1", other, "10"),
            ("D1", b, "ten"),
            ("D1", c, "10.0001"),
            ("look", a, "bad"),
            ("look", b, "ng"),
            ("look", c, "ng", None, "nothing"),
        )

    assert problems(caught) == {
        ("D9", a): "characteristic_unknown",
        ("D1", other): "unit_unknown",
        ("D1", b): "not_a_number",
        ("D1", c): "too_fine",
        ("look", a): "not_a_button",
        ("look", b): "defect_missing",
        ("look", c): "defect_unknown",
    }
    assert all(cell["en"] and cell["zh"] for cell in caught.value.cells)
    assert not Reading.objects.filter(inspection=inspection).exists()
    assert Inspection.objects.get(pk=inspection.pk).version == 1


def test_the_same_cell_twice_in_a_request_is_refused(dock):
    inspection = opened(dock, numeric("D1"))
    unit = drawn(inspection)[0]

    with pytest.raises(ReadingsRefused) as caught:
        read(inspection, ("D1", unit, "10"), ("D1", unit, "10.1"))

    assert problems(caught) == {("D1", unit): "named_twice"}


def test_a_value_far_outside_is_asked_about_once(dock):
    inspection = opened(dock, numeric("D1"))
    a, b = drawn(inspection)[:2]

    with pytest.raises(ReadingsSuspicious) as caught:
        read(inspection, ("D1", a, "16.001"), ("D1", b, "16"))
    read(inspection, ("D1", a, "16.001"), ("D1", b, "16"), confirm=True)

    assert problems(caught) == {("D1", a): "suspicious"}
    rows = Reading.objects.filter(inspection=inspection).order_by("value")
    assert [(r.value, r.is_in, r.is_confirmed) for r in rows] == [
        (Decimal(16), False, False),
        (Decimal("16.001"), False, True),
    ]


def test_a_correction_says_why_appends_and_is_counted_instead(dock):
    inspection = opened(dock, numeric("D1"))
    unit = drawn(inspection)[0]
    read(inspection, ("D1", unit, "12"))

    with pytest.raises(ReadingsRefused) as caught:
        read(inspection, ("D1", unit, "10"), hour=2)
    recorded = read(inspection, ("D1", unit, "10"), hour=2, reason="misread the dial")

    assert problems(caught) == {("D1", unit): "reason_missing"}
    rows = Reading.objects.filter(inspection=inspection).order_by("ordinal")
    assert [(r.ordinal, r.text, r.is_in, r.reason) for r in rows] == [
        (1, "12", False, ""),
        (2, "10", True, "misread the dial"),
    ]
    assert recorded.samples[0][1].found == 0
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.inspected, now.nonconforming, now.reading_count) == (1, 0, 2)
    event = OutboxEvent.objects.filter(subject_id=now.pk).order_by("id").last()
    assert (event.data["readings"], event.data["corrected"]) == (1, 1)


def test_the_same_grid_once_more_changes_nothing(dock):
    inspection = opened(dock, numeric("D1"))
    units = drawn(inspection)[:2]
    grid = [("D1", unit, "10") for unit in units]
    read(inspection, *grid)

    recorded = read(inspection, *grid, hour=2)

    assert [r.ordinal for r in recorded.readings] == [1, 1]
    assert Inspection.objects.get(pk=inspection.pk).version == 2


def test_a_unit_with_two_defects_of_a_class_is_one_nonconforming_unit(dock):
    inspection = opened(
        dock, numeric("D1"), numeric("D2"), numeric("M1", "minor"), classes=(MAJOR, MINOR)
    )
    unit = drawn(inspection)[0]

    recorded = read(inspection, ("D1", unit, "12"), ("D2", unit, "12"), ("M1", unit, "12"))

    assert {s.severity_class: s.found for _, s in recorded.samples} == {"major": 1, "minor": 1}
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 1


def test_nonconformities_are_counted_each(dock):
    per_100 = {**MAJOR, "basis": "nonconformities"}
    inspection = opened(dock, numeric("D1"), numeric("D2"), classes=(per_100,))
    unit = drawn(inspection)[0]

    recorded = read(inspection, ("D1", unit, "12"), ("D2", unit, "12"))

    assert recorded.samples[0][1].found == 2
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 1


def test_one_unit_may_show_an_attribute_several_times(dock, codes):
    per_100 = {**MAJOR, "aql": Decimal(10), "basis": "nonconformities"}
    inspection = opened(dock, attribute("look"), classes=(per_100,))
    a, b = drawn(inspection)[:2]

    first = read(
        inspection, ("look", a, "ng", None, codes[1], 5), ("look", b, "ng", None, codes[1])
    )
    second = read(
        inspection, ("look", a, "ng", None, codes[1], 2), hour=2, reason="three were wiped off"
    )
    third = read(inspection, ("look", a, "ok"), hour=3, reason="so were these")

    assert [r.samples[0][1].found for r in (first, second, third)] == [6, 3, 1]
    assert samples_of(inspection)["major"].found == 1
    rows = Reading.objects.filter(inspection=inspection, unit_no=a).order_by("ordinal")
    assert [r.nonconformities for r in rows] == [5, 2, 0]
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 1


def test_where_units_count_a_unit_is_one_however_often_it_shows_it(dock, codes):
    inspection = opened(dock, attribute("look"), numeric("D1"))
    a, b = drawn(inspection)[:2]

    with pytest.raises(ReadingsRefused) as caught:
        read(
            inspection,
            ("look", a, "ng", None, codes[1], 5),
            ("look", b, "ok", None, None, 1),
            ("D1", a, "12", None, None, 2),
        )

    assert set(problems(caught).values()) == {"count_unwanted"}
    assert read(inspection, ("look", a, "ng", None, codes[1], 1)).samples[0][1].found == 1


def test_a_characteristic_with_its_own_sampling_is_counted_by_itself(dock):
    own = numeric("R1", scheme="fixed", fixed_n=2, basis="nonconforming_units")
    inspection = opened(dock, numeric("D1"), own)
    units = drawn(inspection)
    samples = samples_of(inspection)
    assert (samples["R1"].to_inspect, samples["R1"].reject) == (2, 1)

    recorded = read(inspection, ("R1", units[0], "12"), ("D1", units[0], "10"))

    assert {name: s.found for name, s in recorded.samples} == {None: 0, "R1": 1}
    with pytest.raises(ReadingsRefused) as caught:
        read(inspection, ("R1", units[2], "10"))
    assert problems(caught) == {("R1", units[2]): "unit_unknown"}


def test_a_calculated_characteristic_follows_its_readings(dock):
    ovality = {
        "code": "OV",
        "characteristic_kind": "calculated",
        "severity_class": "major",
        "upper": Decimal("0.01"),
        "formula": "max(D1, D2) - min(D1, D2)",
        "resolution": Decimal("0.001"),
    }
    inspection = opened(dock, numeric("D1"), numeric("D2"), ovality)
    unit = drawn(inspection)[0]

    first = read(inspection, ("D1", unit, "10.002"))
    second = read(inspection, ("D2", unit, "10.015"), hour=2)
    third = read(inspection, ("D2", unit, "10.005"), hour=3, reason="typing error")

    assert [r.characteristic for r in first.readings] == ["D1"]
    assert [(r.characteristic, r.value, r.is_in) for r in second.readings][1:] == [
        ("OV", Decimal("0.013"), False)
    ]
    assert [(r.characteristic, r.ordinal, r.is_in) for r in third.readings][1:] == [("OV", 2, True)]
    assert [r.samples[0][1].found for r in (first, second, third)] == [0, 1, 0]
    assert samples_of(inspection)["major"].read == 2
    with pytest.raises(ReadingsRefused) as caught:
        read(inspection, ("OV", unit, "0.001"))
    assert problems(caught) == {("OV", unit): "calculated"}


def test_buttons_take_a_defect_and_na_says_nothing(dock, codes):
    inspection = opened(dock, attribute("look"))
    a, b, c = drawn(inspection)[:3]

    recorded = read(
        inspection, ("look", a, "OK"), ("look", b, "ng", None, codes[0]), ("look", c, "na")
    )

    assert [r.is_in for r in recorded.readings] == [True, False, None]
    sample = recorded.samples[0][1]
    assert (sample.found, sample.read) == (1, 3)
    with pytest.raises(ReadingsRefused) as caught:
        read(inspection, ("look", a, "ok", None, codes[0]), reason="x")
    assert problems(caught) == {("look", a): "defect_unwanted"}


def test_a_reading_names_a_gauge_of_the_right_type_that_may_measure(dock):
    micrometer, plug = gauge_type("MIC"), gauge_type("PLUG")
    good, late = gauge_of(dock, micrometer), gauge_of(dock, micrometer, ARRIVED.date())
    other = gauge_of(dock, plug)
    inspection = opened(dock, numeric("D1", gauge_type_id=micrometer.pk), numeric("D2"))
    a, b, c, d, e = drawn(inspection)[:5]

    with pytest.raises(ReadingsRefused) as caught:
        read(
            inspection,
            ("D1", a, "10"),
            ("D1", b, "10", late.number),
            ("D1", c, "10", other.number),
            ("D1", d, "10", "G-999999"),
            ("D1", e, "10", good.number),
            ("D2", a, "10", late.number),
            hour=40,
        )
    recorded = read(inspection, ("D1", a, "10", good.number), ("D2", a, "10"), hour=41)

    assert problems(caught) == {
        ("D1", a): "gauge_missing",
        ("D1", b): "gauge_unusable",
        ("D1", c): "gauge_unusable",
        ("D1", d): "gauge_unknown",
        ("D2", a): "gauge_unusable",
    }
    said = {c["unit_no"]: c["en"] for c in caught.value.cells if c["characteristic"] == "D1"}
    assert late.number in said[b] and other.number in said[c]
    assert len(recorded.readings) == 2
    row = Reading.objects.get(inspection=inspection, characteristic__code="D1")
    assert row.gauge_id == good.pk


def test_a_text_is_kept_and_judged_by_nobody(dock):
    heat = {"code": "heat", "characteristic_kind": "text", "severity_class": "major"}
    inspection = opened(dock, heat)
    unit = drawn(inspection)[0]

    recorded = read(inspection, ("heat", unit, "炉号 7"))

    assert [(r.value, r.is_in) for r in recorded.readings] == [(None, None)]
    with pytest.raises(ReadingsRefused):
        read(inspection, ("heat", drawn(inspection)[1], "  "))


def test_nothing_is_read_without_a_plan_or_after_the_verdict(dock):
    (lot,) = dock.arrive(5)
    with pytest.raises(NoPlan):
        read(inspection_of(lot), ("D1", 1, "10"))

    inspection = opened(dock, numeric("D1"))
    read_all(inspection, ["D1"])
    act(operations.accept, hour=2, inspection_id=inspection.pk)
    with pytest.raises(AlreadyDecided):
        read(inspection, ("D1", drawn(inspection)[0], "12"), hour=3, reason="late")


def test_an_inspection_that_is_not_there_is_not_found(dock):
    inspection = opened(dock, numeric("D1"))
    inspection.pk = dock.plant.site

    with pytest.raises(NotFound):
        read(inspection, ("D1", 1, "10"))


@pytest.mark.parametrize("count", [1, 64])
def test_a_grid_is_one_load_and_one_write_however_large(dock, count):
    codes = [f"D{n}" for n in range(5)]
    inspection = opened(dock, *(numeric(code) for code in codes))
    units = drawn(inspection)
    read(inspection, ("D0", units[0], "10"))  # reads the plan once
    grid = [(code, unit, "10.001") for unit in units[:13] for code in codes][1 : count + 1]

    with CaptureQueriesContext(connection) as captured:
        read(inspection, *grid, hour=2)

    sent = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert [statement.split()[0] for statement in sent] == ["select", "with"]
    assert len(Reading.objects.filter(inspection=inspection)) == count + 1


@pytest.mark.parametrize("sampling", [{}, {"scheme": "full", "level": "", "aql": None}])
def test_a_lot_of_thousands_of_millions_is_sampled_too(dock, sampling):
    planned = ({**MAJOR, **sampling},)
    make_plan(dock.plant.material("bearing"), [numeric("D1"), numeric("D2")], planned)
    inspection = inspection_of(dock.arrive(3_000_000_000)[0])

    (sample,) = samples_of(inspection).values()
    assert sample.to_inspect == (3_000_000_000 if sampling else 1_250)
    assert SampleDraw.objects.get(inspection=inspection).lot_size == 3_000_000_000
    recorded = read(inspection, ("D1", 1, "10"))
    assert recorded.samples[0][1].missing == 2 * sample.to_inspect - 1
