"""One committed history for the tests of a module, and a way to plant violations on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.checks.history import History, tell
from tests.support_committing import committing
from zhiliu.config.checks.invariant import Outcome, look
from zhiliu.config.checks.running import invariants


class Planting:
    """Writes past the operations as the owner of the tables, looks, and undoes it all."""

    def __init__(self, history: History, owner_url: str) -> None:
        self.history = history
        self.owner_url = owner_url

    @contextmanager
    def open(self) -> Iterator[Callable[..., Any]]:
        """A function that runs SQL as the owner, with every trigger of our own and every check and
        unique constraint off; nothing stays afterwards."""
        with psycopg.connect(self.owner_url) as owner:
            for (table,) in owner.execute(_TABLES).fetchall():
                owner.execute(f"alter table {table} disable trigger user")
            for table, constraint in owner.execute(_CONSTRAINTS).fetchall():
                owner.execute(f'alter table {table} drop constraint "{constraint}" cascade')
            for (index,) in owner.execute(_INDEXES).fetchall():
                owner.execute(f'drop index "{index}"')
            self.owner = owner
            yield owner.execute
            owner.rollback()

    def look(self) -> dict[str, Outcome]:
        """Look at every invariant inside the planted transaction; those that are violated."""
        with self.owner.cursor() as cursor:
            outcomes = [look(invariant, cursor) for invariant in invariants()]
        return {o.invariant.id: o for o in outcomes if o.violations}


_TABLES = "select tablename from pg_tables where schemaname = 'public'"
# Checks of values and unique keys of ours; primary and foreign keys stay.
_CONSTRAINTS = """
select conrelid::regclass::text, conname from pg_constraint
where contype in ('c', 'u') and connamespace = 'public'::regnamespace
  and conrelid::regclass::text ~ '^(stock|receiving|purchasing|inspections|outbox|evidence|commands)_'
"""
_INDEXES = """
select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
  and i.indrelid::regclass::text ~ '^(stock|receiving|purchasing|inspections|outbox|evidence)_'
"""


@pytest.fixture(scope="module")
def planting(django_db_blocker: Any) -> Iterator[Planting]:
    """The history, told once for all tests of the module."""
    with committing(django_db_blocker) as urls:
        yield Planting(tell(), urls.owner)
