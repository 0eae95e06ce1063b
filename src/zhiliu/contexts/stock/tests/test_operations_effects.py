"""What each verb leaves behind: its events, its audit entries and its moves, and nothing else."""

import pytest
from tests.plant import build_plant
from tests.support import caller

from zhiliu.contexts.stock.models import Balance, Move
from zhiliu.contexts.stock.tests.acts import ACTS
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db

# verb: events in order, audited rows with their version, moves in order of their line
EFFECTS: dict[str, tuple[str, str, str]] = {
    "place_hold": ("hold_placed", "hold:1 lot:2", ""),
    "lift_hold": ("hold_lifted", "hold:2 lot:3", ""),
    "split_lot": ("lot_created lot_split", "lot:1", "A-01>transformation:2 transformation>A-01:2"),
    "merge_lots": (
        "lot_created lots_merged",
        "lot:1",
        "A-01>transformation:2 A-01>transformation:2 transformation>A-02:4",
    ),
    "regrade_lot": (
        "lot_created lot_regraded",
        "lot:1",
        "A-01>transformation:2 transformation>A-01:2",
    ),
    "change_owner": ("owner_changed", "", "A-01>transformation:2 transformation>A-01:2"),
    "restrict_lot": ("lot_restricted", "lot:2", ""),
    "change_expiry": ("lot_expiry_changed", "lot:2", ""),
    "print_labels": ("labels_printed", "", ""),
    "move_goods": ("goods_moved", "", "A-01>A-02:2"),
    "issue": ("goods_moved", "", "A-01>production:2"),
    "ship": ("goods_moved", "", "A-01>customer:2"),
    "return_issue": ("goods_moved", "", "production>A-01:2"),
    "issue_material": ("goods_moved", "", "A-01>production:2"),
    "receive_customer_return": ("lot_created goods_moved", "lot:1", "customer>A-01:2"),
    "reserve": ("goods_reserved", "reservation:1", ""),
    "cancel_reservation": ("reservation_cancelled", "reservation:2", ""),
    "take_sample": ("goods_moved", "", "A-01>LAB:2"),
    "consume_sample": ("goods_moved sample_consumed", "", "LAB>consumed_in_test:2"),
    "retain_sample": (
        "lot_created lot_split lot_blocked goods_moved sample_retained",
        "lot:1 lot:2",
        "A-01>transformation:2 transformation>A-01:2 A-01>RETENTION:2",
    ),
    "scrap": ("goods_moved", "", "A-01>scrap:2"),
    "return_to_vendor": ("goods_moved", "", "A-01>supplier:2"),
    "count_goods": ("goods_moved", "", "A-01>adjustment:3"),
    "book_found_goods": ("lot_created hold_placed", "hold:1 lot:1 lot:2", "adjustment>A-01:2"),
    "book_opening_stock": ("lot_created", "lot:1", "adjustment>A-01:2"),
    "observe_move": ("goods_moved", "", "A-01>A-02:3"),
    "add_place": ("place_added", "place:1", ""),
    "move_container": ("container_moved", "place:2", ""),
    "add_period": ("period_added", "period:1", ""),
    "close_period": ("period_closed", "period:2", ""),
}


@pytest.mark.parametrize("name", ACTS)
def test_events_audit_entries_and_moves_of(name: str) -> None:
    act = ACTS[name](build_plant())
    known = set(OutboxEvent.objects.values_list("command_id", flat=True))

    caller(act.operation).post(act.path, **act.body)

    events = list(OutboxEvent.objects.exclude(command_id__in=known).order_by("id"))
    events = [e for e in events if e.type.startswith("stock.")]
    (command_id,) = {e.command_id for e in events}
    audited = AuditEntry.objects.filter(command_id=command_id, record_kind__startswith="stock.")
    rows = audited.order_by("record_kind", "record_version")
    moves = Move.objects.filter(command_id=command_id).order_by("line")
    assert (
        " ".join(e.type.removeprefix("stock.").removesuffix(".v1") for e in events),
        " ".join(f"{r.record_kind.removeprefix('stock.')}:{r.record_version}" for r in rows),
        " ".join(f"{m.from_place.code}>{m.to_place.code}:{m.quantity:.0f}" for m in moves),
    ) == EFFECTS[name]
    assert all(r.operation == act.operation for r in rows)
    assert {e.reason for e in events} == {act.body.get("reason", "")}


@pytest.mark.parametrize("name", ACTS)
def test_balances_are_the_sums_of_the_moves_after(name: str) -> None:
    act = ACTS[name](build_plant())

    caller(act.operation).post(act.path, **act.body)

    for balance in Balance.objects.all():
        moves = Move.objects.filter(lot_id=balance.lot_id, owner_id=balance.owner_id)
        came = sum(m.quantity for m in moves.filter(to_place_id=balance.place_id))
        went = sum(m.quantity for m in moves.filter(from_place_id=balance.place_id))
        assert balance.quantity == came - went
