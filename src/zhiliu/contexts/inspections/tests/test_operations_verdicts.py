"""Verdicts on a real database: rows, audit entries, events, and nothing changed on refusal."""

import json
from decimal import Decimal

import pytest

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    AlreadyDecided,
    LotNotCovered,
    NotEveryUnitInspected,
    PartTooLarge,
    PlaceNeeded,
    ReasonMissing,
    ResultMissing,
    TooEarly,
    UnitsNotNamed,
)
from zhiliu.contexts.inspections.models import (
    Inspection,
)
from zhiliu.contexts.inspections.operations import Units
from zhiliu.contexts.inspections.operations.locks import reference
from zhiliu.contexts.inspections.tests.conftest import (
    act,
    events_of,
    hours,
    inspection_of,
    open_again,
    record,
    totals_of,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.errors import LotOnHold, NotDisposed, NotEnough
from zhiliu.contexts.stock.models import Balance, Lot, LotVersion, Serial
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.signatures import strength
from zhiliu.platform.signatures.errors import SecretNeeded
from zhiliu.platform.signatures.models import Signature
from zhiliu.platform.signatures.public import Asked, Meaning, Strength

pytestmark = pytest.mark.django_db


def test_accepting_releases_the_lot_with_the_inspection_as_voucher(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20)

    act(operations.accept, hour=2, inspection_id=inspection.pk)

    row, now = Inspection.objects.get(pk=inspection.pk), Lot.objects.get(pk=lot.pk)
    assert (row.state, row.decided_at) == ("accepted", hours(2))
    assert now.status == "released"
    assert now.status_occurred_at == hours(2)
    assert totals_of(lot) == {"presented": 100, "accepted": 100}
    voucher = LotVersion.objects.get(lot=lot, version=now.version)
    assert (voucher.voucher_kind, voucher.voucher_id) == ("inspections.inspection", row.pk)
    assert (voucher.voucher_number, voucher.voucher_version) == (row.number, row.version)
    assert AuditEntry.objects.get(record_id=row.pk, record_version=3).changes["state"] == [
        "open",
        "accepted",
    ]
    assert events_of(row)[-1] == "inspections.accepted.v1"


def test_a_verdict_is_signed_with_the_strength_that_the_table_asks(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, 5, (codes[0], 5))

    act(operations.not_accept, hour=2, inspection_id=inspection.pk, reason="裂纹")

    row = Inspection.objects.get(pk=inspection.pk)
    (signature,) = Signature.objects.filter(subject_id=row.pk)
    assert (signature.subject_version, signature.verb, signature.meaning) == (
        row.version,
        "not_accept",
        "refuse",
    )
    assert (signature.strength, signature.rule) == (
        "recorded",
        "signatures.signing_strength@1#inspection-refuse",
    )
    assert (signature.signer_id, signature.occurred_at) == (row.decided_by, row.decided_at)
    assert json.loads(signature.canonical)["content"] == {
        "material_id": str(row.material_id),
        "supplier_id": str(row.supplier_id),
        "inspected": "20",
        "nonconforming": "5",
        "state": "not_accepted",
        "decided_at": hours(2).isoformat(),
        "decided_by": str(row.decided_by),
        "because": "裂纹",
        "lots": [{"lot": lot.number, "quantity": "100", "is_accepted": False}],
    }


def test_a_verdict_that_must_be_signed_again_is_refused_and_changes_nothing(dock, monkeypatch):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20)
    monkeypatch.setattr(
        strength, "_asked", [lambda **_: Asked(Strength.RE_AUTHENTICATED, Meaning.RELEASE, "t@1#1")]
    )

    with pytest.raises(SecretNeeded, match=inspection.number):
        act(operations.accept, hour=2, inspection_id=inspection.pk)

    assert Inspection.objects.get(pk=inspection.pk).state == "open"
    assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"
    assert not Signature.objects.filter(subject_id=inspection.pk).exists()


def test_not_accepting_blocks_and_lets_nothing_leave_by_itself(dock, codes, plant):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, 5, (codes[0], 5))

    decided = act(operations.not_accept, hour=2, inspection_id=inspection.pk)

    assert Lot.objects.get(pk=lot.pk).status == "blocked"
    assert totals_of(lot) == {"presented": 100, "not_accepted": 100}
    with pytest.raises(NotDisposed):
        act(
            stock.return_to_vendor,
            hour=3,
            reason="not accepted",
            lot_id=lot.pk,
            part=plant.part("ARRIVAL", 100),
            voucher=reference(decided.inspection),
        )
    assert Balance.objects.get(lot=lot).quantity == 100
    assert totals_of(lot) == {"presented": 100, "not_accepted": 100}


def test_not_accepting_without_a_nonconforming_unit_needs_a_reason(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20)

    with pytest.raises(ReasonMissing):
        act(operations.not_accept, hour=2, inspection_id=inspection.pk)
    act(operations.not_accept, hour=2, reason="certificate missing", inspection_id=inspection.pk)

    assert Lot.objects.get(pk=lot.pk).status == "blocked"


