"""What the database refuses when an operation forgot its lock or its check: the last line.

The operations never get there, so each test takes their own guard away first.
"""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.races.conftest import Yard, act
from tests.support_committing import at_once
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Balance, LotBound
from zhiliu.contexts.stock.operations import gate, reservations, use
from zhiliu.kernel.refusal import Refusal

ROUNDS = 4


def read_without_lock(keys: Any) -> dict[Any, Balance]:
    """`lock_balances` as somebody would write it who never heard of races."""
    rows = Balance.objects.filter(lot_id__in=[lot for lot, _, _ in keys])
    return {(b.lot_id, b.place_id, b.owner_id): b for b in rows}


@pytest.fixture
def careless() -> Iterator[None]:
    """Balances and bounds are read without a lock."""
    with (
        mock.patch.object(use, "lock_balances", lambda keys: read_without_lock(list(keys))),
        mock.patch.object(
            reservations, "lock_balances", lambda keys: read_without_lock(list(keys))
        ),
        mock.patch.object(
            gate, "lock_bound", lambda lot_id: LotBound.objects.filter(pk=lot_id).first()
        ),
    ):
        yield


def one_of_eight(attempt: Callable[[int], Any]) -> None:
    answers = at_once(attempt, 8)
    refused = [a for a in answers if isinstance(a, Exception)]
    assert len(refused) == 7, answers
    assert all(isinstance(r, Refusal) for r in refused), answers


def test_a_balance_never_falls_below_zero(yard: Yard, careless: None) -> None:
    for _ in range(ROUNDS):
        lot = yard.plant.lot(1)
        one_of_eight(lambda _, lot=lot: yard.issue(lot, 1))
        assert yard.on_hand(lot.pk) == 0
    yard.look()


def test_no_more_is_reserved_than_is_on_hand(yard: Yard, careless: None) -> None:
    for _ in range(ROUNDS):
        lot = yard.plant.lot(1)
        one_of_eight(
            lambda _, lot=lot: act(
                stock.reserve, **yard.use(lot.pk, 1), reference=yard.plant.order()
            )
        )
    yard.look()


def test_a_bound_is_never_exceeded(yard: Yard, careless: None) -> None:
    for _ in range(ROUNDS):
        lot = yard.plant.lot(100)
        yard.restrict(lot, 1)
        one_of_eight(lambda _, lot=lot: yard.issue(lot, 1))
    yard.look()


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        ("stock_balance_not_negative", "update stock_balance set quantity = -1"),
        ("stock_balance_reserved_on_hand", "update stock_balance set reserved = quantity + 1"),
        (
            "stock_balance_key",
            "insert into stock_balance(id, lot_id, place_id, owner_id, quantity, reserved)"
            " select gen_random_uuid(), lot_id, place_id, owner_id, 1, 0 from stock_balance",
        ),
        (
            "stock_move_line",
            "insert into stock_move select (m).* from (select jsonb_populate_record(s, "
            "jsonb_build_object('id', gen_random_uuid())) as m from stock_move s) x",
        ),
        ("stock_bound_not_exceeded", "update stock_lotbound set remaining = -1"),
        (
            "commands_done_key",
            "insert into commands_donecommand select (m).* from (select jsonb_populate_record(s,"
            " jsonb_build_object('command_id', gen_random_uuid())) as m"
            " from commands_donecommand s) x",
        ),
    ],
    ids=lambda value: value.partition(" ")[0],
)
def test_the_database_refuses_it_whoever_asks(yard: Yard, constraint: str, statement: str) -> None:
    yard.restrict(yard.plant.lot(5), 3)

    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    cause = refused.value.__cause__
    assert isinstance(cause, psycopg.IntegrityError)
    assert cause.diag.constraint_name == constraint


@pytest.mark.parametrize(
    "statement",
    [
        "update stock_move set quantity = 1",
        "delete from stock_move",
        "update stock_lotversion set status = 'released'",
        "delete from evidence_auditentry",
        "delete from stock_lot",
    ],
)
def test_the_application_may_not_rewrite_the_past(yard: Yard, statement: str) -> None:
    yard.plant.lot(5)

    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_audited_row_does_not_change_without_a_new_version(yard: Yard) -> None:
    yard.plant.lot(5)

    with (
        pytest.raises(IntegrityError, match="must rise"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update stock_lot set status = 'released'")
