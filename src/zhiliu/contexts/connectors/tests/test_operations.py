"""A real source goes through the users' operations, once, and the ledger says what it says."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog.models import BillLine, Material
from zhiliu.contexts.connectors.errors import SourceChanged, SourceUnreadable
from zhiliu.contexts.connectors.operations import (
    import_adventureworks,
    import_master_data,
    replay_purchases,
)
from zhiliu.contexts.connectors.queries import get_replay_totals, read_adventureworks
from zhiliu.contexts.connectors.rules import purchases
from zhiliu.contexts.connectors.tests.source import change, expected, small_copy
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.nonconformance.models import Disposition, Report
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.purchasing.models import Order, OrderLine, SupplierTerms
from zhiliu.contexts.receiving import public as receiving
from zhiliu.contexts.receiving.models import Arrival, SupplierReturn
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Balance, Hold, Lot, Move, Place
from zhiliu.contexts.stock.public import LotStatus
from zhiliu.kernel.actor import IMPORT, IMPORT_BOARD
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
NAMES = ("received", "rejected", "in_stock")


def silent(items, label):
    """No progress bar."""
    return items


def replay(folder, progress=silent):
    """Import and replay a folder; returns the totals."""
    source = read_adventureworks(folder)
    imported = import_master_data(source, silent, server_time)
    replay_purchases(imported, purchases(source), progress)
    return get_replay_totals(imported.company)


def rows():
    """How many rows of everything that matters there are."""
    tables = (AuditEntry, OutboxEvent, DoneCommand, Order, Arrival, Inspection, Lot, Move)
    return [table.objects.count() for table in tables]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_copy(tmp_path / "source")


def test_import_brings_master_data_and_confirmed_orders_but_no_goods(folder: Path) -> None:
    import_adventureworks(read_adventureworks(folder), silent, server_time)

    ball = Material.objects.get(number="BE-2908")
    assert (ball.name, ball.unit.code, ball.profile.code) == (
        "Headset Ball Bearings",
        "EA",
        "AW-INSPECTED",
    )
    assert Partner.objects.filter(is_supplier=True).count() == 4
    assert SupplierTerms.objects.filter(material=ball).exists()
    assert BillLine.objects.count() == 1
    assert Place.objects.get(code="LOC-01").name == "Tool Crib"
    assert Place.objects.get(code="LOC-60").place_kind == "line"
    assert set(Order.objects.values_list("state", flat=True)) == {"confirmed"}
    order = Order.objects.get(reference="AdventureWorks 4")
    assert order.confirmed_at == datetime(2011, 4, 16, 15, tzinfo=UTC)  # 8 o'clock at the site
    assert OrderLine.objects.get(order=order).price == Decimal("57.0255")
    assert not Lot.objects.exists()


def test_replay_goes_on_from_the_import(folder: Path) -> None:
    import_adventureworks(read_adventureworks(folder), silent, server_time)

    totals = replay(folder)

    assert Order.objects.count() == 4
    assert {name: totals[name] for name in NAMES} == expected(folder)


def test_replay_drives_every_line_to_its_end(folder: Path) -> None:
    totals = replay(folder)

    assert {name: totals[name] for name in NAMES} == expected(folder)
    states = sorted(Inspection.objects.values_list("state", flat=True))
    assert states == ["accepted", "accepted", "accepted", "judged", "not_accepted"]
    assert totals["by_product"]["BE-2908"] == {"received": 2, "rejected": 1, "in_stock": 1}
    for group in ("by_vendor", "by_product"):
        for name in NAMES:
            assert sum(entry[name] for entry in totals[group].values()) == totals[name]
    assert SupplierReturn.objects.count() == 2
    assert set(Report.objects.values_list("state", flat=True)) == {"closed"}
    assert set(Disposition.objects.values_list("disposition_kind", "state", "decided_by")) == {
        ("return_to_vendor", "done", IMPORT_BOARD.id)
    }
    assert set(Lot.objects.values_list("status", flat=True)) == {
        LotStatus.RELEASED,
        LotStatus.BLOCKED,
    }


def test_every_row_says_who_why_and_when(folder: Path) -> None:
    replay(folder)

    assert set(AuditEntry.objects.values_list("actor_id", "actor_name", "reason")) == {
        (IMPORT.id, "import", "AdventureWorks"),
        (IMPORT_BOARD.id, "import review board", "AdventureWorks"),
    }
    assert set(Move.objects.values_list("actor_id", flat=True)) == {IMPORT.id}
    known = {permission.operation for permission in all_permissions()}
    assert set(DoneCommand.objects.values_list("operation", flat=True)) <= known
    moves = Move.objects.filter(lot__supplier_lot="4-5").order_by("id")
    assert list(moves.values_list("move_kind", "occurred_at")) == [
        ("receive", datetime(2011, 4, 25, 15, tzinfo=UTC)),
        ("transform", datetime(2011, 4, 25, 17, tzinfo=UTC)),
        ("transform", datetime(2011, 4, 25, 17, tzinfo=UTC)),
        ("return_to_vendor", datetime(2011, 4, 25, 18, tzinfo=UTC)),
    ]


def test_replaying_again_adds_nothing(folder: Path) -> None:
    first = replay(folder)
    before = rows()

    assert replay(folder) == first
    assert rows() == before


def test_an_interrupted_replay_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    def stop_after(acts):
        def progress(items, label):
            for n, item in enumerate(items):
                if n == acts:
                    raise KeyboardInterrupt
                yield item

        return progress

    for acts in (3, 7, 10, 13):
        with pytest.raises(KeyboardInterrupt):
            replay(folder, stop_after(acts))

    totals = replay(folder)
    assert {name: totals[name] for name in NAMES} == expected(folder)
    assert Arrival.objects.count() == 4
    assert SupplierReturn.objects.count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"received_qty": "3", "rejected_qty": "0"},
        {"received_qty": "0", "rejected_qty": "0"},
        {"received_qty": "1", "rejected_qty": "1"},
        {"order_qty": "1000", "received_qty": "900", "rejected_qty": "77"},
    ],
)
def test_the_totals_follow_a_changed_line(folder: Path, values: dict[str, str]) -> None:
    change(folder, "purchase_order_detail", 5, **values)

    totals = replay(folder)

    assert {name: totals[name] for name in NAMES} == expected(folder)


def test_the_totals_follow_the_ledger_of_the_sources_own_lots(folder: Path) -> None:
    totals = replay(folder)
    lot = Lot.objects.get(supplier_lot="2-2")
    balance = Balance.objects.get(lot=lot)

    run(
        lambda command, at: receiving.receive_goods(
            supplier_id=lot.supplier_id,
            place_id=balance.place_id,
            lines=[receiving.DeliveryLine(Decimal(7), material_id=lot.material_id)],
            command=command,
            at=at,
        )
    )
    run(
        lambda command, at: stock.issue(
            lot_id=lot.pk,
            place_id=balance.place_id,
            owner_id=balance.owner_id,
            quantity=Decimal(1),
            reference=Reference("production.work_order", uuid4(), "WO-1"),
            command=command,
            at=at,
        )
    )

    now = get_replay_totals(lot.company_id)
    assert now["received"] == totals["received"]
    assert now["rejected"] == totals["rejected"]
    assert now["in_stock"] == totals["in_stock"] - 1


def test_what_came_above_the_order_is_counted_too_and_waits_on_hold(folder: Path) -> None:
    change(folder, "purchase_order_detail", 5, received_qty="10", rejected_qty="4")

    totals = replay(folder)

    assert totals["by_product"]["BE-2908"] == {"received": 10, "rejected": 4, "in_stock": 6}
    (hold,) = Hold.objects.filter(lot__split_from=None)
    assert (hold.cause, hold.lifted_at) == ("surplus", None)
    assert (hold.lot.initial_quantity, hold.lot.status) == (7, LotStatus.RELEASED)


def test_a_row_that_changed_after_its_import_is_refused_by_name(folder: Path) -> None:
    replay(folder)
    before = rows()
    change(folder, "purchase_order_detail", 5, rejected_qty="0")

    with pytest.raises(SourceChanged) as refused:
        replay(folder)

    assert refused.value.sentence("en") == (
        "Row 5 of purchase_order_detail.csv was imported before with another value of rejected_qty."
    )
    assert rows() == before


def test_a_row_that_an_operation_refuses_is_named(folder: Path) -> None:
    change(folder, "product_vendor", 2, average_lead_time="-1")

    with pytest.raises(SourceUnreadable) as refused:
        import_adventureworks(read_adventureworks(folder), silent, server_time)

    assert (refused.value.file, refused.value.row) == ("product_vendor.csv", 2)
    assert not SupplierTerms.objects.exists()


def test_a_broken_source_writes_nothing(folder: Path) -> None:
    change(folder, "purchase_order_detail", 6, product_id="99999")
    before = rows()

    with pytest.raises(SourceUnreadable):
        replay(folder)

    assert rows() == before
