"""I5 to I8, I12, I13: a violation planted past the operations is named, nothing else is."""

from uuid import uuid4

import pytest

from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.stock.models import Hold, Reservation
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import Delivery, OutboxEvent


def one(execute, sql, *parameters):
    """The first column of the one row that the SQL returns, as text."""
    ((value,),) = execute(sql, parameters).fetchall()
    return str(value)


# I5


def test_a_command_line_posted_twice(planting):
    history = planting.history
    with planting.open():
        move = planting.post(
            history.bulk, "move", "A-02", "A-03", command_id=history.issued.command_id
        )

        assert planting.named("I5") == {(history.bulk.number, move)}


def test_a_move_of_a_command_that_nobody_performed(planting):
    lot = planting.history.bulk
    with planting.open():
        move = planting.post(lot, "move", "A-02", "A-03", is_performed=False)

        assert planting.named("I5") == {(lot.number, move)}


def test_one_key_with_two_effects(planting):
    with planting.open() as execute:
        key = one(
            execute,
            "insert into commands_donecommand(command_id, actor_id, operation, key, content,"
            " status, answer) select 'ffffffff-0000-7000-8000-000000000000', actor_id, operation,"
            " key, content, status, answer from commands_donecommand limit 1 returning key",
        )

        ((number, found),) = planting.named("I5")
        assert number == key and found == "ffffffff-0000-7000-8000-000000000000"


# I6


def test_a_posting_that_lost_its_first_line(planting):
    lot = planting.history.bulk
    with planting.open():
        move = planting.post(lot, "move", "A-02", "A-03", line=2)

        assert planting.named("I6") == {(lot.number, move)}


def test_a_lot_that_lost_a_version(planting):
    lot = planting.history.held.lot
    with planting.open() as execute:
        execute("delete from stock_lotversion where lot_id = %s and version = 2", [lot.pk])

        assert planting.named("I6") == {(lot.number, str(lot.pk))}


def test_a_lot_whose_row_says_more_than_its_last_version(planting):
    lot = planting.history.fresh
    with planting.open() as execute:
        execute("update stock_lot set expires_at = null where id = %s", [lot.pk])

        assert planting.named("I6") == {(lot.number, str(lot.pk))}


def test_an_arrival_without_lines(planting):
    history = planting.history
    with planting.open() as execute:
        number = one(execute, "select number from receiving_arrival where id = %s", history.arrival)
        execute("delete from receiving_arrivalline where arrival_id = %s", [history.arrival])

        assert (number, str(history.arrival)) in planting.named("I6")


def test_an_arrival_line_with_another_quantity_than_its_move(planting):
    history = planting.history
    with planting.open() as execute:
        number = one(execute, "select number from receiving_arrival where id = %s", history.arrival)
        line = one(
            execute,
            "update receiving_arrivalline set stock_quantity = stock_quantity + 1,"
            " line_kind = 'wrong_material' where arrival_id = %s and line_kind = 'surplus'"
            " returning id",
            history.arrival,
        )

        assert (number, line) in planting.named("I6")


@pytest.mark.parametrize("total", ["received", "returned"])
def test_an_order_line_with_another_total_than_its_documents(planting, total):
    with planting.open() as execute:
        number = one(
            execute, "select number from purchasing_order where id = %s", planting.history.order
        )
        line = one(
            execute,
            f"update purchasing_orderline set {total} = {total} + 1"  # noqa: S608
            " where order_id = %s and line = 1 returning id",
            planting.history.order,
        )

        assert planting.named("I6") == {(number, line)}


def test_a_supplier_return_that_no_move_made(planting):
    with planting.open() as execute:
        number = one(execute, "select number from receiving_supplierreturn")
        lot = one(
            execute,
            "update receiving_supplierreturnline set quantity = quantity + 1, order_line_id = null"
            " returning lot_id",
        )
        execute("update purchasing_orderline set returned = 0 where returned > 0")

        assert planting.named("I6") == {(number, lot)}


def test_an_inspection_with_another_number_of_results_or_lots(planting):
    judged = planting.history.judged
    for column in ("result_count", "lot_count"):
        with planting.open() as execute:
            execute(
                f"update inspections_inspection set {column} = {column} + 1 where id = %s",  # noqa: S608
                [judged.pk],
            )

            assert planting.named("I6") == {(judged.number, str(judged.pk))}


