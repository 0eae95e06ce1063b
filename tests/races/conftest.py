"""A plant that commits, and attempts on it that are timed and typed."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.plant import Plant, build_plant
from tests.properties.recount import recount
from tests.support import run
from tests.support_committing import at_once, committing
from zhiliu.config.checks.running import look_at_all, snapshot
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.errors import Busy

NIGHTLY = os.environ.get("ZHILIU_NIGHTLY") == "1"
ATTEMPTS = 20_000 if NIGHTLY else 700  # of all races together
WORKERS = 16
LONGEST_SECONDS = 5.0 if NIGHTLY else 20.0  # other tests of the run share the processors


def share(part: float) -> int:
    """So much of all attempts, the same number for each worker."""
    return max(1, round(ATTEMPTS * part / WORKERS)) * WORKERS


class Yard:
    """The plant, and races on it."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant

    def race(self, attempt: Callable[[int], Any], attempts: int) -> Counter[str]:
        """Let 16 workers make so many attempts; how often each outcome came.

        `attempt(n)` gets the number of the attempt. Outcomes are "done" or a refusal's code;
        anything else that is raised fails the test, and so does an attempt that takes too long.
        """
        turns = attempts // WORKERS

        def work(worker: int) -> Counter[str]:
            return Counter(
                outcome(lambda n=turn * WORKERS + worker: attempt(n)) for turn in range(turns)
            )

        found: Counter[str] = Counter()
        for counted in at_once(work, WORKERS):
            if isinstance(counted, Exception):
                raise counted
            found += counted
        self.look()
        assert found.total() == turns * WORKERS
        return found

    def look(self) -> None:
        look()

    def use(self, lot_id: UUID, quantity: int, place: str = "A-01") -> dict[str, Any]:
        """So much of our goods of a lot at a place, as issue, ship and reserve take it."""
        return {
            "lot_id": lot_id,
            "place_id": self.plant.places[place],
            "owner_id": self.plant.own,
            "quantity": Decimal(quantity),
        }

    def issue(self, lot: Lot, quantity: int, to: Reference | None = None, place: str = "A-01"):
        """Issue to an order of its own, unless one is named."""
        return act(
            stock.issue, **self.use(lot.pk, quantity, place), reference=to or self.plant.order()
        )

    def restrict(self, lot: Lot, quantity: int) -> None:
        """Bound a lot to a quantity."""
        voucher = Reference("tests.voucher", self.plant.site, "V-1")
        act(stock.restrict_lot, lot_id=lot.pk, bounds=stock.Bounds(Decimal(quantity)),
            voucher=voucher)  # fmt: skip

    def on_hand(self, lot_id: UUID) -> int:
        """How much of a lot lies inside."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select coalesce(sum(quantity), 0) from stock_balance where lot_id = %s", [lot_id]
            )
            return int(cursor.fetchone()[0])

    def moved(self, lot_id: UUID, kind: str) -> int:
        """How much of a lot was moved by a verb."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select coalesce(sum(quantity), 0) from stock_move"
                " where lot_id = %s and move_kind = %s",
                [lot_id, kind],
            )
            return int(cursor.fetchone()[0])


def look() -> None:
    """Recount everything, and ask `zhiliu check` too."""
    with snapshot(), connection.cursor() as cursor:
        assert recount(cursor) == []
        found = {o.invariant.id: [r.en for r in o.rows] for o in look_at_all() if o.violations}
    assert found == {}


def act(operation: Callable[..., Any], *, because: str = "", **values: Any) -> Any:
    """Perform one operation as a command of its own."""
    at: datetime | None = values.pop("at", None)
    return run(
        lambda command, moment: operation(**values, command=command, at=moment),
        reason=because,
        at=at,
    )


def outcome(call: Callable[[], Any]) -> str:
    """Either "done" or the refusal's code; nobody waits for long or is told to come back."""
    started = time.monotonic()
    try:
        call()
        code = "done"
    except Busy:
        raise
    except Refusal as refusal:
        code = refusal.code
    took = time.monotonic() - started
    assert took < LONGEST_SECONDS, f"{code} took {took:.1f} s"
    return code


@pytest.fixture
def yard(django_db_blocker: Any) -> Iterator[Yard]:
    """A plant on a database of its own on which everything commits."""
    with committing(django_db_blocker):
        yield Yard(build_plant())
