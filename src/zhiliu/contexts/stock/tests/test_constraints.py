"""What the database itself refuses, whoever asks."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.plant import Plant, build_plant
from tests.support import run
from tests.support_committing import committing, in_thread

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.errors import PeriodClosed
from zhiliu.contexts.stock.models import Balance, Move
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import flush


def refused(sql: str, *parameters: Any) -> str:
    """The constraint or error that answers a statement of the application role."""
    with (
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    cause = error.value.__cause__
    return cause.diag.constraint_name or cause.sqlstate  # type: ignore[union-attr]


@pytest.fixture
def plant(db: None) -> Plant:
    return build_plant()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("quantity = -1", "stock_balance_not_negative"),
        ("reserved = quantity + 1", "stock_balance_reserved_on_hand"),
        ("reserved = -1", "stock_balance_reserved_on_hand"),
    ],
)
def test_a_balance_is_never_negative_nor_reserved_above_what_is_there(
    plant: Plant, change: str, constraint: str
) -> None:
    lot = plant.lot(10)

    found = refused(f"update stock_balance set {change} where lot_id = %s", lot.pk)  # noqa: S608

    assert found == constraint
    assert Balance.objects.get(lot_id=lot.pk).quantity == 10


def test_a_lot_place_and_owner_have_one_balance(plant: Plant) -> None:
    lot = plant.lot(10)

    found = refused(
        "insert into stock_balance(id, lot_id, place_id, owner_id, quantity, reserved) "
        "select %s, lot_id, place_id, owner_id, 1, 0 from stock_balance where lot_id = %s",
        new_id(),
        lot.pk,
    )

    assert found == "stock_balance_key"


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"quantity": "0"}, "stock_move_quantity_positive"),
        ({"quantity": "-1"}, "stock_move_quantity_positive"),
        ({"to_place_id": "from_place_id"}, "stock_move_two_places"),
        ({}, "stock_move_line"),
        (
            {"line": "2", "to_place_id": "(select id from stock_place where code = 'scrap')"},
            "stock_move_one_internal",
        ),
    ],
)
def test_a_move_is_positive_between_two_places_one_of_them_ours_and_once_a_line(
    plant: Plant, columns: dict[str, str], constraint: str
) -> None:
    lot = plant.lot(10)
    names = [
        str(f.column) for f in Move._meta.concrete_fields if f.column not in ("id", "recorded_at")
    ]
    values = ", ".join(columns.get(n, n) for n in names)

    found = refused(
        f"insert into stock_move(id, {', '.join(names)}) "  # noqa: S608
        f"select %s, {values} from stock_move where lot_id = %s",
        new_id(),
        lot.pk,
    )

    assert found == constraint
    assert Move.objects.filter(lot_id=lot.pk).count() == 1


def test_a_bound_is_never_exceeded_and_never_more_than_was_set(plant: Plant) -> None:
    lot = plant.lot(10)
    for remaining in (-1, 6):
        found = refused(
            "insert into stock_lotbound(lot_id, quantity, remaining) values (%s, 5, %s)",
            lot.pk,
            remaining,
        )
        assert found == "stock_bound_not_exceeded"


@pytest.mark.parametrize(
    "table", ["move", "serialmove", "lotversion", "genealogyedge", "labelprint", "finding"]
)
@pytest.mark.parametrize("act", ["update {t} set id = id", "delete from {t}", "truncate {t}"])
def test_what_is_appended_is_never_changed(db: None, table: str, act: str) -> None:
    assert refused(act.format(t=f"stock_{table}")) == "42501"  # insufficient_privilege


@pytest.mark.parametrize("table", ["lot", "hold", "reservation", "period", "place"])
def test_audited_rows_are_never_deleted(db: None, table: str) -> None:
    assert refused(f"delete from stock_{table}") == "42501"  # noqa: S608


def test_a_posting_in_flight_is_waited_for_and_none_slips_into_a_closed_period(
    django_db_blocker: Any,
) -> None:
    with committing(django_db_blocker):
        plant = build_plant()
        now = server_time()
        lot = plant.lot(100, at=now - timedelta(days=40))
        day = (now - timedelta(days=30)).date()
        inside = now - timedelta(days=29)
        period = run(
            lambda command, at: operations.add_period(
                company_id=plant.company,
                starts_on=day,
                ends_on=day + timedelta(days=7),
                command=command,
                at=at,
            )
        )
        is_posted, may_commit = threading.Event(), threading.Event()

        def issue(command: Any, at: Any) -> None:
            operations.issue(
                lot_id=lot.pk,
                place_id=plant.places["A-01"],
                owner_id=plant.own,
                quantity=Decimal(1),
                reference=plant.order(),
                command=command,
                at=at,
            )

        def post_slowly(command: Any, at: Any) -> None:
            issue(command, at)
            flush()
            is_posted.set()
            assert may_commit.wait(20)

        def close(command: Any, at: Any) -> None:
            operations.close_period(period_id=period.pk, command=command, at=at)

        with in_thread(lambda: run(post_slowly, at=inside)) as posting:
            assert is_posted.wait(20)
            with in_thread(lambda: run(close)) as closing:
                with pytest.raises(TimeoutError):
                    closing.result(timeout=1)  # it waits for the posting
                may_commit.set()
                posting.result(timeout=20)
                closing.result(timeout=20)

        with pytest.raises(PeriodClosed):
            run(issue, at=inside)
        assert Move.objects.filter(lot_id=lot.pk, move_kind="issue").count() == 1
