"""Results, openings and defect codes: rows, audit entries, events, and nothing on refusal."""

from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    AlreadyExists,
    AlreadyUnderInspection,
    ClassNotOfDefect,
    CountOutOfRange,
    DefectMissing,
    DefectUnknown,
    LotEmpty,
    LotsDiffer,
    NotFound,
    ReasonMissing,
    TooEarly,
)
from zhiliu.contexts.inspections.models import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
    QualityCode,
)
from zhiliu.contexts.inspections.states import Catalogue
from zhiliu.contexts.inspections.tests.conftest import (
    act,
    events_of,
    hours,
    inspection_of,
    open_again,
    record,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


def test_a_result_leaves_its_row_its_defects_an_audit_entry_and_an_event(dock, codes):
    (lot,) = dock.arrive(100)
    crack, scratch = codes

    inspection = record(inspection_of(lot).pk, 20, 3, (crack, 2), (scratch, 2))

    row = Inspection.objects.get(pk=inspection.pk)
    assert (row.inspected, row.nonconforming, row.result_count) == (20, 3, 1)
    assert (row.state, row.result_at, row.version) == ("open", hours(1), 2)
    result = InspectionResult.objects.get(inspection_id=row.pk)
    assert (result.ordinal, result.inspected, result.nonconforming) == (1, 20, 3)
    counts = DefectCount.objects.filter(result=result).values_list("defect_code__code", "count")
    assert dict(counts) == {crack: 2, scratch: 2}
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes["nonconforming"] == [None, "3"]
    assert events_of(row) == ["inspections.opened.v1", "inspections.result_recorded.v1"]


def test_a_correction_is_a_new_result_with_a_reason(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, 3, (codes[0], 3))

    with pytest.raises(ReasonMissing):
        record(inspection.pk, 20, 2, (codes[0], 2), hour=2)
    record(inspection.pk, 20, 2, (codes[0], 2), hour=2, reason="one was only dirty")

    rows = InspectionResult.objects.filter(inspection_id=inspection.pk).order_by("ordinal")
    assert [(r.ordinal, int(r.nonconforming), r.reason) for r in rows] == [
        (1, 3, ""),
        (2, 2, "one was only dirty"),
    ]
    assert Inspection.objects.get(pk=inspection.pk).nonconforming == 2


@pytest.mark.parametrize(
    ("counts", "refusal"),
    [
        ((101, 0), CountOutOfRange),
        ((0, 0), CountOutOfRange),
        ((5, 6), CountOutOfRange),
        ((5, 1), DefectMissing),
        ((5, 1, ("unheard-of", 1)), DefectUnknown),
    ],
)
def test_a_refused_result_changes_nothing(dock, counts, refusal):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)

    with pytest.raises(refusal):
        record(inspection.pk, *counts)

    assert Inspection.objects.get(pk=inspection.pk).version == 1
    assert not InspectionResult.objects.filter(inspection_id=inspection.pk).exists()
    assert events_of(inspection) == ["inspections.opened.v1"]


def test_a_result_before_the_arrival_is_refused(dock):
    (lot,) = dock.arrive(100)

    with pytest.raises(TooEarly):
        record(inspection_of(lot).pk, 5, hour=-1)


def test_a_cause_is_no_defect(dock):
    (lot,) = dock.arrive(100)
    act(
        operations.add_quality_code,
        hour=0,
        catalogue=Catalogue.CAUSE,
        code="tool-worn",
        name_en="tool worn",
    )

    with pytest.raises(DefectUnknown):
        record(inspection_of(lot).pk, 5, 1, ("tool-worn", 1))


def test_a_code_out_of_use_is_refused(dock, codes):
    (lot,) = dock.arrive(100)
    code = QualityCode.objects.get(code=codes[0])
    changes = {"is_active": False}
    act(
        operations.change_quality_code,
        hour=0,
        quality_code_id=code.pk,
        expected_version=1,
        changes=changes,
    )

    with pytest.raises(DefectUnknown):
        record(inspection_of(lot).pk, 5, 1, (codes[0], 1))


