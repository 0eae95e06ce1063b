"""Several people decide about the same goods at once: one does, each other is told so.

After each race the independent recount and `zhiliu check` find nothing, and what the decisions say
is counted again here, from their rows alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.races.conftest import NIGHTLY, look, outcome
from tests.support import run
from tests.support_committing import at_once, committing
from zhiliu.contexts.inspections import operations as inspections
from zhiliu.contexts.inspections.models import UrgentRelease
from zhiliu.contexts.nonconformance.models import Concession
from zhiliu.contexts.nonconformance.tests.floor import Floor, again, build_floor, fresh, person
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.platform.access.public import User
from zhiliu.platform.evidence.public import record_created

ROUNDS = 40 if NIGHTLY else 4
PEOPLE = 8


@pytest.fixture
def floor(django_db_blocker: Any) -> Iterator[Floor]:
    """Goods that were not accepted and people who decide, on a database where all commits."""
    with committing(django_db_blocker):
        floor = build_floor()
        floor.inspector, floor.board = hired("inspector"), hired("board")
        yield floor


@pytest.fixture
def crew(floor: Floor) -> list[Actor]:
    """Eight people who may decide everything."""
    return [hired(f"chief {n}") for n in range(PEOPLE)]


def hired(name: str) -> Actor:
    """Somebody whom `zhiliu check` knows."""
    user = run(lambda command, at: record_created(User(username=name, name=name), command))
    return replace(person(name), id=user.pk)


def race(attempt: Callable[[int], Any]) -> Counter[str]:
    """Let eight people try at once; how often each outcome came."""
    found: Counter[str] = Counter()
    for answer in at_once(lambda n: outcome(lambda: attempt(n)), PEOPLE):
        if isinstance(answer, Exception):
            raise answer
        found[answer] += 1
    look()
    return found


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def test_of_two_who_dispose_of_the_last_goods_one_does(floor: Floor, crew: list[Actor]) -> None:
    """The report holds a second lot and stays open: only the goods themselves are fought for."""
    kinds = ("scrap", "return_to_vendor", "use_as_is", "sort")
    for n in range(ROUNDS):
        lots = [floor.released(10), floor.released(10)]
        report = floor.by_hand(*lots)
        fought = lots[n % 2]

        found = race(
            lambda i, lot=fought, own=report, who=crew: floor.dispose(
                lot, kinds[i % len(kinds)], report=own, actor=who[i]
            )
        )

        assert found == {"done": 1, "nonconformance.nothing_left": PEOPLE - 1}
        assert ask(
            "select count(*), sum(quantity) from nonconformance_disposition where report_id = %s",
            report.pk,
        ) == [(1, Decimal(10))]
        assert set(
            ask(
                "select quantity, open, disposed from nonconformance_reportlot"
                " where report_id = %s",
                report.pk,
            )
        ) == {(10, 0, 10), (10, 10, 0)}


def test_no_more_is_disposed_of_in_parts_than_there_is(floor: Floor, crew: list[Actor]) -> None:
    for _ in range(ROUNDS):
        lots = [floor.released(10), floor.released(1)]
        report = floor.by_hand(*lots)

        found = race(
            lambda i, lot=lots[0], own=report, who=crew: floor.dispose(
                lot, "scrap", 3, report=own, actor=who[i]
            )
        )

        assert found["done"] == 3
        assert found.total() == PEOPLE and found.keys() == {"done", "nonconformance.nothing_left"}
        rows = ask(
            "select l.number, r.quantity, r.open, r.disposed from nonconformance_reportlot r"
            " join stock_lot l on l.id = r.lot_id where r.report_id = %s order by l.number",
            report.pk,
        )
        assert [row[1:] for row in rows if row[0].startswith(lots[0].number)] == [
            (1, 1, 0),
            (3, 0, 3),
            (3, 0, 3),
            (3, 0, 3),
        ]


def asked_for(floor: Floor, lot: Lot, quantity: int, who: Actor | None = None) -> UrgentRelease:
    """An urgent release of so much of a lot, that the inspector asks for, or somebody named."""
    order = Reference("tests.order", uuid4(), "MO-1")
    found: UrgentRelease = floor.by(
        who or floor.inspector,
        inspections.request_urgent_release,
        reason="line stops",
        lot_id=lot.pk,
        quantity=Decimal(quantity),
        reference=order,
    )
    return found


@pytest.mark.parametrize("verbs", [("approve",), ("approve", "refuse")])
def test_an_urgent_release_is_decided_once(
    floor: Floor, crew: list[Actor], verbs: tuple[str, ...]
) -> None:
    decide = {
        "approve": inspections.approve_urgent_release,
        "refuse": inspections.refuse_urgent_release,
    }
    for _ in range(ROUNDS):
        (lot,) = floor.arrive(10)
        asked = asked_for(floor, lot, 4)

        found = race(
            lambda i, one=asked, who=crew: floor.by(
                who[i], decide[verbs[i % len(verbs)]], reason="seen", urgent_release_id=one.pk
            )
        )

        assert found == {"done": 1, "inspections.urgent_release_decided": PEOPLE - 1}
        state = again(asked).state
        signed = ask(
            "select verb from signatures_signature where subject_id = %s order by verb", asked.pk
        )
        assert sorted(verb for (verb,) in signed) == sorted(
            ["request", {"approved": "approve", "refused": "refuse"}[state]]
        )
        status = {"approved": "restricted", "refused": "awaiting_inspection"}[state]
        assert (fresh(lot).status, fresh(lot).is_urgent) == (status, state == "approved")


def test_of_two_who_need_goods_urgently_one_asks(floor: Floor, crew: list[Actor]) -> None:
    for _ in range(ROUNDS):
        (lot,) = floor.arrive(10)

        found = race(lambda i, of=lot: asked_for(floor, of, 4, crew[i]))

        assert found == {"done": 1, "inspections.already_urgent": PEOPLE - 1}
        assert ask("select count(*) from inspections_urgentrelease where lot_id = %s", lot.pk) == [
            (1,)
        ]


def test_an_inspection_has_one_verdict(floor: Floor, crew: list[Actor]) -> None:
    for _ in range(ROUNDS):
        (lot,) = floor.arrive(10)
        inspection = floor.count(lot, 10, 3)
        verbs = (
            (inspections.not_accept, {}),
            (inspections.judge_units, {"parts": [inspections.Units(Decimal(3))]}),
            (inspections.accept, {"parts": [inspections.Units(Decimal(3))]}),
        )

        def decide(i: int, one: Any = inspection, who: Any = crew, of: Any = verbs) -> None:
            call, values = of[i % len(of)]
            floor.by(who[i], call, inspection_id=one.pk, **values)

        found = race(decide)

        assert found == {"done": 1, "inspections.already_decided": PEOPLE - 1}
        state = again(inspection).state
        goods = ask(
            "select sum(t.accepted), sum(t.not_accepted), sum(t.open), count(*)"
            " from inspections_inspectionlot t where t.inspection_id = %s",
            inspection.pk,
        )
        assert goods == [(0, 10, 0, 1)] if state == "not_accepted" else [(7, 3, 0, 2)]
        verdicts = ask("select verb from signatures_signature where subject_id = %s", inspection.pk)
        assert len(verdicts) == 1
        reports = ask(
            "select count(distinct report_id) from nonconformance_reportlot r"
            " join stock_lot l on l.id = r.lot_id where l.number like %s",
            f"{lot.number}%",
        )
        assert reports == [(1,)]


def test_the_last_piece_of_a_concession_is_issued_once(floor: Floor) -> None:
    """From two places: the balances differ, what the concession still allows is one row."""
    for _ in range(ROUNDS):
        lot, _ = floor.rejected(20)
        concession = floor.concede(floor.dispose(lot, "use_as_is"), quantity=Decimal(2))
        floor.move(lot, 10)
        issue(floor, lot, floor.dock)
        assert again(concession).state == "in_force"

        found = race(lambda i, of=lot: issue(floor, of, (floor.dock, floor.store)[i % 2]))

        assert found == {"done": 1, "stock.outside_bounds": PEOPLE - 1}
        assert ask(
            "select sum(quantity) from stock_move where lot_id = %s and move_kind = 'issue'",
            lot.pk,
        ) == [(2,)]
        used: Concession = again(concession)
        assert (used.state, used.end_cause) == ("ended", "used_up")
        ended = "nonconformance.concession_ended.v1"
        assert ask(
            "select count(*) from outbox_outboxevent where subject_id = %s and type = %s",
            concession.pk,
            ended,
        ) == [(1,)]


def issue(floor: Floor, lot: Lot, place: Any) -> None:
    """One piece of a lot goes to an order."""
    floor.by(
        floor.inspector,
        stock.issue,
        lot_id=lot.pk,
        place_id=place,
        owner_id=floor.own,
        quantity=Decimal(1),
        reference=Reference("tests.order", uuid4(), "MO-2"),
    )