def test_judging_splits_the_bad_units_blocks_them_and_releases_the_rest(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 100, 30, (codes[0], 30))

    act(
        operations.judge_units,
        hour=2,
        inspection_id=inspection.pk,
        parts=[Units(Decimal(30))],
    )

    part = Lot.objects.get(split_from=lot)
    assert part.number == f"{lot.number}.1"
    assert (Lot.objects.get(pk=lot.pk).status, part.status) == ("released", "blocked")
    assert totals_of(lot) == {"presented": 70, "accepted": 70}
    assert totals_of(part) == {"presented": 30, "not_accepted": 30}
    row = Inspection.objects.get(pk=inspection.pk)
    assert (row.state, row.lot_count) == ("judged", 2)
    event = OutboxEvent.objects.get(subject_id=row.pk, type="inspections.judged.v1")
    assert {(x["lot"], x["quantity"], x["is_accepted"]) for x in event.data["lots"]} == {
        (lot.number, "70", True),
        (part.number, "30", False),
    }


def test_judging_a_lot_that_is_bad_as_a_whole_splits_nothing(dock, codes):
    (lot,) = dock.arrive(12)
    inspection = inspection_of(lot)
    record(inspection.pk, 12, 12, (codes[0], 12))

    act(
        operations.judge_units,
        hour=2,
        inspection_id=inspection.pk,
        parts=[Units(Decimal(12))],
    )

    assert not Lot.objects.filter(split_from=lot).exists()
    assert Lot.objects.get(pk=lot.pk).status == "blocked"
    assert totals_of(lot) == {"presented": 12, "not_accepted": 12}


def test_judging_with_nothing_bad_releases_all(dock):
    (lot,) = dock.arrive(12)
    inspection = inspection_of(lot)
    record(inspection.pk, 12)

    act(operations.judge_units, hour=2, inspection_id=inspection.pk)

    assert Lot.objects.get(pk=lot.pk).status == "released"


def test_judging_needs_every_unit_inspected(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 99, 1, (codes[0], 1))

    with pytest.raises(NotEveryUnitInspected) as refused:
        act(
            operations.judge_units,
            hour=2,
            inspection_id=inspection.pk,
            parts=[Units(Decimal(1))],
        )

    assert (refused.value.inspected, refused.value.open) == (99, 100)
    assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"
    assert not Lot.objects.filter(split_from=lot).exists()


def test_judging_serials_takes_out_the_named_pieces(dock, codes):
    (lot,) = dock.arrive(3, material="pump", serials=("S1", "S2", "S3"))
    inspection = inspection_of(lot)
    record(inspection.pk, 3, 1, (codes[0], 1))

    act(
        operations.judge_units,
        hour=2,
        inspection_id=inspection.pk,
        parts=[Units(Decimal(1), serials=("S2",))],
    )

    part = Lot.objects.get(split_from=lot)
    assert totals_of(part) == {"presented": 1, "not_accepted": 1}
    assert Serial.objects.get(number="S2", lot=part).lot.status == "blocked"


def test_accepting_takes_out_what_was_found_in_the_sample(dock, codes):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, 2, (codes[0], 2))

    with pytest.raises(UnitsNotNamed):
        act(operations.accept, hour=2, inspection_id=inspection.pk)
    with pytest.raises(UnitsNotNamed):
        act(
            operations.accept,
            hour=2,
            inspection_id=inspection.pk,
            parts=[Units(Decimal(3))],
        )
    act(operations.accept, hour=2, inspection_id=inspection.pk, parts=[Units(Decimal(2))])

    part = Lot.objects.get(split_from=lot)
    assert (Lot.objects.get(pk=lot.pk).status, part.status) == ("released", "blocked")
    assert totals_of(lot) == {"presented": 98, "accepted": 98}
    assert totals_of(part) == {"presented": 2, "not_accepted": 2}


def test_the_place_must_be_named_when_the_lot_lies_at_two(dock, codes, plant):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    part = plant.part("ARRIVAL", 40)
    act(stock.move_goods, hour=1, lot_id=lot.pk, part=part, to_place_id=plant.places["A-01"])
    record(inspection.pk, 20, 2, (codes[0], 2))

    with pytest.raises(PlaceNeeded) as refused:
        act(
            operations.accept,
            hour=2,
            inspection_id=inspection.pk,
            parts=[Units(Decimal(2))],
        )
    assert set(refused.value.places.split(", ")) == {"ARRIVAL", "A-01"}
    with pytest.raises(NotEnough):
        act(
            operations.accept,
            hour=2,
            inspection_id=inspection.pk,
            parts=[Units(Decimal(2), place_id=plant.places["A-05"], owner_id=plant.own)],
        )
    act(
        operations.accept,
        hour=2,
        inspection_id=inspection.pk,
        parts=[Units(Decimal(2), place_id=plant.places["A-01"])],
    )

    assert Balance.objects.get(lot__split_from=lot).place_id == plant.places["A-01"]
    assert Lot.objects.get(pk=lot.pk).status == "released"


