"""Reservations, returns, mixtures, owners, foreign moves, containers and periods."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.plant import Plant, build_plant

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import (
    AlreadyExists,
    Mismatch,
    NotEnough,
    OwnedByOther,
    ReturnOnly,
    WrongPlace,
)
from zhiliu.contexts.stock.models import Balance, Finding, Hold, Lot, Place, Reservation
from zhiliu.contexts.stock.operations.locks import outside_place
from zhiliu.contexts.stock.states import LotStatus, PlaceKind
from zhiliu.contexts.stock.tests.acts import do, hold, issue, ledger, reserve, restrict
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


def sales(plant: Plant, customer) -> Reference:
    return Reference("sales.order", plant.order().id, "SO-1", customer_id=customer)


def test_a_sample_that_is_destroyed_or_kept_breaks_what_it_leaves_without_goods(plant):
    lot = plant.lot(10)
    first, second = reserve(plant, lot, 5), reserve(plant, lot, 5)
    part = plant.part("A-01", 4)
    do(operations.take_sample, lot_id=lot.pk, part=part, laboratory_id=plant.places["LAB"])
    do(operations.consume_sample, lot_id=lot.pk, part=plant.part("LAB", 3))
    open_ = Reservation.objects.filter(state="open")
    assert sum(r.open_quantity for r in open_) == 7

    do(
        operations.retain_sample,
        lot_id=lot.pk,
        part=plant.part("A-01", 2),
        retention_id=plant.places["RETENTION"],
        expires_at=None,
        voucher=plant.order(),
    )

    assert sum(r.open_quantity for r in Reservation.objects.filter(state="open")) == 5
    assert Reservation.objects.get(pk=first.pk).state == "open"
    assert Reservation.objects.get(pk=second.pk).state != "open"
    assert all(b.reserved <= b.quantity for b in Balance.objects.all())


def test_all_of_a_lot_is_not_kept_as_its_sample(plant):
    lot = plant.lot(10)
    before = ledger()

    with pytest.raises(Mismatch):
        do(
            operations.retain_sample,
            lot_id=lot.pk,
            part=plant.part("A-01", 10),
            retention_id=plant.places["RETENTION"],
            expires_at=None,
            voucher=plant.order(),
        )

    assert ledger() == before


def test_a_reservation_follows_its_goods_whole_and_is_cancelled_where_they_are(plant):
    lot = plant.lot(10)
    kept = reserve(plant, lot, 6)
    part = plant.part("A-01", 10)
    do(operations.move_goods, lot_id=lot.pk, part=part, to_place_id=plant.places["A-02"])

    row = Reservation.objects.get(pk=kept.pk)
    assert (row.place_id, row.open_quantity) == (plant.places["A-02"], 6)
    do(operations.cancel_reservation, reservation_id=kept.pk)
    assert {b.reserved for b in Balance.objects.filter(lot_id=lot.pk)} == {0}


def test_screws_reserved_for_the_order_are_drawn_by_name_and_others_left(plant):
    mine, theirs = plant.lot(10, material="screw"), plant.lot(10, material="screw")
    order = plant.order()
    reserve(plant, mine, 10, order)
    reserve(plant, theirs, 8)
    draw = {
        "material_id": plant.material("screw"),
        "place_id": plant.places["A-01"],
        "owner_id": plant.own,
        "reference": order,
    }

    with pytest.raises(NotEnough):
        do(operations.issue_material, quantity=Decimal(13), **draw)
    moves = do(operations.issue_material, quantity=Decimal(12), **draw)

    assert [(m.lot_id, m.quantity) for m in moves] == [(mine.pk, 10), (theirs.pk, 2)]


def test_late_screws_come_from_the_lots_of_then(plant):
    now = server_time()
    then = plant.lot(5, material="screw", at=now - timedelta(hours=2))
    after = plant.lot(5, material="screw")
    draw = {
        "material_id": plant.material("screw"),
        "place_id": plant.places["A-01"],
        "owner_id": plant.own,
        "reference": plant.order(),
        "when": now - timedelta(hours=1),
    }

    (move,) = do(operations.issue_material, quantity=Decimal(5), **draw)
    assert move.lot_id == then.pk != after.pk
    with pytest.raises(NotEnough):
        do(operations.issue_material, quantity=Decimal(1), **draw)


def test_each_customer_returns_at_most_what_was_shipped_to_them(plant):
    lot, other = plant.lot(10), plant.supplier
    for customer, quantity in ((plant.customer, 6), (other, 3)):
        do(
            operations.ship,
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(quantity),
            reference=sales(plant, customer),
        )

    def give_back(customer, quantity, when=None) -> Lot:
        return do(
            operations.receive_customer_return,
            when=when,
            lot_id=lot.pk,
            place_id=plant.places["A-02"],
            quantity=Decimal(quantity),
            reference=sales(plant, customer),
        )

    first = give_back(plant.customer, 5)
    assert (first.status, first.origin) == ("awaiting_inspection", "customer_return")
    give_back(other, 3)
    for customer, quantity in ((plant.customer, 2), (other, 1)):
        with pytest.raises(Mismatch):
            give_back(customer, quantity)
    with pytest.raises(Mismatch):
        give_back(plant.customer, 1, when=server_time() - timedelta(hours=1))
    give_back(plant.customer, 1)


def test_a_mixture_keeps_what_its_lots_share_and_stays_at_their_site(plant):
    lots = [plant.lot(5, material="oil") for _ in "ab"]
    elsewhere = build_plant()
    parts = [(lot.pk, plant.part("A-01", 5)) for lot in lots]

    with pytest.raises(WrongPlace):
        do(operations.merge_lots, parts=parts, to_place_id=elsewhere.places["A-01"])
    mixed = do(operations.merge_lots, parts=parts, to_place_id=plant.places["A-02"])

    assert (mixed.supplier_id, mixed.revision_id) == (plant.supplier, lots[0].revision_id)
    assert mixed.initial_quantity == 10


def test_nobody_draws_a_customers_goods(plant):
    lot = plant.lot(10, owner=plant.customer)
    part = operations.Part(plant.places["A-01"], plant.customer, Decimal(5))
    before = ledger()

    with pytest.raises(OwnedByOther):
        do(operations.change_owner, lot_id=lot.pk, part=part, to_owner_id=plant.own)

    assert ledger() == before


def test_goods_on_hand_change_owner_only_if_nobody_reserved_them(plant):
    lot = plant.lot(10)
    reserve(plant, lot, 6)

    with pytest.raises(NotEnough):
        do(
            operations.change_owner,
            lot_id=lot.pk,
            part=plant.part("A-01", 5),
            to_owner_id=plant.supplier,
        )


def observed(plant: Plant, lot: Lot, to: str, source: str = "A-01", **more) -> str | None:
    """Another system moves 2; the code of the finding that answers it."""
    ids = {**plant.places}
    for kind in (PlaceKind.PRODUCTION, PlaceKind.CUSTOMER, PlaceKind.SCRAP, PlaceKind.SUPPLIER):
        ids[kind] = outside_place(plant.site, kind)
    values = {"owner_id": plant.own, "quantity": Decimal(2), "reference": plant.order(), **more}
    move = do(
        operations.observe_move,
        lot_id=lot.pk,
        from_place_id=ids[source],
        to_place_id=ids[to],
        origin=operations.Origin("erp", "D-1"),
        **values,
    )
    finding = Finding.objects.filter(move_id=move.pk).first()
    held = Hold.objects.filter(cause="observed_move", cause_id=move.pk).exists()
    assert held == (finding is not None)
    return finding.code if finding else None


def test_every_refusal_of_the_gate_answers_a_foreign_move(plant):
    waiting = LotStatus.AWAITING_INSPECTION
    theirs = plant.lot(10, owner=plant.customer)
    bounded = plant.lot(10)
    restrict(bounded, quantity=Decimal(5))

    assert observed(plant, plant.lot(10), "production") is None
    assert observed(plant, plant.lot(10), "A-02") is None
    assert observed(plant, plant.lot(10, status=waiting), "supplier") is None
    assert observed(plant, plant.lot(10, status=waiting), "scrap") == "stock.return_only"
    assert observed(plant, plant.lot(10, status=waiting), "production") == "stock.lot_not_usable"
    owned = observed(plant, theirs, "customer", owner_id=plant.customer)
    assert owned == "stock.owned_by_other"
    assert observed(plant, bounded, "production") == "stock.outside_bounds"
    yesterday = server_time() - timedelta(days=1)
    assert observed(plant, plant.lot(10), "production", when=yesterday) == "stock.not_usable_then"


def test_foreign_goods_that_join_a_usable_lot_put_it_on_hold(plant):
    for source in ("customer", "supplier"):
        assert observed(plant, plant.lot(10), "A-01", source) == "stock.mismatch"
    waiting = plant.lot(10, status=LotStatus.AWAITING_INSPECTION)
    assert observed(plant, waiting, "A-01", "supplier") is None
    assert Balance.objects.get(lot_id=waiting.pk).quantity == 12


def test_what_waits_is_not_scrapped_and_what_came_from_nobody_is_not_sent_back(plant):
    waiting = plant.lot(10, status=LotStatus.AWAITING_INSPECTION)
    part = plant.part("A-01", 1)
    found = do(
        operations.book_found_goods,
        reason="loose",
        material_id=plant.material("bearing"),
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(5),
    )
    before = ledger()

    with pytest.raises(ReturnOnly):
        do(operations.scrap, reason="old", lot_id=waiting.pk, part=part, voucher=None)
    with pytest.raises(Mismatch):
        do(operations.return_to_vendor, reason="?", lot_id=found.pk, part=part, voucher=None)
    assert ledger() == before
    do(operations.return_to_vendor, reason="rust", lot_id=waiting.pk, part=part, voucher=None)


def test_a_held_part_leaves_the_rest_free_and_keeps_other_reservations(plant):
    lot = plant.lot(10)
    reserve(plant, lot, 6)

    placed = hold(lot, part=plant.part("A-01", 4))

    assert placed.broken_orders == []
    assert Reservation.objects.get().state == "open"
    assert issue(plant, lot, 6, Reference("o", Reservation.objects.get().reference_id, "WO-1"))


def test_a_container_never_stands_in_itself(plant):
    def add(code: str, parent=None) -> Place:
        return do(
            operations.add_place,
            site_id=plant.site,
            code=code,
            name=code,
            kind=PlaceKind.CONTAINER,
            parent_id=parent,
        )

    pallet = add("P-1")
    box = add("B-1", pallet.pk)

    for parent in (pallet.pk, box.pk):
        with pytest.raises(WrongPlace):
            do(operations.move_container, container_id=pallet.pk, parent_id=parent)
    with pytest.raises(WrongPlace):
        do(operations.move_container, container_id=plant.places["A-01"], parent_id=box.pk)
    with pytest.raises(WrongPlace):
        other = build_plant().places["A-01"]
        do(operations.move_container, container_id=pallet.pk, parent_id=other)
    do(operations.move_container, container_id=box.pk, parent_id=None)
    assert Place.objects.get(pk=box.pk).parent_id is None


def test_periods_do_not_overlap_and_the_running_one_stays_open(plant):
    today = server_time().date()

    def add(start: int, days: int):
        return do(
            operations.add_period,
            company_id=plant.company,
            starts_on=today + timedelta(days=start),
            ends_on=today + timedelta(days=start + days),
        )

    add(-60, 30)
    running = add(-30, 60)
    for start, days in ((-60, 30), (-45, 5), (-31, 2), (29, 10), (-90, 300)):
        with pytest.raises(AlreadyExists):
            add(start, days)
    add(30, 10)
    with pytest.raises(Mismatch):
        do(operations.close_period, period_id=running.pk)
