"""Opening, disposing and closing against the real database."""

from datetime import timedelta

import pytest
from tests.support import run

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.public import Catalogue
from zhiliu.contexts.nonconformance import operations
from zhiliu.contexts.nonconformance.errors import (
    AlreadyPosted,
    CauseUnknown,
    KindNotAllowed,
    KindNotPossible,
    LotEmpty,
    LotsDiffer,
    NotAnEscape,
    NothingLeft,
    NothingToCarryOut,
    NotInReport,
    NotInState,
    NotRenderedUnusable,
    OwnInspection,
    PlaceNeeded,
    ReasonMissing,
    StillOpen,
    StillWaiting,
    TooEarly,
    UnderInspection,
    UnderReport,
)
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.operations import Units
from zhiliu.contexts.nonconformance.states import DispositionKind
from zhiliu.contexts.nonconformance.tests.floor import (
    D,
    again,
    events_of,
    fresh,
    on_hand,
    person,
    totals,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Lot, LotVersion, Move
from zhiliu.kernel.command import Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.signatures.public import Signature


def open_by_hand(floor, *parts, reason="dented", **values):
    return floor.by(
        floor.board,
        operations.open_report,
        reason=reason,
        parts=list(parts),
        description="dented",
        **values,
    )


def escape(floor, *parts, reason="found at the line"):
    return floor.by(
        floor.board, operations.report_escape, reason=reason, parts=list(parts), description="rust"
    )


def rows():
    """How many rows a refused act might have left."""
    tables = (Report, ReportLot, Disposition, Concession, Lot, Move, AuditEntry)
    return [t.objects.count() for t in tables]


def test_by_hand_a_part_is_split_off_and_blocked_with_the_report_as_voucher(floor):
    lot = floor.released(100)

    report = open_by_hand(floor, Units(lot.pk, D(30)))

    part = Lot.objects.get(split_from=lot)
    assert (report.source, report.estimated_cost, report.currency) == ("by_hand", D(60), "CNY")
    assert totals(report) == {part.number: {"quantity": 30, "open": 30}}
    assert (fresh(part).status, fresh(lot).status, on_hand(lot)) == ("blocked", "released", 70)
    voucher = LotVersion.objects.get(lot=part, version=fresh(part).version)
    assert (voucher.voucher_kind, voucher.voucher_id) == ("nonconformance.report", report.pk)
    assert AuditEntry.objects.get(record_id=report.pk).changes["state"] == [None, "open"]
    assert events_of(report) == ["report_opened"]


def test_by_hand_two_parts_of_one_lot_and_what_is_blocked_stays_blocked(floor):
    lot = floor.released(100)
    floor.move(lot, 40)

    report = open_by_hand(
        floor, Units(lot.pk, D(10), floor.dock, floor.own), Units(lot.pk, D(40), floor.store)
    )

    assert {n: t["open"] for n, t in totals(report).items()} == {
        f"{lot.number}.1": 10,
        f"{lot.number}.2": 40,
    }
    assert on_hand(lot) == 50


def test_an_escape_names_the_inspection_that_let_the_goods_through(floor):
    lot = floor.released(100)
    accepted = floor.inspection(lot)
    part = floor.by(
        floor.board, stock.split_lot, lot_id=lot.pk, part=stock.Part(floor.dock, floor.own, D(20))
    )

    report = escape(floor, Units(part.pk))

    assert (report.source, report.inspection_id) == ("escape", accepted.pk)
    with pytest.raises(OwnInspection):
        floor.dispose(part, "scrap", actor=floor.inspector)


REFUSED_OPENINGS = {
    "no reason": ReasonMissing,
    "under report": UnderReport,
    "under inspection": UnderInspection,
    "nothing left": LotEmpty,
    "twice": LotEmpty,
    "two places": PlaceNeeded,
    "two materials": LotsDiffer,
    "escape of what is blocked": NotAnEscape,
}


@pytest.mark.parametrize("case", REFUSED_OPENINGS)
def test_a_refused_opening_changes_nothing(floor, case):
    lot = floor.released(100)
    if case == "under report":
        lot, _ = floor.rejected(100)
    if case == "under inspection":
        (lot,) = floor.arrive(10)
    if case == "nothing left":
        floor.send_back(lot, 100, None, reason="sold back")
    if case == "two places":
        floor.move(lot, 40)
    other = floor.released(5) if case != "two materials" else None
    if case == "two materials":
        floor.material = floor.plant.material()
        other = floor.released(5)
    if case == "escape of what is blocked":
        voucher = {"voucher": _voucher(lot)}
        floor.by(floor.board, stock.block_lot, lot_id=lot.pk, **voucher)
    before = rows()
    call = {
        "no reason": lambda: open_by_hand(floor, Units(lot.pk), reason=" "),
        "twice": lambda: open_by_hand(floor, Units(lot.pk), Units(lot.pk)),
        "two places": lambda: open_by_hand(floor, Units(lot.pk, D(5))),
        "two materials": lambda: open_by_hand(floor, Units(lot.pk), Units(other.pk)),
        "escape of what is blocked": lambda: escape(floor, Units(lot.pk)),
    }.get(case, lambda: open_by_hand(floor, Units(lot.pk)))

    with pytest.raises(REFUSED_OPENINGS[case]):
        call()

    assert rows() == before


def _voucher(lot):
    return Reference("tests.voucher", lot.pk, "V-1")


def test_two_currencies_give_no_cost_and_both_are_shown(floor):
    (first,) = floor.arrive(10)
    (second,) = floor.arrive(10, currency="USD")
    for lot in (first, second):
        floor.count(lot, 10)
        floor.decide(lot, "accept")

    report = open_by_hand(floor, Units(first.pk), Units(second.pk))

    assert (report.estimated_cost, report.currency) == (None, "")


def test_cause_and_containment_are_recorded_when_they_are_known(floor):
    _, report = floor.rejected()
    run(
        lambda command, at: inspections.add_quality_code(
            catalogue=Catalogue.CAUSE,
            code="TOOL-WEAR",
            name_en="worn tool",
            command=command,
            at=at,
        )
    )

    def change(version, **changes):
        return floor.by(
            floor.board,
            operations.change_report,
            report_id=report.pk,
            expected_version=version,
            changes=changes,
        )

    changed = change(1, containment="all lots of this week held")
    with pytest.raises(CauseUnknown):
        change(2, cause_code="NOBODY-KNOWS")
    changed = change(2, cause_code="TOOL-WEAR", cause_text="die cracked")
    unchanged = change(3)

    assert (changed.containment, changed.cause_code) == ("all lots of this week held", "TOOL-WEAR")
    assert unchanged.version == 3
    assert AuditEntry.objects.get(record_id=report.pk, record_version=3).changes == {
        "cause_code": ["", "TOOL-WEAR"],
        "cause_text": ["", "die cracked"],
    }
    assert events_of(report) == ["report_opened", "report_changed", "report_changed"]


def test_a_disposition_of_a_part_splits_it_off_and_the_report_is_disposed_with_the_last(floor):
    lot, report = floor.rejected(100)

    back = floor.dispose(lot, "return_to_vendor", 30)
    assert again(report).state == "open"
    scrap = floor.dispose(lot, "scrap")

    assert (back.number, scrap.number) == ("DSP-000001", "DSP-000002")
    assert back.lot.number == f"{lot.number}.1"
    assert (back.quantity, scrap.quantity) == (D(30), D(70))
    assert totals(report) == {
        lot.number: {"quantity": 70, "disposed": 70},
        back.lot.number: {"quantity": 30, "disposed": 30},
    }
    assert again(report).state == "disposed"
    assert events_of(back) == ["goods_disposed"]
    assert AuditEntry.objects.get(record_id=back.pk).reason == "board of Monday"
    (signature,) = Signature.objects.filter(subject_id=back.pk)
    assert (signature.verb, signature.strength, signature.signer_id) == (
        "decide",
        "recorded",
        floor.board.id,
    )


def test_who_inspected_may_not_dispose(floor):
    lot, report = floor.rejected()
    before = rows()

    with pytest.raises(OwnInspection) as refused:
        floor.dispose(lot, "scrap", actor=floor.inspector)

    assert report.number in refused.value.sentence("en")
    assert rows() == before


def test_who_sorted_may_not_dispose_of_what_was_found_bad(floor):
    lot, _ = floor.rejected(100)
    floor.dispose(lot, "sort")
    sorter = person("sorter")
    inspector, floor.inspector = floor.inspector, sorter
    floor.count(lot, 100, 100)
    floor.inspector = inspector
    floor.decide(lot, "not_accept")

    with pytest.raises(OwnInspection):
        floor.dispose(lot, "scrap", actor=sorter)
    assert floor.dispose(lot, "scrap").state == "decided"


REFUSED_DISPOSITIONS = {
    "no reason": ReasonMissing,
    "other lot": NotInReport,
    "too much": NothingLeft,
    "no target": KindNotPossible,
    "too early": TooEarly,
    "all disposed": NotInState,
}


@pytest.mark.parametrize("case", REFUSED_DISPOSITIONS)
def test_a_refused_disposition_changes_nothing(floor, case):
    lot, report = floor.rejected(100)
    other = floor.released(5)
    if case == "all disposed":
        floor.dispose(lot, "scrap")
    before = rows()
    wanted = operations.Wanted(Units(lot.pk), DispositionKind("scrap"))
    call = {
        "no reason": lambda: floor.dispose(lot, "scrap", reason=""),
        "other lot": lambda: floor.dispose(other, "scrap", report=report),
        "too much": lambda: floor.dispose(lot, "scrap", 101),
        "no target": lambda: floor.dispose(lot, "regrade"),
        "too early": lambda: run(
            lambda command, at: operations.dispose(
                report_id=report.pk, wanted=wanted, command=command, at=at
            ),
            actor=floor.board,
            reason="x",
            at=report.opened_at - timedelta(seconds=1),
        ),
        "all disposed": lambda: floor.dispose(lot, "scrap"),
    }[case]

    with pytest.raises(REFUSED_DISPOSITIONS[case]):
        call()

    assert rows() == before


def test_scrap_is_posted_when_it_is_confirmed_at_every_place(floor):
    lot, _ = floor.rejected(100)
    floor.move(lot, 40)
    scrap = floor.dispose(lot, "scrap")
    before = rows()
    with pytest.raises(NotRenderedUnusable):
        floor.carry_out(scrap, unusable=False)
    assert rows() == before

    done = floor.carry_out(scrap)

    assert (done.state, done.posted, done.carried_out_by) == ("done", D(100), floor.board.id)
    assert on_hand(lot) == 0
    moves = Move.objects.filter(move_kind="scrap")
    assert {(int(m.quantity), m.reference_id) for m in moves} == {(60, scrap.pk), (40, scrap.pk)}
    assert events_of(scrap) == ["goods_disposed", "disposition_carried_out", "disposition_done"]


def test_a_regrade_is_posted_at_once_and_the_new_lot_is_inspected(floor):
    lot, report = floor.rejected(100)
    worse = floor.plant.material()

    done = floor.dispose(lot, "regrade", 40, to_material_id=worse.pk)

    assert (done.state, done.posted) == ("done", D(40))
    (new,) = Lot.objects.filter(material=worse)
    assert (new.status, on_hand(new)) == ("awaiting_inspection", 40)
    assert floor.inspection(new).state == "open"
    assert totals(report)[done.lot.number] == {"quantity": 40, "disposed": 40}


def test_only_what_is_carried_out_is_confirmed(floor):
    lot, _ = floor.rejected(100)
    back = floor.dispose(lot, "return_to_vendor")

    with pytest.raises(NothingToCarryOut):
        floor.carry_out(back)


def test_a_disposition_is_taken_back_before_posting_and_its_goods_are_open_again(floor):
    lot, report = floor.rejected(100)
    sort = floor.dispose(lot, "sort")
    with pytest.raises(ReasonMissing):
        floor.cancel(sort, reason="")

    floor.cancel(sort)

    assert (again(sort).state, again(sort).end_reason) == ("cancelled", "mistaken")
    assert Inspection.objects.get(pk=sort.inspection_id).state == "cancelled"
    assert totals(report) == {lot.number: {"quantity": 100, "open": 100}}
    assert again(report).state == "open"
    assert floor.dispose(lot, "scrap").state == "decided"


def test_what_was_posted_is_not_taken_back(floor):
    lot, _ = floor.rejected(100)
    back = floor.dispose(lot, "return_to_vendor")
    floor.send_back(lot, 60, back)
    before = rows()

    with pytest.raises(AlreadyPosted):
        floor.cancel(back)

    assert rows() == before


def test_a_report_is_closed_when_everything_is_done_and_not_before(floor):
    lot, report = floor.rejected(100)
    with pytest.raises(StillOpen):
        floor.close(report)
    back = floor.dispose(lot, "return_to_vendor")
    with pytest.raises(StillWaiting):
        floor.close(report)
    floor.send_back(lot, 100, back)

    closed = floor.close(report)

    assert (closed.state, closed.closed_by) == ("closed", floor.board.id)
    with pytest.raises(NotInState):
        floor.dispose(lot, "scrap", report=report)
    with pytest.raises(AlreadyPosted):
        floor.by(floor.board, operations.reopen_report, reason="?", report_id=report.pk)


def test_a_report_of_which_nothing_was_posted_is_opened_again(floor):
    lot, report = floor.rejected(100)
    floor.retest(lot)
    floor.close(report)
    with pytest.raises(ReasonMissing):
        floor.by(floor.board, operations.reopen_report, report_id=report.pk)

    reopened = floor.by(
        floor.board, operations.reopen_report, reason="cause missing", report_id=report.pk
    )

    assert (reopened.state, reopened.closed_at) == ("disposed", None)


def test_the_table_of_allowed_dispositions_decides_and_is_named(floor):
    lot = floor.released(10)
    report = open_by_hand(floor, Units(lot.pk), severity_class=SeverityClass.CRITICAL)
    assert (report.review_board, report.rule) == (
        "director_board",
        "nonconformance.review_routing@1#critical",
    )
    before = rows()

    with pytest.raises(KindNotAllowed) as refused:
        floor.dispose(lot, "use_as_is")

    assert rows() == before
    assert "退供" in refused.value.sentence("zh")
    scrap = floor.dispose(lot, "scrap")
    assert scrap.rule == "nonconformance.allowed_dispositions@1#critical"
    event = OutboxEvent.objects.get(type="nonconformance.goods_disposed.v1")
    assert event.rule_version == scrap.rule


@pytest.mark.parametrize(("price", "board"), [("1", "review_board"), ("1000", "director_board")])
def test_who_decides_follows_from_severity_and_cost(floor, price, board):
    _, report = floor.rejected(100, price=price)

    assert (report.severity_class, report.review_board) == ("major", board)
