"""The reads of partners."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support import run

from zhiliu.contexts.partners import operations, queries
from zhiliu.contexts.partners.errors import NotASupplier, NotFound
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.states import BlockedFunction
from zhiliu.contexts.partners.tests.conftest import Trade
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Command


def block(trade: Trade, material_id: UUID | None, function: BlockedFunction) -> SupplyBlock:
    def call(command: Command, at: datetime) -> SupplyBlock:
        return operations.place_supply_block(
            supplier_id=trade.supplier.id,
            material_id=material_id,
            blocked_function=function,
            reason="cracks",
            command=command,
            at=at,
        )

    return run(call)


def reader(**scope: UUID) -> Actor:
    return Actor(uuid4(), "reader", {"partners.read": (Scope(**scope),)})


def test_what_is_not_blocked_is_not_in_the_answer(trade: Trade) -> None:
    of_bolt = block(trade, trade.bolt.id, BlockedFunction.ORDER)
    asked = [trade.bolt.id, trade.nut.id]

    found = queries.open_blocks(trade.supplier.id, asked, BlockedFunction.ORDER)

    assert found == {trade.bolt.id: of_bolt}
    assert queries.open_blocks(trade.supplier.id, asked, BlockedFunction.RECEIPT) == {}
    assert queries.open_blocks(trade.customer.id, asked, BlockedFunction.ORDER) == {}


def test_a_block_of_all_answers_for_each_and_the_one_that_names_the_material_first(
    trade: Trade, django_assert_num_queries: Any
) -> None:
    of_all = block(trade, None, BlockedFunction.RECEIPT)
    of_bolt = block(trade, trade.bolt.id, BlockedFunction.RECEIPT)

    with django_assert_num_queries(1):
        found = queries.open_blocks(
            trade.supplier.id, [trade.bolt.id, trade.nut.id], BlockedFunction.RECEIPT
        )

    assert found == {trade.bolt.id: of_bolt, trade.nut.id: of_all}


def test_a_lifted_block_stops_nothing(trade: Trade) -> None:
    placed = block(trade, None, BlockedFunction.ORDER)

    run(
        lambda command, at: operations.lift_supply_block(
            block_id=placed.id, reason="done", command=command, at=at
        )
    )

    assert queries.open_blocks(trade.supplier.id, [trade.bolt.id], BlockedFunction.ORDER) == {}


def test_the_own_partner_is_asked_once(trade: Trade, django_assert_num_queries: Any) -> None:
    own = queries.get_own_partner(trade.company.id)

    with django_assert_num_queries(0):
        assert queries.get_own_partner(trade.company.id) is own
        assert queries.get_own_partner_id(trade.company.id) == own.id
    assert own == Partner.objects.get(company=trade.company)


def test_a_company_that_does_not_exist_is_not_remembered(trade: Trade) -> None:
    company_id = uuid4()

    for _ in range(2):
        with pytest.raises(NotFound):
            queries.get_own_partner(company_id)


def test_a_supplier_is_asked_for_as_such(trade: Trade) -> None:
    assert queries.get_supplier(trade.supplier.id) == trade.supplier
    assert queries.get_partner(trade.customer.id) == trade.customer
    with pytest.raises(NotASupplier):
        queries.get_supplier(trade.customer.id)
    with pytest.raises(NotFound):
        queries.get_supplier(uuid4())


def test_staff_see_every_partner_and_a_partner_only_itself(trade: Trade) -> None:
    own = queries.get_own_partner(trade.company.id)
    everybody = {own.id, trade.supplier.id, trade.customer.id}

    def seen(**scope: UUID) -> set[UUID]:
        return set(queries.list_partners(reader(**scope)).values_list("id", flat=True))

    assert seen() == everybody
    assert seen(site_id=uuid4()) == everybody
    assert seen(supplier_id=trade.supplier.id) == {trade.supplier.id}
    assert seen(customer_id=trade.customer.id) == {trade.customer.id}
    assert seen(supplier_id=uuid4()) == set()


def test_a_supplier_sees_no_block_of_another(trade: Trade) -> None:
    placed = block(trade, None, BlockedFunction.ORDER)

    def seen(**scope: UUID) -> list[SupplyBlock]:
        return list(queries.list_supply_blocks(reader(**scope)))

    assert seen(site_id=uuid4()) == [placed]
    assert seen(supplier_id=trade.supplier.id) == [placed]
    assert seen(supplier_id=uuid4()) == []
    assert seen(customer_id=trade.customer.id) == []
