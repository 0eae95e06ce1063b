"""When inspections are due: by the rule table, on the row, in the event, in the list."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.support import caller

from zhiliu.contexts.inspections.operations import accept
from zhiliu.contexts.inspections.rules.decision_tables import INSPECTION_DUE
from zhiliu.contexts.inspections.states import InspectionReason
from zhiliu.contexts.inspections.tests.conftest import (
    act,
    hours,
    inspection_of,
    open_again,
    record,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.kernel.command import Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

TABLE = "inspections.inspection_due@1"


@pytest.mark.parametrize(
    ("reason", "is_reserved", "answer"),
    [
        ("original", False, (24, "first")),
        ("reinspection", False, (8, "again")),
        ("retest", False, (8, "again")),
        ("reinspection", True, (4, "reserved")),
        ("original", True, (4, "reserved")),
    ],
)
def test_the_table_says_within_how_many_hours(reason, is_reserved, answer):
    facts = {
        "stage": "incoming",
        "reason": InspectionReason(reason),
        "is_reserved": is_reserved,
    }

    found = INSPECTION_DUE.built_in.answer(facts)

    assert (found.outputs["hours"], found.row) == answer


@pytest.mark.django_db
def test_a_receipt_is_due_a_day_after_it_was_opened_and_the_row_says_by_which_rule(dock):
    (lot,) = dock.arrive(100)

    inspection = inspection_of(lot)

    assert (inspection.due_at, inspection.due_rule) == (hours(24), f"{TABLE}#first")
    entry = AuditEntry.objects.get(record_id=inspection.pk)
    assert entry.changes["due_rule"] == [None, f"{TABLE}#first"]
    event = OutboxEvent.objects.get(subject_id=inspection.pk)
    assert event.data["due_at"] == entry.changes["due_at"][1]
    assert event.data["due_rule"] == f"{TABLE}#first"


@pytest.mark.django_db
def test_goods_inspected_again_are_due_sooner_and_soonest_where_an_order_waits(dock, plant):
    first, second = dock.arrive(60, 40)
    for lot in (first, second):
        record(inspection_of(lot).pk, 20)
        act(accept, hour=2, inspection_id=inspection_of(lot).pk)
    act(
        stock.reserve,
        hour=3,
        lot_id=second.pk,
        place_id=plant.places["ARRIVAL"],
        owner_id=plant.own,
        quantity=Decimal(10),
        reference=Reference("production.work_order", uuid4(), "WO-1"),
    )

    free, wanted = open_again(first), open_again(second)

    assert (free.due_at, free.due_rule) == (hours(5 + 8), f"{TABLE}#again")
    assert (wanted.due_at, wanted.due_rule) == (hours(5 + 4), f"{TABLE}#reserved")


@pytest.mark.django_db
def test_the_queue_is_sorted_and_filtered_by_due_time_page_by_page(dock):
    reader = caller("inspections.read")
    dock.moment = hours(3)
    (late,) = dock.arrive(10)
    dock.moment = hours(0)
    (early,) = dock.arrive(20)
    wanted = [str(inspection_of(lot).pk) for lot in (early, late)]

    def found(query):
        return [row["id"] for row in reader.get(f"/inspections?{query}")["items"]]

    assert found("sort=due_at") == wanted
    assert found("sort=-due_at") == wanted[::-1]
    page = reader.get("/inspections?sort=due_at&limit=1")
    assert [row["id"] for row in page["items"]] == wanted[:1]
    assert found(f"sort=due_at&limit=1&cursor={page['next_cursor']}") == wanted[1:]
    limit = (hours(24) + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    assert found(f"due_before={limit}") == wanted[:1]
    assert found(f"due_before={hours(24).isoformat().replace('+00:00', 'Z')}") == []
    assert reader.send("GET", "/inspections?due_before=soon").status_code == 422
    shown = reader.get(f"/inspections/{wanted[0]}")
    assert (shown["due_at"], shown["due_rule"]) == (
        hours(24).isoformat().replace("+00:00", "Z"),
        f"{TABLE}#first",
    )
