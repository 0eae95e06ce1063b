"""One committed history for the tests of a module, and a way to plant violations on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.checks.history import History, tell
from tests.support_committing import committing
from zhiliu.config.checks.invariant import Outcome, look
from zhiliu.config.checks.running import invariants
from zhiliu.kernel.clock import server_time


class Planting:
    """Writes past the operations as the owner of the tables, looks, and undoes it all."""

    def __init__(self, history: History, owner_url: str) -> None:
        self.history = history
        self.owner_url = owner_url

    @contextmanager
    def open(self) -> Iterator[Callable[..., Any]]:
        """A function that runs SQL as the owner, with every trigger of our own and every check and
        unique constraint off; nothing stays afterwards."""
        # client-side parameters: several statements may go in one string
        with psycopg.connect(self.owner_url, cursor_factory=psycopg.ClientCursor) as owner:
            for (table,) in owner.execute(_TABLES).fetchall():
                owner.execute(f"alter table {table} disable trigger user")
            for table, constraint in owner.execute(_CONSTRAINTS).fetchall():
                owner.execute(f'alter table {table} drop constraint "{constraint}" cascade')
            for (index,) in owner.execute(_INDEXES).fetchall():
                owner.execute(f'drop index "{index}"')
            self.owner = owner
            try:
                yield owner.execute
            finally:
                owner.rollback()

    def post(
        self,
        lot: Any,
        kind: str,
        source: str,
        target: str,
        quantity: int = 1,
        *,
        serials: tuple[str, ...] = (),
        is_performed: bool = True,
        **values: Any,
    ) -> str:
        """A forged move with all that belongs to it (command, balances, edge, what remains of a
        bound), so that only what the test says is wrong with it. Places are named by code; an
        outside place's code is its kind. Returns the id of the move."""
        owner, history = self.owner, self.history
        (seen,) = owner.execute("select version from stock_lot where id = %s", [lot.pk]).fetchone()
        row = {
            "id": uuid4(), "company_id": history.plant.company, "command_id": uuid4(), "line": 1,
            "move_kind": kind, "lot_id": lot.pk, "lot_version": seen,
            "from_place_id": self.place(source), "to_place_id": self.place(target),
            "owner_id": history.plant.own, "quantity": quantity, "reference_kind": "tests.order",
            "reference_id": uuid4(), "reference_number": "WO-X", "customer_id": None,
            "actor_id": UUID(int=0), "reason": "forged", "origin": "own", "origin_document": "",
            "occurred_at": server_time(), "recorded_at": server_time(), **values,
        }  # fmt: skip
        self.insert("stock_move", row)
        if is_performed and "command_id" not in values:
            self.perform(row["command_id"])
        for place, sign in ((source, -1), (target, 1)):
            owner.execute(_TO_BALANCE, {**row, "place": self.place(place), "sign": sign})
        for number in serials:
            owner.execute(_MOVE_SERIAL, {**row, "number": number, "new": uuid4()})
            owner.execute(
                "update stock_serial set place_id = %(to_place_id)s where number = %(number)s",
                {**row, "number": number},
            )
        if kind in ("issue", "ship"):
            self.insert(
                "stock_genealogyedge",
                {"id": uuid4(), "source_id": lot.pk, "quantity": quantity, "is_assumed": False,
                 "edge_kind": "consumed" if kind == "issue" else "packed",
                 **{n: row[n] for n in ("reference_kind", "reference_id", "reference_number",
                                        "command_id", "occurred_at")}},
            )  # fmt: skip
            owner.execute(
                "update stock_lotbound set remaining = remaining - %(quantity)s"
                " where lot_id = %(lot_id)s",
                row,
            )
        return str(row["id"])

    def place(self, code: str) -> UUID:
        """The id of a place of the plant by its code."""
        found = self.owner.execute(
            "select id from stock_place where code = %s and site_id = %s",
            [code, self.history.plant.site],
        ).fetchone()
        assert found is not None, code
        return found[0]

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Insert a row as it is."""
        columns = ", ".join(row)
        values = ", ".join(f"%({name})s" for name in row)
        self.owner.execute(f"insert into {table}({columns}) values ({values})", row)  # noqa: S608

    def perform(self, command_id: UUID) -> None:
        """A command that succeeded, with a key of its own."""
        self.insert(
            "commands_donecommand",
            {"command_id": command_id, "actor_id": UUID(int=0), "operation": "x",
             "key": str(uuid4()), "content": "{}", "status": 200, "answer": ""},
        )  # fmt: skip

    def named(self, *ids: str) -> set[tuple[str, str]]:
        """(number, id) of every row that these invariants name; no other one is violated."""
        found = self.look()
        assert sorted(found) == sorted(ids), {i: [r.en for r in o.rows] for i, o in found.items()}
        assert all(o.violations == len(o.rows) for o in found.values())
        return {(row.number, row.id) for outcome in found.values() for row in outcome.rows}

    def outcome(self, invariant_id: str) -> Outcome:
        """What looking at one invariant finds."""
        (invariant,) = (i for i in invariants() if i.id == invariant_id)
        with self.owner.cursor() as cursor:
            return look(invariant, cursor)

    def look(self) -> dict[str, Outcome]:
        """Look at every invariant inside the planted transaction; those that are violated."""
        with self.owner.cursor() as cursor:
            outcomes = [look(invariant, cursor) for invariant in invariants()]
        return {o.invariant.id: o for o in outcomes if o.violations}


_TO_BALANCE = """
insert into stock_balance(id, lot_id, place_id, owner_id, quantity, reserved)
select gen_random_uuid(), %(lot_id)s, p.id, %(owner_id)s, 0, 0 from stock_place p
where p.id = %(place)s and p.is_internal and not exists (
  select from stock_balance where lot_id = %(lot_id)s and place_id = p.id
    and owner_id = %(owner_id)s);
update stock_balance set quantity = quantity + %(sign)s * %(quantity)s
where lot_id = %(lot_id)s and place_id = %(place)s and owner_id = %(owner_id)s
"""
_MOVE_SERIAL = """
insert into stock_serialmove(id, move_id, serial_id, recorded_at)
select %(new)s, %(id)s, id, %(recorded_at)s from stock_serial where number = %(number)s
"""
_TABLES = "select tablename from pg_tables where schemaname = 'public'"
# Checks of values and unique keys of ours; primary and foreign keys stay.
_CONSTRAINTS = """
select conrelid::regclass::text, conname from pg_constraint
where contype in ('c', 'u') and connamespace = 'public'::regnamespace
  and conrelid::regclass::text ~
    '^(stock|receiving|purchasing|inspections|nonconformance|outbox|evidence|commands)_'
"""
_INDEXES = """
select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
  and i.indrelid::regclass::text ~ 
    '^(stock|receiving|purchasing|inspections|nonconformance|outbox|evidence)_'
"""


@pytest.fixture(scope="module")
def planting(django_db_blocker: Any) -> Iterator[Planting]:
    """The history, told once for all tests of the module."""
    with committing(django_db_blocker) as urls:
        yield Planting(tell(), urls.owner)
