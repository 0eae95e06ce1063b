"""Confirming, cancelling and closing orders against the real database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.buying import (
    act,
    block,
    build_plant,
    events,
    line,
    receive,
    retire,
    retire_material,
    statements,
)
from tests.support import run

from zhiliu.contexts.purchasing.errors import (
    AlreadyReceived,
    NotFound,
    NotInState,
    NotInUse,
    OrderBlocked,
    ReasonMissing,
)
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.purchasing.public import (
    cancel_order,
    close_order,
    confirm_order,
    create_order,
    lock_order,
)
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.commands.errors import Conflict
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
D = Decimal
AT = datetime(2026, 5, 4, 20, tzinfo=UTC)  # the 5th at the site


@pytest.fixture
def plant():
    return build_plant()


@pytest.fixture
def material(plant):
    return plant.material(per_carton=12)


def test_a_draft_is_confirmed_later(plant, material):
    order = plant.order(line(material), confirm=False)
    act(confirm_order, order, at=AT)

    row = Order.objects.get()
    assert (row.state, row.version, row.confirmed_at) == ("confirmed", 2, AT)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes["state"] == ["draft", "confirmed"]
    assert events(order) == [
        ("purchasing.order_created.v1", 1),
        ("purchasing.order_confirmed.v1", 2),
    ]


@pytest.mark.parametrize("grown", ["supplier", "material", "block"])
def test_a_draft_is_asked_again_when_it_is_confirmed(plant, material, grown):
    order = plant.order(line(material), confirm=False)
    if grown == "supplier":
        retire(plant)
    elif grown == "material":
        retire_material(material)
    else:
        block(plant)

    with pytest.raises(OrderBlocked if grown == "block" else NotInUse):
        act(confirm_order, order)

    assert Order.objects.get().state == "draft"
    assert events(order) == [("purchasing.order_created.v1", 1)]


def test_confirming_at_creation_needs_the_right_to_confirm(plant, material):
    scopes = (Scope(site_id=plant.site.pk, company_id=plant.company.pk),)
    clerk = Actor(SYSTEM.id, "clerk", {"purchasing.create_order": scopes})

    def create(confirm):
        return run(
            lambda command, at: create_order(
                site_id=plant.site.pk,
                supplier_id=plant.supplier.pk,
                lines=[line(material)],
                confirm=confirm,
                command=command,
                at=at,
            ),
            operation="purchasing.create_order",
            actor=clerk,
        )

    with pytest.raises(NotPermitted):
        create(True)
    create(False)

    assert Order.objects.get().state == "draft"


def test_an_order_is_cancelled_with_a_reason_before_anything_came(plant, material):
    order = plant.order(line(material))
    with pytest.raises(ReasonMissing):
        act(cancel_order, order)

    act(cancel_order, order, reason="not needed")

    row = Order.objects.get()
    assert (row.state, row.end_reason, row.ended_by) == ("cancelled", "not needed", SYSTEM.id)
    assert events(order)[-1] == ("purchasing.order_cancelled.v1", 2)


def test_an_order_that_received_is_closed_short_not_cancelled(plant, material):
    order = plant.order(line(material))
    receive(order, 60)
    with pytest.raises(AlreadyReceived):
        act(cancel_order, order, reason="x")
    with pytest.raises(ReasonMissing):
        act(close_order, order)
    assert Order.objects.get().version == 1

    act(close_order, order, reason="supplier stopped")

    assert Order.objects.get().state == "closed"
    event = OutboxEvent.objects.get(type="purchasing.order_closed.v1")
    assert event.data == {
        "supplier_id": str(plant.supplier.pk),
        "reason": "supplier stopped",
        "is_short": True,
    }


def test_a_full_order_is_closed_without_a_reason(plant, material):
    order = plant.order(line(material))
    receive(order, 100)

    act(close_order, order)

    assert OutboxEvent.objects.get(type="purchasing.order_closed.v1").data["is_short"] is False


@pytest.mark.parametrize("verb", [confirm_order, cancel_order, close_order])
def test_a_cancelled_order_stays_cancelled(plant, material, verb):
    order = plant.order(line(material))
    act(cancel_order, order, reason="x")

    with pytest.raises(NotInState):
        act(verb, order, reason="x")

    assert Order.objects.get().version == 2


@pytest.mark.parametrize("verb", [confirm_order, cancel_order, close_order])
def test_an_order_outside_the_grant_is_not_there(plant, material, verb):
    order = plant.order(line(material), confirm=verb is not confirm_order)
    rights = {f"purchasing.{verb.__name__}": (Scope(site_id=new_id()),)}

    with pytest.raises(NotFound):
        act(verb, order, reason="x", actor=Actor(SYSTEM.id, "x", rights))

    assert Order.objects.get().version == 1


def test_totals_are_guarded_by_the_database(plant, material):
    order = plant.order(line(material))
    receive(order, 10)

    for received, returned in ((-11, 0), (0, 11)):
        with pytest.raises(Conflict):
            receive(order, received, returned)

    row = OrderLine.objects.get()
    assert (row.received, row.returned) == (D(10), D(0))


def test_locking_an_order_is_one_statement(plant, material):
    order = plant.order(line(material), line(material))

    sent = statements(lambda: run(lambda command, at: lock_order(order.order.pk, command)))

    assert sum("for no key update of o, l" in sql for sql in sent) == 1
    assert len(sent) == 2  # and the one write of the command itself