def test_a_reinspection_covers_several_lots_and_decides_all_of_them(dock, codes):
    first, second = dock.arrive(60, 40)
    for lot in (first, second):
        record(inspection_of(lot).pk, 20)
        act(operations.accept, hour=2, inspection_id=inspection_of(lot).pk)

    again = open_again(first, second)
    record(again.pk, 20, 4, (codes[0], 4), hour=6)
    act(operations.not_accept, hour=7, inspection_id=again.pk)

    assert (again.reason, again.origin, again.lot_count) == ("reinspection", "by_hand", 2)
    rows = InspectionLot.objects.filter(inspection_id=again.pk).order_by("lot_id")
    assert [int(r.not_accepted) for r in rows] == [60, 40]
    assert {x.status for x in Lot.objects.filter(pk__in=[first.pk, second.pk])} == {"blocked"}


def test_opening_by_hand_refuses_what_does_not_fit(dock, plant):
    first, second = dock.arrive(60, 40)
    (oil,) = dock.arrive(7, material="oil")
    act(operations.cancel, hour=1, reason="x", inspection_id=inspection_of(first).pk)
    act(operations.cancel, hour=1, reason="x", inspection_id=inspection_of(oil).pk)

    with pytest.raises(ReasonMissing):
        open_again(first, reason=" ")
    with pytest.raises(LotsDiffer):
        open_again(first, oil)
    with pytest.raises(AlreadyUnderInspection) as refused:
        open_again(first, second)
    assert (refused.value.lot, refused.value.inspection) == (
        second.number,
        inspection_of(second).number,
    )
    act(
        stock.return_to_vendor,
        hour=2,
        reason="too late",
        lot_id=first.pk,
        part=plant.part("ARRIVAL", 60),
        voucher=None,
    )
    with pytest.raises(LotEmpty):
        open_again(first)


def test_an_unknown_inspection_is_not_found(dock):
    for operation in (operations.accept, operations.not_accept, operations.judge_units):
        with pytest.raises(NotFound):
            act(operation, hour=1, inspection_id=uuid4())
    with pytest.raises(NotFound):
        record(uuid4(), 1)


def test_a_quality_code_is_added_once_a_catalogue_and_changed_by_version(codes):
    with pytest.raises(AlreadyExists):
        run(
            lambda command, at: operations.add_quality_code(
                catalogue=Catalogue.DEFECT,
                code=codes[0],
                name_en="again",
                command=command,
                at=at,
            )
        )

    row = QualityCode.objects.get(code=codes[0])
    changed = run(
        lambda command, at: operations.change_quality_code(
            quality_code_id=row.pk,
            expected_version=1,
            changes={"name_zh": "开裂"},
            command=command,
            at=at,
        )
    )
    assert (changed.name_zh, changed.version) == ("开裂", 2)
    types = OutboxEvent.objects.filter(subject_id=row.pk).order_by("id")
    assert list(types.values_list("type", flat=True)) == [
        "inspections.quality_code_added.v1",
        "inspections.quality_code_changed.v1",
    ]


def test_only_a_defect_has_a_severity_class():
    def add(catalogue: Catalogue) -> QualityCode:
        return act(
            operations.add_quality_code,
            hour=0,
            catalogue=catalogue,
            code="same",
            name_en="same",
            severity_class="major" if catalogue == Catalogue.DEFECT else "",
        )

    defect, cause = add(Catalogue.DEFECT), add(Catalogue.CAUSE)

    assert (defect.severity_class, cause.severity_class) == ("major", "")
    with pytest.raises(ClassNotOfDefect):
        act(
            operations.add_quality_code,
            hour=0,
            catalogue=Catalogue.POSITION,
            code="edge",
            name_en="edge",
            severity_class="major",
        )
    with pytest.raises(ClassNotOfDefect):
        act(
            operations.change_quality_code,
            hour=0,
            quality_code_id=cause.pk,
            expected_version=1,
            changes={"severity_class": "minor"},
        )
    assert QualityCode.objects.count() == 2
