"""Every write of partners: its rows, its audit entry, its event; a refusal changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from tests.support import run
from tests.support_committing import at_once, committing

from zhiliu.contexts.partners import operations
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.states import BlockedFunction, PartnerRole
from zhiliu.contexts.partners.tests.conftest import Trade, make_trade
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.command import Command
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

Content = Callable[[Trade], dict[str, Any]]
GHOST = uuid4()


def perform(name: str, content: dict[str, Any], **how: Any) -> Any:
    verb = getattr(operations, name)
    return run(
        lambda command, at: verb(**content, command=command, at=at),
        operation=f"partners.{name}",
        **how,
    )


def counts() -> list[int]:
    return [m.objects.count() for m in (Partner, SupplyBlock, AuditEntry, OutboxEvent)]


def a_block(t: Trade, **other: Any) -> dict[str, Any]:
    block = {"supplier_id": t.supplier.id, "blocked_function": BlockedFunction.RECEIPT}
    return {**block, "reason": "cracks in 3 lots", **other}


def change(partner: Partner, **changes: Any) -> dict[str, Any]:
    return {"partner_id": partner.id, "expected_version": 1, "changes": changes}


@pytest.mark.django_db
def test_a_partner_is_a_row_with_its_audit_entry_and_event() -> None:
    roles = [PartnerRole.SUPPLIER, PartnerRole.CARRIER]

    added = perform("add_partner", {"number": "V-1", "name": "宏远", "roles": roles})

    row = Partner.objects.get(pk=added.pk)
    assert (row.number, row.name, row.roles) == ("V-1", "宏远", tuple(roles))
    assert (row.is_active, row.company_id) == (True, None)
    entry = AuditEntry.objects.get(record_id=row.pk)
    assert (entry.operation, entry.record_version) == ("partners.add_partner", 1)
    assert entry.changes["is_supplier"] == [None, True]
    sent = OutboxEvent.objects.get(subject_id=row.pk)
    assert (sent.type, sent.company_id) == ("partners.partner_added.v1", None)
    assert sent.data == {"name": "宏远", "roles": ["supplier", "carrier"]}


def test_a_partner_changes_by_what_is_stated(trade: Trade) -> None:
    roles = [PartnerRole.CUSTOMER]

    perform("change_partner", change(trade.supplier, roles=roles, is_active=False))

    row = Partner.objects.get(pk=trade.supplier.id)
    assert (row.version, row.name, row.roles, row.is_active) == (2, "宏远", tuple(roles), False)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {
        "is_supplier": [True, False],
        "is_customer": [False, True],
        "is_active": [True, False],
    }
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "partners.partner_changed.v1"
    assert sent.data == {"name": "宏远", "roles": ["customer"], "is_active": False}


def test_a_change_to_the_same_value_leaves_no_trace(trade: Trade) -> None:
    before = counts()

    row = perform("change_partner", change(trade.supplier, roles=[PartnerRole.SUPPLIER]))

    assert row.version == 1
    assert counts() == before


@pytest.mark.parametrize("is_of_one", [True, False])
def test_a_supply_block_is_placed_and_lifted(trade: Trade, is_of_one: bool) -> None:
    material_id: UUID | None = trade.bolt.id if is_of_one else None

    placed = perform("place_supply_block", a_block(trade, material_id=material_id))
    lifted = perform("lift_supply_block", {"block_id": placed.id, "reason": " 8D accepted "})

    row = SupplyBlock.objects.get(pk=placed.id)
    assert lifted.pk == row.pk
    assert (row.supplier_id, row.material_id) == (trade.supplier.id, material_id)
    assert (row.state, row.reason, row.placed_by) == ("lifted", "cracks in 3 lots", SYSTEM.id)
    assert (row.lift_reason, row.lifted_by) == ("8D accepted", SYSTEM.id)
    assert row.lifted_at is not None and row.lifted_at >= row.placed_at
    first, second = AuditEntry.objects.filter(record_id=row.pk).order_by("record_version")
    assert first.operation == "partners.place_supply_block"
    assert first.changes["state"] == [None, "open"]
    assert second.operation == "partners.lift_supply_block"
    assert second.changes["state"] == ["open", "lifted"]
    events = OutboxEvent.objects.filter(subject_id=row.pk).order_by("subject_version")
    assert [(e.type, e.subject_number) for e in events] == [
        ("partners.supply_block_placed.v1", trade.supplier.number),
        ("partners.supply_block_lifted.v1", trade.supplier.number),
    ]
    assert [e.data["reason"] for e in events] == ["cracks in 3 lots", "8D accepted"]
    for event in events:
        assert event.data["supplier_id"] == str(trade.supplier.id)
        assert event.data["material_id"] == (str(material_id) if material_id else None)
        assert event.data["blocked_function"] == "receipt"


def test_the_same_block_is_open_once_but_order_and_receipt_are_two(trade: Trade) -> None:
    first = perform("place_supply_block", a_block(trade))
    perform("place_supply_block", a_block(trade, material_id=trade.bolt.id))
    perform("place_supply_block", a_block(trade, blocked_function=BlockedFunction.ORDER))

    with pytest.raises(Refusal) as refused:
        perform("place_supply_block", a_block(trade, reason="other"))
    perform("lift_supply_block", {"block_id": first.id, "reason": "done"})
    perform("place_supply_block", a_block(trade, reason="other"))

    assert refused.value.code == "partners.already_blocked"
    assert refused.value.data()["reason"] == "cracks in 3 lots"
    assert SupplyBlock.objects.filter(state="open").count() == 3


REFUSED: list[tuple[str, Content, str]] = [
    (
        "add_partner",
        lambda t: {"number": t.supplier.number, "name": "x", "roles": [PartnerRole.CARRIER]},
        "partners.already_exists",
    ),
    (
        "add_partner",
        lambda t: {"number": "V-2", "name": "x", "roles": []},
        "partners.role_missing",
    ),
    (
        "change_partner",
        lambda t: {**change(t.supplier, name="x"), "partner_id": GHOST},
        "partners.not_found",
    ),
    ("change_partner", lambda t: change(t.supplier, roles=[]), "partners.role_missing"),
    (
        "change_partner",
        lambda t: {**change(t.supplier, name="x"), "expected_version": 2},
        "commands.version_mismatch",
    ),
    (
        "change_partner",
        lambda t: change(Partner.objects.get(company=t.company), name="x"),
        "partners.own_partner_fixed",
    ),
    ("place_supply_block", lambda t: a_block(t, supplier_id=GHOST), "partners.not_found"),
    (
        "place_supply_block",
        lambda t: a_block(t, supplier_id=t.customer.id),
        "partners.not_a_supplier",
    ),
    ("place_supply_block", lambda t: a_block(t, material_id=GHOST), "catalog.not_found"),
    ("place_supply_block", lambda t: a_block(t, reason=" "), "partners.reason_missing"),
    ("lift_supply_block", lambda t: {"block_id": GHOST, "reason": "x"}, "partners.not_found"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), REFUSED, ids=[f"{r[0]}-{r[2]}" for r in REFUSED]
)
def test_a_refusal_changes_nothing(trade: Trade, name: str, content: Content, code: str) -> None:
    before = counts()

    with pytest.raises(Refusal) as refused:
        perform(name, content(trade))

    assert refused.value.code == code
    assert counts() == before


def test_a_block_is_not_lifted_twice_without_reason_or_before_it_was_placed(trade: Trade) -> None:
    block = perform("place_supply_block", a_block(trade))
    lift = {"block_id": block.id, "reason": "done"}
    before = counts()

    for content, at, code in (
        ({**lift, "reason": ""}, None, "partners.reason_missing"),
        (lift, block.placed_at - timedelta(seconds=1), "partners.lifted_before_placed"),
    ):
        with pytest.raises(Refusal) as refused:
            perform("lift_supply_block", content, at=at)
        assert refused.value.code == code
    assert counts() == before
    perform("lift_supply_block", lift)
    with pytest.raises(Refusal) as refused:
        perform("lift_supply_block", lift)
    assert refused.value.code == "partners.supply_block_not_open"


def an_actor(name: str, **scope: UUID) -> Actor:
    return Actor(uuid4(), "clerk", {f"partners.{name}": (Scope(**scope),)})


CHANGES: list[tuple[str, Content]] = [
    ("change_partner", lambda t: change(t.supplier, name="x")),
    ("place_supply_block", a_block),
    (
        "lift_supply_block",
        lambda t: {"block_id": perform("place_supply_block", a_block(t)).id, "reason": "x"},
    ),
]


@pytest.mark.parametrize(("name", "content"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_grant_for_one_supplier_covers_that_one_only(
    trade: Trade, name: str, content: Content
) -> None:
    asked = content(trade)
    before = counts()

    with pytest.raises(Refusal) as of_another:
        perform(name, asked, actor=an_actor(name, supplier_id=uuid4()))
    with pytest.raises(Refusal) as of_a_company:
        perform(name, asked, actor=an_actor(name, company_id=trade.company.id))

    assert of_another.value.code == "partners.not_found"
    assert of_a_company.value.code == "catalog.shared_by_all"
    assert counts() == before
    perform(name, asked, actor=an_actor(name, supplier_id=trade.supplier.id))
    assert counts() != before


def test_a_partner_is_added_only_without_limit(trade: Trade) -> None:
    before = counts()

    with pytest.raises(Refusal) as refused:
        perform(
            "add_partner",
            {"number": "V-2", "name": "x", "roles": [PartnerRole.SUPPLIER]},
            actor=an_actor("add_partner", company_id=trade.company.id),
        )

    assert refused.value.code == "catalog.shared_by_all"
    assert counts() == before


def test_a_block_placed_from_another_context_was_permitted_there(trade: Trade) -> None:
    actor = Actor(uuid4(), "inspector", {"inspections.decide": (Scope(site_id=uuid4()),)})

    def call(command: Command, at: datetime) -> SupplyBlock:
        return operations.place_supply_block(**a_block(trade), command=command, at=at)

    block = run(call, operation="inspections.decide", actor=actor)

    assert SupplyBlock.objects.get(pk=block.pk).placed_by == actor.id


def test_the_database_itself_keeps_a_lifted_block_complete(trade: Trade) -> None:
    block = perform("place_supply_block", a_block(trade))

    statement = "update partners_supplyblock set state = 'lifted', version = 2 where id = %s"
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [block.id])

    cause = refused.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.constraint_name == "partners_supply_block_lifted"


def test_at_once_a_block_is_placed_once_and_lifted_once(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        trade = make_trade()

        placed = at_once(lambda n: perform("place_supply_block", a_block(trade)), 8)
        block = SupplyBlock.objects.get()
        lift = {"block_id": block.id, "reason": "done"}
        lifted = at_once(lambda n: perform("lift_supply_block", lift), 8)

        assert len(failed(placed)) == 7
        assert set(failed(placed)) <= {"partners.already_blocked", "commands.conflict"}
        assert failed(lifted) == ["partners.supply_block_not_open"] * 7
        assert SupplyBlock.objects.get().version == 2


def failed(answers: list[Any]) -> list[str]:
    """The codes of what was refused; a bug shows its repr and so fails the comparison."""
    errors = [a for a in answers if isinstance(a, Exception)]
    return [e.code if isinstance(e, Refusal) else repr(e) for e in errors]
