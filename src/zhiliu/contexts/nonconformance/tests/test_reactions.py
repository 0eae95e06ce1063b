"""Reports open with the verdict, and follow what happens to their goods."""

from decimal import Decimal

import pytest
from tests.support import run

from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.public import InspectionReason, Units
from zhiliu.contexts.nonconformance.errors import (
    ConcessionMissing,
    NotRenderedUnusable,
    SortJudgesEveryUnit,
    UnderReport,
)
from zhiliu.contexts.nonconformance.models import Report, ReportLot
from zhiliu.contexts.nonconformance.tests.floor import (
    D,
    again,
    events_of,
    fresh,
    on_hand,
    report_of,
    totals,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.errors import NotDisposed
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.command import Reference
from zhiliu.platform.outbox.models import OutboxEvent


def test_a_lot_that_is_not_accepted_is_under_a_report_in_the_same_command(floor):
    lot, report = floor.rejected(100, price="2.5")

    assert (report.number, report.source, report.state) == ("NCR-000001", "verdict", "open")
    assert report.inspection_id == floor.inspection(lot).pk
    assert (report.estimated_cost, report.currency) == (D(250), "CNY")
    assert report.opened_by == floor.inspector.id
    assert totals(report) == {lot.number: {"quantity": 100, "open": 100}}
    opened = OutboxEvent.objects.get(type="nonconformance.report_opened.v1")
    verdict = OutboxEvent.objects.get(type="inspections.not_accepted.v1")
    assert opened.command_id == verdict.command_id
    assert opened.data["lots"] == [{"lot_id": str(lot.pk), "lot": lot.number, "quantity": "100"}]
    assert (opened.data["estimated_cost"], opened.data["currency"]) == ("250", "CNY")


def test_units_judged_bad_are_under_a_report_and_the_good_ones_are_not(floor):
    (lot,) = floor.arrive(40)
    floor.count(lot, 40, 3)

    decided = floor.decide(lot, "judge", parts=[Units(D(3))])

    (bad,) = [j.lot for j in decided.lots if not j.is_accepted]
    report = report_of(bad)
    assert (report.source, report.estimated_cost) == ("units_found", D(6))
    assert totals(report) == {bad.number: {"quantity": 3, "open": 3}}
    assert ReportLot.objects.get().order_line_id is not None


def test_units_taken_out_of_an_accepted_sample_are_under_a_report(floor):
    (lot,) = floor.arrive(500)
    floor.count(lot, 50, 1)

    floor.decide(lot, "accept", parts=[Units(D(1))])

    assert [(r.source, totals(r)) for r in Report.objects.all()] == [
        ("units_found", {f"{lot.number}.1": {"quantity": 1, "open": 1}})
    ]


def test_an_accepted_lot_opens_no_report(floor):
    floor.released(100)

    assert not Report.objects.exists()


def test_a_retest_that_accepts_clears_the_goods_and_one_that_does_not_changes_nothing(floor):
    lot, report = floor.rejected(100)
    for verb, bad in (("not_accept", 2), ("accept", 0)):
        floor.by(
            floor.inspector,
            inspections.open_inspection,
            reason="gauge was wrong",
            lot_ids=[lot.pk],
            kind=InspectionReason.RETEST,
        )
        floor.count(lot, 20, bad)
        floor.decide(lot, verb)
        assert Report.objects.count() == 1
        if verb == "not_accept":
            assert totals(report) == {lot.number: {"quantity": 100, "open": 100}}

    assert fresh(lot).status == "released"
    assert totals(report) == {lot.number: {"quantity": 100, "cleared": 100}}
    assert again(report).state == "disposed"
    assert floor.close(report).state == "closed"


def test_a_part_stays_under_the_report_and_what_is_counted_away_is_cleared(floor):
    lot, report = floor.rejected(100)

    part = floor.by(
        floor.board, stock.split_lot, lot_id=lot.pk, part=stock.Part(floor.dock, floor.own, D(30))
    )
    floor.by(
        floor.board,
        stock.count_goods,
        reason="stocktaking",
        lot_id=lot.pk,
        place_id=floor.dock,
        owner_id=floor.own,
        counted=D(65),
    )

    assert totals(report) == {
        lot.number: {"quantity": 70, "open": 65, "cleared": 5},
        part.number: {"quantity": 30, "open": 30},
    }
    floor.by(
        floor.board,
        stock.count_goods,
        reason="found",
        lot_id=part.pk,
        place_id=floor.dock,
        owner_id=floor.own,
        counted=D(31),
    )
    assert totals(report)[part.number] == {"quantity": 31, "open": 31}


def test_goods_under_a_report_are_not_merged_away(floor):
    first, _ = floor.rejected(10)
    second, _ = floor.rejected(10)
    parts = [(lot.pk, stock.Part(floor.dock, floor.own, D(5))) for lot in (first, second)]

    with pytest.raises(UnderReport):
        floor.by(floor.board, stock.merge_lots, parts=parts, to_place_id=floor.store)

    assert (on_hand(first), on_hand(second)) == (10, 10)


def test_goods_with_a_disposition_are_not_inspected_otherwise(floor):
    lot, _ = floor.rejected(10)
    floor.dispose(lot, "scrap")

    with pytest.raises(UnderReport):
        floor.by(
            floor.inspector,
            inspections.open_inspection,
            reason="try again",
            lot_ids=[lot.pk],
            kind=InspectionReason.RETEST,
        )


def test_a_sort_judges_every_unit_and_what_is_bad_is_open_again(floor):
    lot, report = floor.rejected(100)
    sort = floor.dispose(lot, "sort")
    assert (again(report).state, sort.inspection_id) == ("disposed", floor.inspection(lot).pk)
    floor.count(lot, 50, 5)

    with pytest.raises(SortJudgesEveryUnit):
        floor.decide(lot, "accept", parts=[Units(D(5))])
    with pytest.raises(SortJudgesEveryUnit):
        floor.decide(lot, "not_accept")
    floor.by(
        floor.inspector,
        inspections.record_result,
        reason="all of them",
        inspection_id=sort.inspection_id,
        inspected=D(100),
        nonconforming=D(12),
        defects=[inspections.Defect(floor.defect, D(12))],
    )
    floor.decide(lot, "judge", parts=[Units(D(12))])

    bad = f"{lot.number}.1"
    assert totals(report) == {
        lot.number: {"quantity": 88, "disposed": 88},
        bad: {"quantity": 12, "open": 12},
    }
    done = again(sort)
    assert (done.state, done.posted, again(report).state) == ("done", D(88), "open")
    assert fresh(lot).status == "released"
    assert events_of(sort) == ["goods_disposed", "disposition_done"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize("verb", ["accept", "not_accept"])
def test_rework_is_inspected_again_before_release(floor, verb):
    lot, report = floor.rejected(100)
    rework = floor.dispose(lot, "rework")
    assert rework.inspection_id is None

    rework = floor.carry_out(rework)
    assert rework.inspection_id == floor.inspection(lot).pk
    assert fresh(lot).status == "blocked"
    floor.count(lot, 100, 0 if verb == "accept" else 2)
    floor.decide(lot, verb)

    good = verb == "accept"
    assert fresh(lot).status == ("released" if good else "blocked")
    assert totals(report)[lot.number] == {"quantity": 100, ("disposed" if good else "open"): 100}
    assert (again(rework).state, again(rework).posted) == ("done", D(100 if good else 0))
    assert again(report).state == ("disposed" if good else "open")


def test_repaired_goods_are_accepted_only_under_a_concession(floor):
    lot, _ = floor.rejected(100)
    floor.carry_out(floor.dispose(lot, "repair"))
    floor.count(lot, 100)

    with pytest.raises(ConcessionMissing):
        floor.decide(lot, "accept")

    assert fresh(lot).status == "blocked"


def test_a_cancelled_inspection_leaves_its_disposition_waiting_for_another(floor):
    lot, report = floor.rejected(100)
    rework = floor.carry_out(floor.dispose(lot, "rework"))

    floor.by(
        floor.inspector, inspections.cancel, reason="wrong", inspection_id=rework.inspection_id
    )
    assert again(rework).inspection_id is None
    floor.by(
        floor.inspector,
        inspections.open_inspection,
        reason="again",
        lot_ids=[lot.pk],
        kind=InspectionReason.REINSPECTION,
    )
    floor.count(lot, 100)
    floor.decide(lot, "accept")

    assert (again(rework).state, again(report).state) == ("done", "disposed")


def test_a_return_is_done_when_everything_has_left(floor):
    lot, report = floor.rejected(100)
    back = floor.dispose(lot, "return_to_vendor")

    floor.send_back(lot, 60, back)
    assert (again(back).state, again(back).posted) == ("decided", D(60))
    floor.send_back(lot, 40, back)

    assert (again(back).state, again(back).posted) == ("done", D(100))
    assert on_hand(lot) == 0
    assert totals(report) == {lot.number: {"quantity": 100, "disposed": 100}}


def test_a_return_is_done_too_when_the_rest_was_counted_away(floor):
    lot, report = floor.rejected(100)
    back = floor.dispose(lot, "return_to_vendor")
    floor.send_back(lot, 60, back)

    floor.by(
        floor.board,
        stock.count_goods,
        reason="lost",
        lot_id=lot.pk,
        place_id=floor.dock,
        owner_id=floor.own,
        counted=D(0),
    )

    assert totals(report) == {lot.number: {"quantity": 100, "disposed": 60, "cleared": 40}}
    assert (again(back).state, again(back).posted) == ("done", D(60))


@pytest.mark.parametrize("voucher", ["none", "verdict", "other kind", "other lot", "unknown"])
def test_blocked_goods_leave_by_their_own_disposition_only(floor, voucher):
    lot, _ = floor.rejected(100)
    other, _ = floor.rejected(10)
    vouchers = {
        "none": None,
        "verdict": Reference("inspections.inspection", floor.inspection(lot).pk, "INS-1"),
        "unknown": Reference("nonconformance.disposition", floor.dock, "DSP-1"),
    }
    if voucher == "other kind":
        row = floor.dispose(lot, "scrap")
    elif voucher == "other lot":
        row = floor.dispose(other, "return_to_vendor")
    if voucher.startswith("other"):
        vouchers[voucher] = Reference(row.kind, row.pk, row.number)

    with pytest.raises(NotDisposed):
        run(
            lambda command, at: stock.return_to_vendor(
                lot_id=lot.pk,
                part=stock.Part(floor.dock, floor.own, Decimal(1)),
                voucher=vouchers[voucher],
                command=command,
                at=at,
            ),
            reason="please",
        )

    assert on_hand(lot) == 100


def test_scrap_leaves_only_when_it_is_confirmed_as_rendered_unusable(floor):
    lot, _ = floor.rejected(100)
    scrap = floor.dispose(lot, "scrap")

    with pytest.raises(NotRenderedUnusable):
        floor.by(
            floor.board,
            stock.scrap,
            lot_id=lot.pk,
            part=stock.Part(floor.dock, floor.own, Decimal(1)),
            voucher=Reference(scrap.kind, scrap.pk, scrap.number),
        )

    assert on_hand(lot) == 100


def test_a_sample_that_is_kept_needs_no_disposition(floor):
    lot, report = floor.rejected(100)
    retention = run(
        lambda command, at: stock.add_place(
            site_id=floor.plant.site.pk,
            code="KEEP",
            name="KEEP",
            kind=stock.PlaceKind.RETENTION,
            command=command,
            at=at,
        )
    ).pk

    kept = floor.by(
        floor.inspector,
        stock.retain_sample,
        lot_id=lot.pk,
        part=stock.Part(floor.dock, floor.own, D(4)),
        retention_id=retention,
        expires_at=None,
        voucher=Reference("stock.sample", lot.pk, "sample"),
    )

    kept = kept if isinstance(kept, Lot) else Lot.objects.get(split_from=lot)
    assert totals(report) == {
        lot.number: {"quantity": 96, "open": 96},
        kept.number: {"quantity": 4, "cleared": 4},
    }
