"""The ledger: rows, audit entries and events of each verb, and refusals that change nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.plant import Plant, build_plant
from tests.support import run

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import (
    LotNotUsable,
    LotOnHold,
    Mismatch,
    NotEnough,
    NotUsableThen,
    OutsideBounds,
    OwnedByOther,
    SerialsWrong,
)
from zhiliu.contexts.stock.models import (
    Balance,
    GenealogyEdge,
    Hold,
    Lot,
    LotBound,
    LotVersion,
    Move,
    Reservation,
    Serial,
    SerialMove,
)
from zhiliu.contexts.stock.states import HoldCause, LotStatus, PlaceKind
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


def stock_of(lot: Lot) -> dict[str, Decimal]:
    rows = Balance.objects.filter(lot_id=lot.pk, quantity__gt=0).select_related("place")
    return {b.place.code: b.quantity for b in rows}


def issue(plant: Plant, lot: Lot, quantity: str, place: str = "A-01", **more):
    reference = more.pop("reference", None) or plant.order()
    owner = more.pop("owner", plant.own)
    at = more.pop("at", None)
    return run(
        lambda command, moment: operations.issue(
            lot_id=lot.pk,
            place_id=plant.places[place],
            owner_id=owner,
            quantity=Decimal(quantity),
            reference=reference,
            command=command,
            at=moment,
            **more,
        ),
        at=at,
    )


def test_a_released_lot_is_issued_and_the_move_keeps_the_version_it_saw(plant):
    lot = plant.lot(100)

    move = issue(plant, lot, "30")

    assert stock_of(lot) == {"A-01": Decimal(70)}
    saved = Move.objects.get(pk=move.pk)
    assert (saved.quantity, saved.lot_version, saved.move_kind) == (30, 1, "issue")
    edge = GenealogyEdge.objects.get(source_id=lot.pk)
    assert (edge.edge_kind, edge.reference_kind, edge.is_assumed) == (
        "consumed",
        "production.work_order",
        False,
    )
    event = OutboxEvent.objects.filter(subject_id=lot.pk).latest("id")
    assert event.type == "stock.goods_moved.v1"


@pytest.mark.parametrize("status", [LotStatus.AWAITING_INSPECTION, LotStatus.BLOCKED])
def test_what_is_not_released_is_not_issued(plant, status):
    lot = plant.lot(10, status=status)
    other = plant.lot(7)

    with pytest.raises(LotNotUsable) as refused:
        issue(plant, lot, "1")

    assert other.number in refused.value.remedy("en")
    assert stock_of(lot) == {"A-01": Decimal(10)}


def test_more_than_is_there_is_refused_and_nothing_changes(plant):
    lot = plant.lot(10)
    before = Move.objects.count()

    with pytest.raises(NotEnough) as refused:
        issue(plant, lot, "11")

    assert refused.value.data()["free"] == "10"
    assert Move.objects.count() == before


def test_a_hold_stops_issue_breaks_reservations_and_names_the_order(plant):
    lot = plant.lot(100)
    wanted = plant.order(number="WO-77")
    run(
        lambda command, at: operations.reserve(
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(60),
            reference=wanted,
            command=command,
            at=at,
        )
    )

    placed = run(
        lambda command, at: operations.place_hold(
            lot_id=lot.pk,
            cause=HoldCause.COMPLAINT,
            reason="裂纹",
            command=command,
            at=at,
        )
    )

    assert placed.broken_orders == ["production.work_order/WO-77"]
    assert Reservation.objects.get(lot_id=lot.pk).state == "broken"
    assert Balance.objects.get(lot_id=lot.pk).reserved == 0
    with pytest.raises(LotOnHold):
        issue(plant, lot, "1", reference=wanted)
    versions = LotVersion.objects.filter(lot_id=lot.pk).order_by("version")
    assert [v.holds for v in versions] == [[], [placed.hold.number]]
    lifted = run(
        lambda command, at: operations.lift_hold(
            hold_id=placed.hold.pk, reason="ok", command=command, at=at
        )
    )
    assert Hold.objects.get(pk=lifted.pk).state == "lifted"
    issue(plant, lot, "1")
    assert list(
        AuditEntry.objects.filter(record_id=lot.pk)
        .order_by("record_version")
        .values_list("record_version", flat=True)
    ) == [1, 2, 3]


def test_one_contaminated_bin_is_split_off_by_its_hold(plant):
    lot = plant.lot(100)
    for place in ("A-02", "A-03"):
        run(
            lambda command, at, place=place: operations.move_goods(
                lot_id=lot.pk,
                part=plant.part("A-01", 20),
                to_place_id=plant.places[place],
                command=command,
                at=at,
            )
        )

    placed = run(
        lambda command, at: operations.place_hold(
            lot_id=lot.pk,
            cause=HoldCause.MANUAL,
            reason="contaminated",
            part=plant.part("A-02", 20),
            command=command,
            at=at,
        )
    )

    child = Lot.objects.get(pk=placed.lot.pk)
    assert child.number == f"{lot.number}.1"
    assert stock_of(child) == {"A-02": Decimal(20)}
    assert stock_of(lot) == {"A-01": Decimal(60), "A-03": Decimal(20)}
    assert Lot.objects.get(pk=lot.pk).open_holds == 0
    issue(plant, lot, "60")


def test_a_reservation_goes_along_with_a_move(plant):
    lot = plant.lot(100)
    order = plant.order()
    run(
        lambda command, at: operations.reserve(
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(60),
            reference=order,
            command=command,
            at=at,
        )
    )

    run(
        lambda command, at: operations.move_goods(
            lot_id=lot.pk,
            part=plant.part("A-01", 70),
            to_place_id=plant.places["A-02"],
            command=command,
            at=at,
        )
    )

    rows = {b.place.code: b for b in Balance.objects.filter(lot_id=lot.pk).select_related("place")}
    assert (rows["A-01"].quantity, rows["A-01"].reserved) == (30, 30)
    assert (rows["A-02"].quantity, rows["A-02"].reserved) == (70, 30)
    issue(plant, lot, "30", place="A-02", reference=order)
    assert Balance.objects.get(pk=rows["A-02"].pk).reserved == 0


def test_restricted_stock_ends_at_its_bound(plant):
    lot = plant.lot(100)
    order = plant.order()
    run(
        lambda command, at: operations.restrict_lot(
            lot_id=lot.pk,
            bounds=operations.Bounds(quantity=Decimal(50), reference_ids=[order.id]),
            voucher=Reference("tests", command.id, "t"),
            command=command,
            at=at,
        )
    )
    issue(plant, lot, "50", reference=order)

    with pytest.raises(OutsideBounds):
        issue(plant, lot, "1", reference=order)
    with pytest.raises(OutsideBounds):
        issue(plant, lot, "1")

    assert LotBound.objects.get(pk=lot.pk).remaining == 0
    assert stock_of(lot) == {"A-01": Decimal(50)}


def test_serials_are_named_move_with_their_lot_and_split_with_one_rejected(plant):
    names = tuple(f"SN-{i}" for i in range(10))
    lot = plant.lot(10, material="pump", serials=names)

    with pytest.raises(SerialsWrong):
        issue(plant, lot, "1")
    part = run(
        lambda command, at: operations.split_lot(
            lot_id=lot.pk, part=plant.part("A-01", 1, ("SN-3",)), command=command, at=at
        )
    )

    serial = Serial.objects.get(number="SN-3", material_id=lot.material_id)
    assert serial.lot_id == part.pk
    assert SerialMove.objects.filter(serial=serial).count() == 3
    with pytest.raises(SerialsWrong):
        issue(plant, lot, "1", serials=("SN-3",))
    issue(plant, lot, "2", serials=("SN-1", "SN-2"))
    with pytest.raises(SerialsWrong):
        plant.lot(1, material="pump", serials=("SN-9",))


def test_customer_owned_goods_go_only_to_that_customers_orders(plant):
    lot = plant.lot(10, owner=plant.customer)

    with pytest.raises(OwnedByOther):
        issue(plant, lot, "1", owner=plant.customer)

    theirs = Reference("sales.order", plant.order().id, "SO-1", customer_id=plant.customer)
    issue(plant, lot, "1", owner=plant.customer, reference=theirs)


def test_a_late_posting_may_use_only_what_was_usable_then(plant):
    now = server_time()
    born = now - timedelta(days=3)
    lot = plant.lot(10, status=LotStatus.AWAITING_INSPECTION, at=born)
    run(
        lambda command, at: operations.release_lot(
            lot_id=lot.pk, voucher=Reference("tests", command.id, "t"), command=command, at=at
        ),
        at=now - timedelta(days=1),
    )

    with pytest.raises(NotUsableThen):
        issue(plant, lot, "1", at=now - timedelta(days=2))

    issue(plant, lot, "1", at=now - timedelta(hours=1))


def test_a_tank_topped_up_is_a_new_lot_of_two(plant):
    first, second = plant.lot("10.5", material="oil"), plant.lot("4.25", material="oil")

    merged = run(
        lambda command, at: operations.merge_lots(
            parts=[
                (first.pk, plant.part("A-01", "10.5")),
                (second.pk, plant.part("A-01", "4.25")),
            ],
            to_place_id=plant.places["A-02"],
            command=command,
            at=at,
        )
    )

    assert stock_of(merged) == {"A-02": Decimal("14.75")}
    assert stock_of(first) == {}
    edges = GenealogyEdge.objects.filter(target_id=merged.pk)
    assert {e.quantity for e in edges} == {Decimal("10.5"), Decimal("4.25")}


def test_an_order_returns_at_most_what_it_drew(plant):
    lot = plant.lot(10)
    order = plant.order()
    issue(plant, lot, "5", reference=order)

    def give_back(quantity):
        return run(
            lambda command, at: operations.return_issue(
                lot_id=lot.pk,
                place_id=plant.places["A-01"],
                owner_id=plant.own,
                quantity=Decimal(quantity),
                reference=order,
                command=command,
                at=at,
            )
        )

    give_back(3)
    with pytest.raises(Mismatch):
        give_back(3)

    assert stock_of(lot) == {"A-01": Decimal(8)}


def test_a_foreign_move_is_never_refused_but_answered(plant):
    lot = plant.lot(10, status=LotStatus.BLOCKED)
    from zhiliu.contexts.stock.operations.locks import outside_place

    customer = outside_place(plant.site, PlaceKind.CUSTOMER)
    run(
        lambda command, at: operations.observe_move(
            lot_id=lot.pk,
            from_place_id=plant.places["A-01"],
            to_place_id=customer,
            owner_id=plant.own,
            quantity=Decimal(12),
            origin=operations.Origin("erp", "DN-9"),
            command=command,
            at=at,
        )
    )

    assert stock_of(lot) == {}
    hold = Hold.objects.get(lot_id=lot.pk)
    assert hold.cause == "observed_move"
    kinds = sorted(Move.objects.filter(lot_id=lot.pk).values_list("quantity", "origin"))
    assert kinds == [(2, "erp"), (10, "own"), (12, "erp")]
