"""What a report shows, and what it costs to ask."""

import pytest
from tests.buying import statements

from zhiliu.contexts.nonconformance import queries
from zhiliu.contexts.nonconformance.errors import NotFound
from zhiliu.contexts.nonconformance.queries.exposure import get_exposure
from zhiliu.contexts.nonconformance.tests.floor import D
from zhiliu.contexts.stock import public as stock
from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.ids import new_id
from zhiliu.kernel.money import Money


def reader(scope=EVERYWHERE):
    return Actor(new_id(), "reader", {"nonconformance.read": (scope,)})


def exposure_of(report):
    return get_exposure(report, queries.list_lots(report.pk))


def test_a_report_shows_where_the_goods_are_and_their_siblings(floor):
    sibling, stranger = floor.arrive(30)[0], floor.arrive(30, supplier_lot="H-2")[0]
    lot, report = floor.rejected(100)
    floor.move(lot, 40)

    found = exposure_of(report)

    assert [(b.place.code, int(b.quantity)) for b in found.places[lot.pk]] == [
        ("A-01", 40),
        ("DOCK", 60),
    ]
    assert [s.pk for s in found.siblings] == [sibling.pk]
    assert found.on_hand[sibling.pk] == D(30)
    assert stranger.pk not in found.on_hand


def test_a_report_shows_what_its_lots_cost_currency_by_currency(floor):
    lots = [floor.arrive(10, price="2.5")[0], floor.arrive(10, currency="USD", price="0.333333")[0]]
    for lot in lots:
        floor.count(lot, 10)
        floor.decide(lot, "accept")
    report = floor.by_hand(*lots)

    assert exposure_of(report).costs == [Money(D(25), "CNY"), Money(D("3.33333"), "USD")]


def test_a_report_shows_which_orders_lost_their_goods(floor):
    lot = floor.released(100)
    order = Reference("production.work_order", new_id(), "WO-1")
    floor.by(
        floor.board,
        stock.reserve,
        lot_id=lot.pk,
        place_id=floor.dock,
        owner_id=floor.own,
        quantity=D(90),
        reference=order,
    )

    report = floor.by_hand(lot)

    (hit,) = exposure_of(report).reservations
    assert (hit.reference_number, hit.state) == ("WO-1", "broken")


def test_the_worst_class_of_what_was_found_is_that_of_the_report(floor):
    _, report = floor.rejected(100)

    assert report.severity_class == "major"


def test_a_report_outside_the_grant_does_not_exist(floor):
    lot, report = floor.rejected(100)
    scrap = floor.dispose(lot, "scrap")

    for scope in (Scope(site_id=new_id()), Scope(supplier_id=new_id())):
        with pytest.raises(NotFound):
            queries.get_report(reader(scope), report.pk)
        with pytest.raises(NotFound):
            queries.get_disposition(reader(scope), scrap.pk)
        assert not queries.list_reports(reader(scope)).exists()
    mine = reader(Scope(supplier_id=report.supplier_id))
    assert queries.get_report(mine, report.pk) == report
    assert queries.find_report(mine, report.pk).number == report.number


def test_the_facts_of_a_report_cost_the_same_however_many_lots_it_has(floor):
    one = floor.by_hand(floor.released(10))
    many = floor.by_hand(*(floor.released(10) for _ in range(5)))

    counts = {
        len(statements(lambda r=report: (exposure_of(r), queries.facts_of(r))))
        for report in (one, many)
    }

    assert len(counts) == 1