def test_units_must_belong_to_an_open_lot_and_be_no_more_than_it_has(dock, codes):
    (lot,) = dock.arrive(10)
    (other,) = dock.arrive(10)
    inspection = inspection_of(lot)
    record(inspection.pk, 10, 1, (codes[0], 1))

    for units, refusal in (
        (Units(Decimal(1), lot_id=other.pk), LotNotCovered),
        (Units(Decimal(11)), PartTooLarge),
    ):
        with pytest.raises(refusal):
            act(operations.judge_units, hour=2, inspection_id=inspection.pk, parts=[units])

    assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"


def test_a_verdict_without_a_result_is_refused_with_the_way_out(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)

    for verb in (operations.accept, operations.not_accept, operations.judge_units):
        with pytest.raises(ResultMissing) as refused:
            act(verb, hour=2, inspection_id=inspection.pk)
        assert "Record how many units" in refused.value.remedy("en")
        assert "录入" in refused.value.remedy("zh")

    assert Lot.objects.get(pk=lot.pk).version == 1
    assert totals_of(lot) == {"presented": 100, "open": 100}


def test_a_verdict_is_given_once(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20)
    act(operations.accept, hour=2, inspection_id=inspection.pk)

    for verb in (operations.accept, operations.not_accept, operations.judge_units):
        with pytest.raises(AlreadyDecided):
            act(verb, hour=3, inspection_id=inspection.pk)
    with pytest.raises(AlreadyDecided):
        record(inspection.pk, 20, hour=3, reason="late")

    assert Lot.objects.get(pk=lot.pk).version == 2


def test_a_verdict_before_its_result_is_refused(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)
    record(inspection.pk, 20, hour=5)

    with pytest.raises(TooEarly):
        act(operations.accept, hour=4, inspection_id=inspection.pk)


def test_a_released_lot_on_hold_stays_unusable(dock, plant):
    (lot,) = dock.arrive(100, is_on_hold=True)
    inspection = inspection_of(lot)
    record(inspection.pk, 20)

    act(operations.accept, hour=2, inspection_id=inspection.pk)

    now = Lot.objects.get(pk=lot.pk)
    assert (now.status, now.open_holds) == ("released", 1)
    with pytest.raises(LotOnHold):
        act(
            stock.issue,
            hour=3,
            lot_id=lot.pk,
            place_id=plant.places["ARRIVAL"],
            owner_id=plant.own,
            quantity=Decimal(1),
            reference=plant.order(),
        )


def test_cancelling_takes_back_what_was_open_and_keeps_the_status(dock):
    (lot,) = dock.arrive(100)
    inspection = inspection_of(lot)

    with pytest.raises(ReasonMissing):
        act(operations.cancel, hour=1, inspection_id=inspection.pk)
    act(operations.cancel, hour=1, reason="opened twice", inspection_id=inspection.pk)

    assert Inspection.objects.get(pk=inspection.pk).state == "cancelled"
    assert totals_of(lot) == {}
    assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"
    assert events_of(inspection)[-1] == "inspections.cancelled.v1"


def test_accepting_a_restricted_lot_takes_its_bounds_off(dock, plant):
    (lot,) = dock.arrive(60)
    order = plant.order()
    act(
        stock.restrict_lot,
        hour=1,
        lot_id=lot.pk,
        bounds=stock.Bounds(quantity=Decimal(10), reference_ids=[order.id]),
        voucher=order,
    )
    record(inspection_of(lot).pk, 60, hour=2)

    act(operations.accept, hour=3, inspection_id=inspection_of(lot).pk)

    now = Lot.objects.get(pk=lot.pk)
    assert (now.status, now.bound_quantity, now.bound_references) == ("released", None, None)
    changes = AuditEntry.objects.get(record_id=lot.pk, record_version=now.version).changes
    assert changes["bound_references"] == [[str(order.id)], None]


def test_judging_several_lots_needs_to_know_which_one(dock, codes):
    first, second = dock.arrive(60, 40)
    for lot in (first, second):
        act(operations.cancel, hour=1, reason="together", inspection_id=inspection_of(lot).pk)
    both = open_again(first, second)
    record(both.pk, 100, 45, (codes[0], 45), hour=6)

    with pytest.raises(LotNotCovered):
        act(
            operations.judge_units,
            hour=7,
            inspection_id=both.pk,
            parts=[Units(Decimal(45))],
        )
    act(
        operations.judge_units,
        hour=7,
        inspection_id=both.pk,
        parts=[Units(Decimal(5), lot_id=first.pk), Units(Decimal(40), lot_id=second.pk)],
    )

    assert Lot.objects.get(pk=first.pk).status == "released"
    assert Lot.objects.get(pk=second.pk).status == "blocked"
    assert Lot.objects.get(split_from=first).status == "blocked"
