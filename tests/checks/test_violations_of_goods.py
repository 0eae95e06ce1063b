"""I1 to I4, I9, I10, I16, I17: a violation planted past the operations is named, no other is."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from zhiliu.contexts.inspections.models import InspectionLot, InspectionSample
from zhiliu.contexts.stock.models import GenealogyEdge, Serial
from zhiliu.kernel.clock import server_time

# I1


@pytest.mark.parametrize("lot", ["blocked", "on_hold"])
def test_an_issue_of_a_lot_that_is_blocked_or_on_hold(planting, lot):
    lot = getattr(planting.history, lot)
    with planting.open():
        move = planting.post(lot, "issue", "A-01", "production")

        assert planting.named("I1") == {(lot.number, move)}


def test_an_issue_under_a_hold_that_the_version_does_not_mention(planting):
    lot = planting.history.on_hold
    with planting.open() as execute:
        execute("update stock_lotversion set holds = '[]' where lot_id = %s", [lot.pk])
        move = planting.post(lot, "issue", "A-01", "production")

        assert (lot.number, move) in planting.named("I1", "I6", "I12")


def test_a_shipment_under_an_urgent_release(planting):
    lot = planting.history.urgent
    with planting.open():
        move = planting.post(lot, "ship", "A-01", "customer")

        assert planting.named("I1") == {(lot.number, move)}


def test_a_move_that_saw_an_old_version(planting):
    lot = planting.history.freed
    with planting.open():
        move = planting.post(lot, "count", "adjustment", "A-01", lot_version=1)

        assert planting.named("I1") == {(lot.number, move)}


def test_scrap_without_a_reason(planting):
    lot = planting.history.bulk
    with planting.open():
        move = planting.post(lot, "scrap", "A-02", "scrap", reason="")

        assert planting.named("I1") == {(lot.number, move)}


def test_scrap_of_blocked_goods_with_a_mere_reason(planting):
    lot = planting.history.blocked
    with planting.open():
        move = planting.post(lot, "scrap", "A-01", "scrap", reason="bent")

        assert planting.named("I1") == {(lot.number, move)}


def test_scrap_of_a_lot_that_awaits_inspection(planting):
    under = under_inspection(planting.history.waiting)
    lot = under.lot
    with planting.open() as execute:
        execute(
            "update inspections_inspectionlot set presented = presented - 1, open = open - 1"
            " where id = %s",
            [under.pk],
        )
        move = planting.post(lot, "scrap", "ARRIVAL", "scrap")

        assert planting.named("I1") == {(lot.number, move)}


def test_a_late_posting_from_before_the_lot_was_there(planting):
    lot = planting.history.fresh
    with planting.open():
        before = server_time() - timedelta(hours=2)
        move = planting.post(lot, "issue", "A-01", "production", occurred_at=before)

        assert planting.named("I1") == {(lot.number, move)}


def test_a_move_of_another_system_that_nobody_answered(planting):
    lot = planting.history.blocked
    with planting.open():
        move = planting.post(lot, "observe", "A-01", "production", origin="erp")

        assert planting.named("I1") == {(lot.number, move)}


def test_an_answered_move_of_another_system_is_listed_apart(planting):
    with planting.open():
        (row,) = planting.outcome("I1").apart_rows

    assert "STE-2" in row.en and "STE-2" in row.zh


# I16


def test_an_issue_of_what_was_expired(planting):
    lot = planting.history.fresh
    with planting.open():
        later = server_time() + timedelta(days=10)
        move = planting.post(
            lot, "issue", "A-01", "production", occurred_at=later, recorded_at=later
        )

        assert planting.named("I16") == {(lot.number, move)}


def test_an_issue_for_an_order_that_the_restriction_does_not_name(planting):
    lot = planting.history.share
    with planting.open():
        move = planting.post(lot, "issue", "A-01", "production")

        assert planting.named("I16") == {(lot.number, move)}


def test_more_drawn_than_the_bound(planting):
    lot = planting.history.bounded
    with planting.open():
        within = planting.post(lot, "issue", "A-01", "production", 15)
        above = planting.post(lot, "issue", "A-01", "production", 1)

        assert planting.named("I16") == {(lot.number, above)}
    assert within != above


def test_a_bound_of_which_more_remains_than_was_left(planting):
    lot = planting.history.bounded
    with planting.open() as execute:
        execute("update stock_lotbound set remaining = 19 where lot_id = %s", [lot.pk])

        assert planting.named("I16") == {(lot.number, str(lot.pk))}


# I2


def test_a_move_from_a_place_to_itself(planting):
    lot = planting.history.bulk
    with planting.open():
        move = planting.post(lot, "move", "A-02", "A-02")

        assert planting.named("I2") == {(lot.number, move)}


def test_a_mere_move_that_leaves_the_house(planting):
    lot = planting.history.bulk
    with planting.open():
        move = planting.post(lot, "move", "A-02", "production")

        assert planting.named("I2") == {(lot.number, move)}


def test_a_transformation_that_makes_less_than_it_takes(planting):
    lot, command = planting.history.bulk, uuid4()
    with planting.open():
        planting.post(lot, "transform", "A-02", "transformation", command_id=command)
        planting.perform(command)

        assert planting.named("I2", "I9") == {
            (lot.number, str(command)),
            (lot.number, str(lot.pk)),
        }


def test_a_lot_born_with_more_than_was_booked_in(planting):
    lot = planting.history.part
    with planting.open() as execute:
        execute(
            "update stock_lot set initial_quantity = initial_quantity + 1 where id = %s", [lot.pk]
        )

        assert planting.named("I2") == {(lot.number, str(lot.pk))}


def test_an_order_that_returns_what_it_never_drew(planting):
    lot = planting.history.bulk
    with planting.open():
        planting.post(lot, "return_issue", "production", "A-02")

        assert planting.named("I2") == {(lot.number, str(lot.pk))}


def test_a_move_of_pieces_that_names_none(planting):
    lot = planting.history.pumps
    with planting.open():
        move = planting.post(lot, "move", "A-03", "A-04")

        found = planting.named("I2", "I3")
        assert (lot.number, move) in found and len(found) == 3  # and both balances


# I3


def test_a_balance_that_its_moves_do_not_add_up_to(planting):
    lot = planting.history.part
    with planting.open() as execute:
        (balance,) = execute(
            "update stock_balance set quantity = quantity + 1 where lot_id = %s returning id",
            [lot.pk],
        ).fetchone()

        assert planting.named("I3") == {(lot.number, str(balance))}


def test_moves_whose_balance_is_missing(planting):
    lot = planting.history.fresh
    with planting.open() as execute:
        execute("delete from stock_balance where lot_id = %s", [lot.pk])

        assert planting.named("I3") == {(lot.number, str(lot.pk))}


def test_a_serial_that_is_not_where_its_last_move_went(planting):
    with planting.open() as execute:
        (serial,) = execute(
            "update stock_serial set place_id = %s where number = 'P-4' returning id",
            [planting.place("A-05")],
        ).fetchone()

        assert planting.named("I3") == {("P-4", str(serial))}


# I4


def test_a_balance_that_was_negative_for_a_while(planting):
    lot = planting.history.bulk
    with planting.open() as execute:
        (born_at,) = execute(
            "select recorded_at from stock_lotversion where lot_id = %s and version = 1", [lot.pk]
        ).fetchone()
        move = planting.post(
            lot, "move", "A-02", "A-03", recorded_at=born_at + timedelta(microseconds=1)
        )

        assert planting.named("I4") == {(lot.number, move)}


@pytest.mark.parametrize("reserved", ["quantity + 1", "reserved + 1", "-1"])
def test_a_balance_that_reserves_what_nobody_asked_for(planting, reserved):
    lot = planting.history.fresh
    with planting.open() as execute:
        (balance,) = execute(
            f"update stock_balance set reserved = {reserved} where lot_id = %s returning id",  # noqa: S608
            [lot.pk],
        ).fetchone()

        assert planting.named("I4") == {(lot.number, str(balance))}


def test_an_open_reservation_that_no_balance_keeps(planting):
    lot = planting.history.reservation.lot
    with planting.open() as execute:
        execute("update stock_balance set reserved = 0 where lot_id = %s", [lot.pk])

        assert {number for number, _ in planting.named("I4")} == {lot.number}


def test_a_serial_that_left_a_place_where_it_was_not(planting):
    lot, serial = planting.history.pumps, Serial.objects.get(number="P-3")
    with planting.open():
        planting.post(lot, "move", "A-01", "A-04", serials=("P-3",))

        assert ("P-3", str(serial.pk)) in planting.named("I3", "I4")
        assert [row.number for row in planting.outcome("I4").rows] == ["P-3"]


def test_two_serials_with_one_number(planting):
    with planting.open() as execute:
        execute("update stock_serial set number = 'P-3' where number = 'P-4'")

        ((number, _),) = planting.named("I4")
        assert number == "P-3"


# I9


def test_a_lot_that_comes_from_itself(planting):
    history, edge = planting.history, uuid4()
    split = GenealogyEdge.objects.get(target=history.part)
    with planting.open():
        planting.insert(
            "stock_genealogyedge",
            {
                "id": edge,
                "source_id": history.part.pk,
                "target_id": history.bulk.pk,
                "edge_kind": "returned",
                "quantity": 1,
                "is_assumed": False,
                "reference_kind": "",
                "reference_number": "",
                "command_id": uuid4(),
                "occurred_at": server_time(),
            },
        )

        assert planting.named("I9") >= {
            (history.part.number, str(edge)),
            (history.bulk.number, str(split.pk)),
        }


def test_an_edge_that_says_more_than_the_moves(planting):
    history = planting.history
    with planting.open() as execute:
        execute(
            "update stock_genealogyedge set quantity = quantity + 1 where target_id = %s",
            [history.part.pk],
        )

        assert planting.named("I9") == {
            (history.part.number, str(history.part.pk)),
            (history.bulk.number, str(history.bulk.pk)),
        }


def test_a_use_without_its_edge(planting):
    history = planting.history
    with planting.open() as execute:
        execute(
            "delete from stock_genealogyedge where command_id = %s", [history.issued.command_id]
        )

        assert planting.named("I9") == {(history.bulk.number, str(history.bulk.pk))}


def test_a_part_that_no_edge_joins_to_its_lot(planting):
    part = planting.history.part
    with planting.open() as execute:
        execute(
            "update stock_genealogyedge set edge_kind = 'merged' where target_id = %s", [part.pk]
        )

        assert planting.named("I9") == {(part.number, str(part.pk))}


# I10


def test_a_move_into_a_period_that_was_closed(planting):
    lot = planting.history.bulk
    with planting.open():
        inside = server_time() - timedelta(days=35)
        move = planting.post(lot, "move", "A-02", "A-03", occurred_at=inside)

        assert planting.named("I10") == {(lot.number, move)}


# I17


def under_inspection(inspection):
    """The lot of an inspection that was not taken out as nonconforming."""
    rows = InspectionLot.objects.filter(inspection=inspection, not_accepted=0, retained=0)
    return rows.select_related("lot").get()


@pytest.mark.parametrize("change", ["accepted = accepted + 1", "presented = presented - 1"])
def test_goods_under_inspection_that_do_not_add_up(planting, change):
    under = under_inspection(planting.history.judged)
    with planting.open() as execute:
        execute(
            f"update inspections_inspectionlot set {change} where id = %s",  # noqa: S608
            [under.pk],
        )

        assert planting.named("I17") == {(under.lot.number, str(under.pk))}


@pytest.mark.parametrize("total", ["found", "read"])
def test_a_sample_that_was_counted_otherwise_than_it_was_read(planting, total):
    sample = InspectionSample.objects.filter(read__gt=0).select_related("inspection").first()
    change = "found = found + 1" if total == "found" else "read = read - 1"
    with planting.open() as execute:
        execute(
            f"update inspections_inspectionsample set {change} where id = %s",  # noqa: S608
            [sample.pk],
        )

        assert planting.named("I17") == {(sample.inspection.number, str(sample.pk))}


def test_goods_open_that_are_not_on_hand(planting):
    under = under_inspection(planting.history.waiting)
    with planting.open() as execute:
        execute(
            "update inspections_inspectionlot set presented = presented + 1, open = open + 1"
            " where id = %s",
            [under.pk],
        )

        assert planting.named("I17") == {(under.lot.number, str(under.pk))}


def test_accepted_goods_whose_lot_was_never_released_by_the_inspection(planting):
    under = under_inspection(planting.history.judged)
    with planting.open() as execute:
        execute(
            "update stock_lotversion set voucher_id = %s, voucher_kind = 'other'"
            " where voucher_id = %s and status = 'released'",
            [uuid4(), under.inspection_id],
        )

        assert planting.named("I17") == {(under.lot.number, str(under.pk))}


def test_a_status_by_an_inspection_that_never_saw_the_lot(planting):
    lot = planting.history.fresh
    with planting.open() as execute:
        (version,) = execute(
            "update stock_lotversion set voucher_kind = 'inspections.inspection', voucher_id = %s"
            " where lot_id = %s returning id",
            [planting.history.judged.pk, lot.pk],
        ).fetchone()

        assert planting.named("I17") == {(lot.number, str(version))}


def test_the_tests_plant_on_a_database_of_their_own(planting):
    with planting.open():
        move = planting.post(planting.history.bulk, "move", "A-02", "A-03")

    with planting.open() as execute:
        assert execute("select 1 from stock_move where id = %s", [UUID(move)]).fetchone() is None
