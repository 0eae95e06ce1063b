"""What inspections do when goods arrive, are born otherwise, or change under them."""

from decimal import Decimal

import pytest
from tests.support import run

from zhiliu.contexts.catalog.public import InspectionNeed
from zhiliu.contexts.inspections import operations, reactions
from zhiliu.contexts.inspections.errors import AlreadyUnderInspection, NothingOpen, ResultMissing
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.operations import Units
from zhiliu.contexts.inspections.states import InspectionReason
from zhiliu.contexts.inspections.tests.conftest import (
    act,
    hours,
    inspection_of,
    record,
    totals_of,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Balance, Lot, LotVersion
from zhiliu.kernel.command import Reference
from zhiliu.platform.numbering.models import NumberRange
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


def test_a_company_has_its_range_once(plant):
    event = OutboxEvent.objects.get(type="catalog.company_added.v1", company_id=plant.company)

    assert event is not None
    ranges = NumberRange.objects.filter(company_id=plant.company, kind="inspections.inspection")
    assert [r.prefix for r in ranges] == ["INS"]
    again = Reference("catalog.company", plant.company, "C", 1)
    run(
        lambda command, at: reactions.open_number_range(
            type("Told", (), {"subject": again})(), command, at
        )
    )
    assert ranges.count() == 1


def test_every_lot_that_arrives_gets_its_inspection_at_once(dock, plant):
    first, second = dock.arrive(60, 40)

    inspections = [inspection_of(lot) for lot in (first, second)]

    assert len({i.pk for i in inspections}) == 2
    for inspection, lot in zip(inspections, (first, second), strict=True):
        assert inspection.number.startswith("INS-")
        assert (inspection.state, inspection.stage) == ("open", "incoming")
        assert (inspection.reason, inspection.origin) == ("original", "receipt")
        assert (inspection.material_id, inspection.supplier_id) == (lot.material_id, plant.supplier)
        assert (inspection.opened_at, inspection.lot_count) == (hours(0), 1)
        event = OutboxEvent.objects.get(subject_id=inspection.pk)
        assert event.type == "inspections.opened.v1"
        assert event.data["lots"] == [
            {"lot_id": str(lot.pk), "lot": lot.number, "quantity": str(int(lot.initial_quantity))}
        ]
        assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"
    assert totals_of(first) == {"presented": 60, "open": 60}


def test_a_lot_on_hold_is_inspected_too(dock):
    (lot,) = dock.arrive(60, is_on_hold=True)

    assert inspection_of(lot).state == "open"
    assert Lot.objects.get(pk=lot.pk).open_holds == 1


def test_exempt_goods_are_released_by_their_profile_without_an_inspection(dock, plant):
    (lot,) = dock.arrive(60, need=InspectionNeed.EXEMPT)

    now = Lot.objects.get(pk=lot.pk)
    assert (now.status, now.version) == ("released", 2)
    assert not InspectionLot.objects.filter(lot_id=lot.pk).exists()
    version = LotVersion.objects.get(lot_id=lot.pk, version=2)
    assert (version.voucher_kind, version.voucher_id) == (
        "catalog.control_profile",
        plant.profiles["lot"],
    )
    assert version.voucher_version == 1
    event = OutboxEvent.objects.get(subject_id=lot.pk, type="inspections.exempted.v1")
    assert event.data["profile_version"] == 1


def test_exempt_goods_on_hold_are_released_and_stay_on_hold(dock):
    (lot,) = dock.arrive(60, need=InspectionNeed.EXEMPT, is_on_hold=True)

    now = Lot.objects.get(pk=lot.pk)
    assert (now.status, now.open_holds) == ("released", 1)


def tell_again(event):
    run(lambda command, at: reactions.inspect_arrived_goods(event, command, at), at=hours(0))


def test_telling_of_an_arrival_twice_inspects_it_once(dock):
    (lot,) = dock.arrive(60)

    with pytest.raises(AlreadyUnderInspection):
        tell_again(dock.told[0])

    assert Inspection.objects.count() == 1
    assert totals_of(lot) == {"presented": 60, "open": 60}


def test_telling_of_an_exemption_twice_releases_once(dock):
    (lot,) = dock.arrive(10, need=InspectionNeed.EXEMPT)

    tell_again(dock.told[0])

    assert LotVersion.objects.filter(lot_id=lot.pk).count() == 2
    exempted = OutboxEvent.objects.filter(subject_id=lot.pk, type="inspections.exempted.v1")
    assert exempted.count() == 1


def split(lot, plant, quantity, hour=1):
    part = plant.part("ARRIVAL", quantity)
    return act(stock.split_lot, hour=hour, lot_id=lot.pk, part=part)


def test_a_part_joins_the_inspection_of_its_lot(dock, plant):
    (lot,) = dock.arrive(100)

    part = split(lot, plant, 30)

    inspection = inspection_of(part)
    assert inspection.pk == inspection_of(lot).pk
    assert (inspection.lot_count, inspection.version) == (2, 2)
    assert totals_of(lot) == {"presented": 70, "open": 70}
    assert totals_of(part) == {"presented": 30, "open": 30}
    record(inspection.pk, 20)
    act(operations.accept, hour=2, inspection_id=inspection.pk)
    assert {x.status for x in Lot.objects.filter(pk__in=[lot.pk, part.pk])} == {"released"}


def test_a_part_of_a_decided_lot_joins_nothing(dock, plant):
    (lot,) = dock.arrive(100)
    record(inspection_of(lot).pk, 20)
    act(operations.accept, hour=2, inspection_id=inspection_of(lot).pk)

    part = split(lot, plant, 30, hour=3)

    assert not InspectionLot.objects.filter(lot_id=part.pk).exists()
    assert totals_of(lot) == {"presented": 100, "accepted": 100}


def take_sample(lot, plant, quantity):
    act(
        stock.take_sample,
        hour=1,
        lot_id=lot.pk,
        part=plant.part("ARRIVAL", quantity),
        laboratory_id=plant.places["LAB"],
    )


def test_a_destroyed_sample_is_consumed_and_left_alone_by_the_verdict(dock, plant, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    take_sample(lot, plant, 5)
    act(stock.consume_sample, hour=1, lot_id=lot.pk, part=plant.part("LAB", 5))
    assert totals_of(lot) == {"presented": 100, "open": 95, "consumed": 5}

    record(inspection.pk, 100, 2, (codes[0], 2))  # both nonconforming ones were destroyed
    act(operations.accept, hour=2, inspection_id=inspection.pk)

    assert totals_of(lot) == {"presented": 100, "accepted": 95, "consumed": 5}


def test_a_retained_sample_stays_blocked_whatever_the_verdict(dock, plant):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)

    kept = act(
        stock.retain_sample,
        hour=1,
        lot_id=lot.pk,
        part=plant.part("ARRIVAL", 2),
        retention_id=plant.places["RETENTION"],
        expires_at=None,
        voucher=Reference("tests.retention", inspection.pk, "R-1", 1),
    )

    assert totals_of(lot) == {"presented": 98, "open": 98}
    assert totals_of(kept) == {"presented": 2, "retained": 2}
    record(inspection.pk, 98)
    act(operations.judge_units, hour=2, inspection_id=inspection.pk)
    assert Lot.objects.get(pk=lot.pk).status == "released"
    assert Lot.objects.get(pk=kept.pk).status == "blocked"
    assert totals_of(kept) == {"presented": 2, "retained": 2}


def test_goods_returned_before_the_verdict_are_not_presented_any_more(dock, plant):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    send_back = {"hour": 1, "reason": "wrong drawing", "lot_id": lot.pk, "voucher": None}

    act(stock.return_to_vendor, **send_back, part=plant.part("ARRIVAL", 30))
    assert totals_of(lot) == {"presented": 70, "open": 70}
    act(stock.return_to_vendor, **send_back, part=plant.part("ARRIVAL", 70))

    assert totals_of(lot) == {}
    assert Inspection.objects.get(pk=inspection.pk).state == "cancelled"


def test_a_count_changes_what_is_presented(dock, plant):
    (lot,) = dock.arrive(100)
    count = {"lot_id": lot.pk, "place_id": plant.places["ARRIVAL"], "owner_id": plant.own}

    act(stock.count_goods, hour=1, reason="recounted", counted=Decimal(97), **count)
    assert totals_of(lot) == {"presented": 97, "open": 97}
    act(stock.count_goods, hour=2, reason="recounted", counted=Decimal(101), **count)

    assert totals_of(lot) == {"presented": 101, "open": 101}


def test_moving_goods_changes_nothing(dock, plant):
    (lot,) = dock.arrive(100)

    act(
        stock.move_goods,
        hour=1,
        lot_id=lot.pk,
        part=plant.part("ARRIVAL", 10),
        to_place_id=plant.places["A-01"],
    )

    assert totals_of(lot) == {"presented": 100, "open": 100}


def test_what_was_destroyed_whole_is_not_judged_by_units_and_may_be_cancelled(dock, plant):
    (lot,) = dock.arrive(2)
    inspection = inspection_of(lot)
    take_sample(lot, plant, 2)
    act(stock.consume_sample, hour=1, lot_id=lot.pk, part=plant.part("LAB", 2))
    record(inspection.pk, 2)

    with pytest.raises(NothingOpen):
        act(operations.judge_units, hour=2, inspection_id=inspection.pk)
    act(operations.cancel, hour=2, reason="all destroyed in test", inspection_id=inspection.pk)

    assert totals_of(lot) == {"presented": 2, "consumed": 2}


def test_merged_goods_are_inspected_as_the_new_lot(dock, plant):
    first, second = dock.arrive(60, 40, material="oil")
    parts = [(first.pk, plant.part("ARRIVAL", 60)), (second.pk, plant.part("ARRIVAL", 10))]

    merged = act(
        stock.merge_lots, hour=1, parts=parts, to_place_id=plant.places["A-01"], reason="one tank"
    )

    inspection = inspection_of(merged)
    assert (inspection.origin, inspection.reason) == ("merge", "reinspection")
    assert totals_of(merged) == {"presented": 70, "open": 70}
    assert totals_of(first) == {}
    assert inspection_of(first).state == "cancelled"
    assert totals_of(second) == {"presented": 30, "open": 30}


def test_regraded_goods_are_inspected_as_what_they_became(dock, plant):
    (lot,) = dock.arrive(60)

    regraded = act(
        stock.regrade_lot,
        hour=1,
        lot_id=lot.pk,
        part=plant.part("ARRIVAL", 20),
        to_material_id=plant.material("screw"),
        reason="second choice",
    )

    assert (inspection_of(regraded).origin, totals_of(regraded)) == (
        "regrade",
        {"presented": 20, "open": 20},
    )
    assert inspection_of(regraded).material_id == plant.material("screw")
    assert totals_of(lot) == {"presented": 40, "open": 40}


def test_found_goods_are_inspected(plant):
    lot = act(
        stock.book_found_goods,
        hour=0,
        reason="behind the rack",
        material_id=plant.material("bearing"),
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(7),
    )

    inspection = inspection_of(lot)
    assert (inspection.origin, inspection.reason, inspection.supplier_id) == (
        "found",
        "reinspection",
        None,
    )
    assert totals_of(lot) == {"presented": 7, "open": 7}


def test_what_a_customer_returns_is_inspected(plant):
    lot = plant.lot(50, at=hours(0))
    order = Reference("sales.order", lot.pk, "SO-1", customer_id=plant.customer)
    place = {"lot_id": lot.pk, "place_id": plant.places["A-01"]}
    act(stock.ship, hour=1, owner_id=plant.own, quantity=Decimal(20), reference=order, **place)

    back = act(stock.receive_customer_return, hour=2, quantity=Decimal(5), reference=order, **place)

    inspection = inspection_of(back)
    assert (inspection.origin, inspection.reason) == ("customer_return", "reinspection")
    assert totals_of(back) == {"presented": 5, "open": 5}
    with pytest.raises(ResultMissing):
        act(operations.accept, hour=3, inspection_id=inspection.pk)


def test_goods_used_during_a_reinspection_are_not_decided_on(plant):
    lot = plant.lot(50, at=hours(0))
    again = act(
        operations.open_inspection,
        hour=1,
        reason="shelf life",
        lot_ids=[lot.pk],
        kind=InspectionReason.RETEST,
    )
    act(
        stock.issue,
        hour=2,
        lot_id=lot.pk,
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(20),
        reference=plant.order(),
    )

    assert totals_of(lot) == {"presented": 30, "open": 30}
    record(again.pk, 10, hour=3)
    act(operations.accept, hour=4, inspection_id=again.pk)
    assert totals_of(lot) == {"presented": 30, "accepted": 30}
    assert again.reason == "retest"


def test_a_hold_on_a_part_before_the_verdict_keeps_the_totals_whole(dock, plant, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    run(
        lambda command, at: stock.place_hold(
            lot_id=lot.pk,
            cause=stock.HoldCause.MANUAL,
            reason="wet cartons",
            part=plant.part("ARRIVAL", 10),
            command=command,
            at=at,
        ),
        at=hours(1),
    )
    record(inspection.pk, 100, 1, (codes[0], 1))

    act(
        operations.judge_units,
        hour=2,
        inspection_id=inspection.pk,
        parts=[Units(Decimal(1), lot_id=lot.pk)],
    )

    rows = InspectionLot.objects.filter(inspection_id=inspection.pk)
    assert sum(r.presented for r in rows) == 100
    assert sorted(int(r.accepted) for r in rows) == [0, 10, 89]
    held = Lot.objects.get(split_from=lot, open_holds=1)
    assert held.status == "released"
    assert Balance.objects.filter(lot__in=rows.values("lot_id"), quantity__gt=0).count() == 3