# I7


def test_two_reservations_with_one_number(planting):
    first, second = Reservation.objects.order_by("id")[:2]
    with planting.open() as execute:
        execute("update stock_reservation set number = %s where id = %s", [first.number, second.pk])

        assert planting.named("I7") == {(first.number, str(second.pk))}


def test_a_gap_where_none_may_be(planting):
    rows = list(Reservation.objects.order_by("number"))
    missing, after = rows[1], rows[2]
    with planting.open() as execute:
        execute(
            "update numbering_numberrange set is_gap_free = true, last = %s where prefix = 'RSV'",
            [int(rows[-1].number.removeprefix("RSV-"))],
        )
        assert planting.named() == set()

        execute("update stock_reservation set number = 'OLD-1' where id = %s", [missing.pk])

        assert planting.named("I7") == {(after.number, str(after.pk))}


def test_the_last_number_of_a_gap_free_range_that_nobody_has(planting):
    last = Reservation.objects.order_by("number").last()
    with planting.open() as execute:
        range_id = one(
            execute,
            "update numbering_numberrange set is_gap_free = true, last = %s where prefix = 'RSV'"
            " returning id",
            int(last.number.removeprefix("RSV-")) + 1,
        )

        assert planting.named("I7") == {("RSV", range_id)}


def test_a_number_that_its_range_has_not_reached(planting):
    reservation = planting.history.reservation
    with planting.open() as execute:
        execute(
            "update stock_reservation set number = 'RSV-999999' where id = %s", [reservation.pk]
        )

        assert planting.named("I7") == {("RSV-999999", str(reservation.pk))}


# I8


def entry(row, version):
    """The audit entry of a version of a record."""
    return AuditEntry.objects.get(record_id=row.pk, record_version=version)


def test_a_step_that_no_lifecycle_lists(planting):
    hold = planting.history.held
    first, last = entry(hold, 1), entry(hold, 2)
    with planting.open() as execute:
        for row, was in ((first, None), (last, "lifted")):
            execute(
                "update evidence_auditentry set changes = jsonb_set(changes, '{state}',"
                " jsonb_build_array(%s::text, 'lifted')) where id = %s",
                [was, row.pk],
            )

        assert planting.named("I8") == {(hold.number, str(row.pk)) for row in (first, last)}


def test_a_step_by_an_actor_that_nobody_knows(planting):
    hold = planting.history.held
    lifted = entry(hold, 2)
    with planting.open() as execute:
        execute("update evidence_auditentry set actor_id = %s where id = %s", [uuid4(), lifted.pk])

        assert planting.named("I8") == {(hold.number, str(lifted.pk))}


def test_a_hold_lifted_without_a_reason(planting):
    hold = planting.history.held
    with planting.open() as execute:
        execute("update stock_hold set lift_reason = ' ' where id = %s", [hold.pk])

        assert planting.named("I8") == {(hold.number, str(hold.pk))}


def test_a_verdict_without_a_signature(planting):
    judged = Inspection.objects.get(pk=planting.history.judged.pk)
    decided = entry(judged, judged.version)
    with planting.open() as execute:
        execute("delete from signatures_signature where subject_id = %s", [judged.pk])

        assert planting.named("I8") == {(judged.number, str(decided.pk))}


def test_a_verdict_signed_by_somebody_else_than_who_decided(planting):
    judged = Inspection.objects.get(pk=planting.history.judged.pk)
    decided = entry(judged, judged.version)
    with planting.open() as execute:
        execute(
            "update signatures_signature set signer_id = %s where subject_id = %s",
            [uuid4(), judged.pk],
        )

        assert {(r.number, r.id) for r in planting.outcome("I8").rows} == {
            (judged.number, str(decided.pk))
        }


# I12


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_without_its_audit_entry(planting, version):
    judged = planting.history.judged
    with planting.open() as execute:
        execute(
            "delete from evidence_auditentry where record_id = %s and record_version = %s",
            [judged.pk, version],
        )

        assert (judged.number, str(judged.pk)) in planting.named("I12")


def test_a_row_that_is_gone_but_for_its_audit_entries(planting):
    hold = Hold.objects.get(pk=planting.history.held.pk)
    with planting.open() as execute:
        execute("delete from stock_hold where id = %s", [hold.pk])

        assert planting.named("I12") == {(str(hold.pk), str(hold.pk))}


