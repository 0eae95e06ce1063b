"""Reads of receiving: who sees what, and a detail holds its lines in order."""

from decimal import Decimal

import pytest
from tests.buying import line
from tests.support import run

from zhiliu.contexts.receiving.errors import NotFound
from zhiliu.contexts.receiving.public import ReturnLine, refuse_at_gate, return_goods
from zhiliu.contexts.receiving.queries import (
    get_arrival_view,
    get_supplier_return_view,
    get_visible_gate_refusal,
    list_arrivals,
    list_gate_refusals,
    list_supplier_returns,
)
from zhiliu.contexts.receiving.tests.dock import Dock, build_dock, delivered
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def busy_dock() -> tuple[Dock, list]:
    """A dock with one arrival of two lots, one refusal at the gate and one return."""
    dock = build_dock()
    order = dock.plant.order(*(line(dock.plant.material(), 10) for _ in range(2)))
    arrival = dock.receive(delivered(order, 5, line=2), delivered(order, 5), order=order)
    lot = arrival.lots[0].lot
    parts = [ReturnLine(lot.pk, dock.place.pk, Decimal(quantity)) for quantity in (2, 1)]
    refused = run(
        lambda command, at: refuse_at_gate(
            order_id=order.order.pk, description="pallet", command=command, at=at
        ),
        reason="soaked",
    )
    back = run(
        lambda command, at: return_goods(lines=parts, command=command, at=at),
        reason="cracked",
    )
    return dock, [arrival.arrival.pk, refused.pk, back.supplier_return.pk]


def test_details_hold_their_lines_in_order():
    _, (arrival, _, back) = busy_dock()

    arrived = get_arrival_view(SYSTEM, arrival)
    returned = get_supplier_return_view(SYSTEM, back)

    assert [(one.line, one.order_line.line) for one in arrived.lines] == [(1, 2), (2, 1)]
    assert [(one.line, one.quantity) for one in returned.lines] == [(1, 2), (2, 1)]


@pytest.mark.parametrize("what", ["company", "site", "supplier"])
def test_a_grant_shows_the_documents_of_its_scope_and_no_other(what):
    dock, records = busy_dock()
    _, others = busy_dock()
    scope = {
        "company": Scope(company_id=dock.plant.company.pk),
        "site": Scope(site_id=dock.plant.site.pk),
        "supplier": Scope(supplier_id=dock.plant.supplier.pk),
    }[what]
    actor = Actor(SYSTEM.id, "x", {"receiving.read": (scope,)})

    lists = (list_arrivals, list_gate_refusals, list_supplier_returns)
    gets = (get_arrival_view, get_visible_gate_refusal, get_supplier_return_view)
    assert [[row.pk for row in rows(actor)] for rows in lists] == [[pk] for pk in records]
    for get, mine, theirs in zip(gets, records, others, strict=True):
        assert get(actor, mine) is not None
        for unseen in (theirs, new_id()):
            with pytest.raises(NotFound):
                get(actor, unseen)
