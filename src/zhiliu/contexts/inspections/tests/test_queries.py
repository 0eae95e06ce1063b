"""Who sees which inspections, what a list costs, and what a verdict costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import caller

from zhiliu.contexts.inspections import operations, queries
from zhiliu.contexts.inspections.errors import NotFound
from zhiliu.contexts.inspections.models import InspectionLot, InspectionResult
from zhiliu.contexts.inspections.tests.conftest import Dock, act, inspection_of, record
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import split_lot
from zhiliu.kernel.actor import Actor, Scope

pytestmark = pytest.mark.django_db


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that reaches the database in the block, savepoints apart."""
    seen: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield seen
    words = ("SAVEPOINT", "RELEASE")
    seen += [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(words)]


def a_reader(**scope):
    return Actor(uuid4(), "reader", {"inspections.read": (Scope(**scope),)})


def test_a_scope_shows_only_its_own_inspections(dock, plant):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)

    for scope in ({}, {"company_id": plant.company}, {"site_id": plant.site}):
        assert list(queries.list_inspections(a_reader(**scope))) == [inspection]
    assert list(queries.list_inspections(a_reader(supplier_id=plant.supplier))) == [inspection]
    for scope in ({"site_id": uuid4()}, {"supplier_id": uuid4()}, {"customer_id": plant.customer}):
        assert not queries.list_inspections(a_reader(**scope)).exists()
        with pytest.raises(NotFound):
            queries.get_inspection(a_reader(**scope), inspection.pk)


def test_defect_codes_are_for_staff(codes, plant):
    assert queries.list_quality_codes(a_reader(site_id=plant.site)).count() == 2
    assert not queries.list_quality_codes(a_reader(supplier_id=plant.supplier)).exists()


def test_the_inspections_of_a_lot_are_all_that_covered_it(dock, plant):
    (lot,) = dock.arrive(100)
    dock.arrive(50)
    part = act(split_lot, hour=1, lot_id=lot.pk, part=plant.part("ARRIVAL", 30))

    for one in (lot, part):
        assert list(queries.list_inspections(a_reader(), one.pk)) == [inspection_of(lot)]


def test_a_list_costs_the_same_however_long_it_is(dock):
    reader = caller("inspections.read")
    dock.arrive(1)
    reader.get("/inspections")
    with statements() as short:
        assert len(reader.get("/inspections")["items"]) == 1

    dock.arrive(*range(1, 20))
    with statements() as long:
        assert len(reader.get("/inspections")["items"]) == 20

    assert len(long) == len(short)
    assert sum("inspections_inspection" in s for s in long) == 1


def test_a_detail_costs_four_queries_of_inspections(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, 2, (codes[0], 2), (codes[1], 1))
    record(inspection.pk, 20, 1, (codes[0], 1), reason="counted again")
    reader = caller("inspections.read")
    reader.get("/inspections")

    with statements() as seen:
        reader.get(f"/inspections/{inspection.pk}")

    assert len([s for s in seen if "inspections_" in s]) == 4


def test_a_result_is_one_load_and_one_write(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    defects = [operations.Defect(code, Decimal(2)) for code in codes]

    with statements() as seen:
        act(
            operations.record_result,
            hour=1,
            inspection_id=inspection.pk,
            inspected=Decimal(20),
            nonconforming=Decimal(2),
            defects=defects,
        )

    assert len(seen) == 2, seen
    assert InspectionResult.objects.filter(inspection_id=inspection.pk).count() == 1


@pytest.fixture
def warm(dock):
    """A process that gave both verdicts before, and so remembers the rule tables that hold."""
    for verb in (operations.accept, operations.not_accept):
        (lot,) = dock.arrive(10)
        inspection = record(inspection_of(lot).pk, 10)
        act(verb, hour=3, reason="as seen", inspection_id=inspection.pk)


def test_the_first_verdict_of_an_arrival_is_one_load_and_one_write(dock, warm):
    (lot,) = dock.arrive(10)
    inspection = record(inspection_of(lot).pk, 10)

    with statements() as seen:
        act(operations.accept, hour=3, inspection_id=inspection.pk)

    assert len(seen) == 2, seen


# A retest looks whether its lots are under a nonconformance report; not accepting opens one, for
# which it reads places, reservations, prices and the classes of the defects.
@pytest.mark.parametrize(("verb", "more"), [(operations.accept, 1), (operations.not_accept, 10)])
@pytest.mark.parametrize("lots", [1, 7])
def test_a_verdict_is_one_load_and_one_write_however_many_lots(dock, warm, verb, more, lots):
    arrived = dock.arrive(*[10] * lots)
    for lot in arrived:
        act(operations.cancel, hour=1, reason="together", inspection_id=inspection_of(lot).pk)
    inspection = act(
        operations.open_inspection,
        hour=1,
        reason="together",
        lot_ids=[lot.pk for lot in arrived],
        kind="retest",
    )
    record(inspection.pk, 10, hour=2)

    with statements() as seen:
        act(verb, hour=3, reason="as seen", inspection_id=inspection.pk)

    assert len(seen) == 2 + more, seen
    rows = InspectionLot.objects.filter(inspection_id=inspection.pk)
    assert {int(r.open) for r in rows} == {0}
    assert len({x.status for x in Lot.objects.filter(pk__in=[lot.pk for lot in arrived])}) == 1


def test_opening_inspections_of_an_arrival_reads_only_plans_and_numbers(dock: Dock):
    dock.arrive(1)  # what a process remembers of the plant is remembered now

    def arrive(lots):
        with statements() as seen:
            dock.arrive(*[10] * lots)
        return [s for s in seen if "inspections_" in s or "numbering_" in s]

    few, many = arrive(1), arrive(9)

    # numbers of lots, the plans of all, numbers of inspections, the one write
    assert len(few) == len(many) == 4