def test_a_state_that_was_changed_past_the_operations(planting):
    waiting = planting.history.waiting
    with planting.open() as execute:
        execute(
            "update inspections_inspection set opened_by = %s, state = 'open', result_count = 0"
            " where id = %s",
            [uuid4(), waiting.pk],
        )
        assert planting.named() == set()

        execute("update catalog_site set version = version + 1")
        ((_, site),) = planting.named("I12")
        execute("update catalog_site set version = version - 1")
        execute(
            "update catalog_material set is_active = false where id = %s",
            [planting.history.bulk.material_id],
        )

        found = planting.named("I12")
    assert site == str(planting.history.plant.site)
    assert [i for _, i in found] == [str(planting.history.bulk.material_id)]


def test_a_chain_of_changes_that_does_not_join(planting):
    lot = planting.history.freed
    released = entry(lot, 3)
    with planting.open() as execute:
        execute(
            "update evidence_auditentry set changes = jsonb_set(changes, '{status,0}',"
            " '\"blocked\"') where id = %s",
            [released.pk],
        )

        assert planting.named("I12") == {(lot.number, str(released.pk))}


def test_a_lot_version_that_says_other_than_the_audit_entry(planting):
    lot = planting.history.freed
    with planting.open() as execute:
        version = one(
            execute,
            "update stock_lotversion set status = 'blocked', bounds = null"
            " where lot_id = %s and version = 2 returning id",
            lot.pk,
        )

        assert planting.named("I12") == {(lot.number, version)}


# I13


def test_an_event_that_waits_for_hours(planting):
    event = OutboxEvent.objects.filter(subject_kind="catalog.company").get()
    with planting.open() as execute:
        execute(
            "update outbox_outboxevent set dispatched_at = null,"
            " recorded_at = now() - interval '2 hours' where id = %s",
            [event.pk],
        )

        assert planting.named("I13") == {(event.subject_number, str(event.pk))}


def last_deliveries():
    """The deliveries of the last two events of a lot to one handler, both done."""
    rows = Delivery.objects.filter(handler="a.one", state="done", subject_version__gt=1)
    last = rows.order_by("-subject_version", "-event_id").select_related("event").first()
    before = rows.filter(subject_id=last.subject_id, subject_version=last.subject_version - 1)
    return before.select_related("event").last(), last


@pytest.mark.parametrize(
    "change",
    [
        "state = 'pending', done_at = null, due_at = now() - interval '2 hours'",
        "done_at = null",
        "done_at = done_at - interval '1 hour'",
    ],
)
def test_a_delivery_that_is_late_undated_or_out_of_order(planting, change):
    _, last = last_deliveries()
    with planting.open() as execute:
        execute(f"update outbox_delivery set {change} where id = %s", [last.pk])  # noqa: S608

        assert planting.named("I13") == {(last.event.subject_number, str(last.pk))}


def test_an_event_that_one_handler_never_got(planting):
    before, _ = last_deliveries()
    with planting.open() as execute:
        execute("delete from outbox_delivery where id = %s", [before.pk])
        execute(
            "update outbox_outboxevent set dispatched_at = dispatched_at - interval '1 minute'"
            " where id = (select min(id::text)::uuid from outbox_outboxevent where type = %s)",
            [before.event.type],
        )
        execute(
            "update outbox_outboxevent set dispatched_at = dispatched_at + interval '1 minute'"
            " where id = (select max(id::text)::uuid from outbox_outboxevent where type = %s)",
            [before.event.type],
        )

        assert planting.named("I13") == {(before.event.subject_number, str(before.event_id))}


def test_an_event_delivered_twice_to_one_handler(planting):
    before, _ = last_deliveries()
    with planting.open() as execute:
        second = one(
            execute,
            "insert into outbox_delivery(id, event_id, handler, subject_id, subject_version, state,"
            " attempts, due_at, done_at, error)"
            " select 'ffffffff-0000-7000-8000-000000000000', event_id, handler, subject_id,"
            " subject_version, state, attempts, due_at, done_at, error from outbox_delivery"
            " where id = %s returning id",
            before.pk,
        )

        assert planting.named("I13") == {(before.event.subject_number, second)}


def test_a_parked_delivery_is_listed_apart(planting):
    with planting.open():
        (row,) = planting.outcome("I13").apart_rows

    assert "no route" in row.en and "no route" in row.zh
