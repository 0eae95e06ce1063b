"""Human numbers: unique always, without a gap where asked."""

import random
import time
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support import run
from tests.support_committing import at_once, committing

from zhiliu.kernel.command import Reference
from zhiliu.kernel.event import Event
from zhiliu.platform.numbering.errors import RangeMissing
from zhiliu.platform.numbering.models import NumberRange
from zhiliu.platform.numbering.public import open_range, take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.outbox.registry import immediate_reactions


@pytest.mark.django_db
def test_numbers_come_in_order_with_prefix_and_width_and_are_never_cut():
    company = uuid4()
    open_range(company_id=company, kind="purchasing.order", prefix="PO", width=3)

    assert take_numbers(company_id=company, kind="purchasing.order") == ["PO-001"]
    assert take_numbers(company_id=company, kind="purchasing.order", count=3) == [
        "PO-002",
        "PO-003",
        "PO-004",
    ]
    taken = take_numbers(company_id=company, kind="purchasing.order", count=1200)
    assert taken[994:998] == ["PO-999", "PO-1000", "PO-1001", "PO-1002"]
    assert take_numbers(company_id=company, kind="purchasing.order", count=0) == []


@pytest.mark.django_db
@pytest.mark.parametrize("gap_free", [False, True])
def test_each_company_and_kind_counts_for_itself(gap_free):
    first, second = uuid4(), uuid4()
    for company in (first, second):
        open_range(company_id=company, kind="stock.lot", prefix="L", is_gap_free=gap_free)
    open_range(company_id=first, kind="stock.serial", prefix="S", is_gap_free=gap_free)

    assert take_numbers(company_id=first, kind="stock.lot", count=2) == ["L-000001", "L-000002"]
    assert take_numbers(company_id=second, kind="stock.lot") == ["L-000001"]
    assert take_numbers(company_id=first, kind="stock.serial") == ["S-000001"]


@pytest.mark.django_db
def test_a_range_that_was_never_opened_is_refused_by_its_kind():
    company = uuid4()
    open_range(company_id=company, kind="stock.lot", prefix="L")

    with pytest.raises(RangeMissing) as refused:
        take_numbers(company_id=company, kind="stock.serial")
    with pytest.raises(RangeMissing):
        take_numbers(company_id=uuid4(), kind="stock.lot")

    assert refused.value.data() == {"kind": "stock.serial"}


@pytest.mark.django_db
def test_opening_a_range_again_changes_nothing_and_a_prefix_serves_one_kind():
    company = uuid4()
    open_range(company_id=company, kind="stock.lot", prefix="L")
    take_numbers(company_id=company, kind="stock.lot", count=5)

    open_range(company_id=company, kind="stock.lot", prefix="X", width=2, is_gap_free=True)

    assert take_numbers(company_id=company, kind="stock.lot") == ["L-000006"]
    with pytest.raises(IntegrityError), transaction.atomic():
        open_range(company_id=company, kind="stock.other", prefix="L")


@pytest.mark.django_db
def test_the_application_may_not_open_or_close_ranges_past_the_function():
    open_range(company_id=uuid4(), kind="stock.lot", prefix="L")

    for statement in (
        "delete from numbering_numberrange",
        "insert into numbering_numberrange select gen_random_uuid(), company_id, 'x', 'X', width,"
        " is_gap_free, last, sequence from numbering_numberrange",
    ):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@dataclass(frozen=True)
class WorksFounded(Event):
    """A company of these tests began."""

    type = "tests.works_founded.v1"


@pytest.mark.django_db
def test_a_context_opens_its_range_in_an_immediate_reaction_to_the_company(monkeypatch):
    def open_mine(event, command, at):
        open_range(company_id=event.company_id, kind="tests.crate", prefix="CR")

    monkeypatch.setitem(immediate_reactions, WorksFounded.type, [open_mine])
    company = uuid4()

    def found(command, at):
        subject = Reference("tests.works", company, "W-1", 1)
        record_event(WorksFounded(subject, company, None), command, at)
        return take_numbers(company_id=company, kind="tests.crate")

    assert run(found) == ["CR-000001"]
    assert take_numbers(company_id=company, kind="tests.crate") == ["CR-000002"]


@pytest.mark.django_db
def test_a_range_whose_opening_was_undone_is_missing_and_can_be_opened_again():
    company = uuid4()
    with pytest.raises(RuntimeError), transaction.atomic():
        open_range(company_id=company, kind="stock.lot", prefix="L")
        take_numbers(company_id=company, kind="stock.lot")
        raise RuntimeError("the act was refused")

    with pytest.raises(RangeMissing):
        take_numbers(company_id=company, kind="stock.lot")
    open_range(company_id=company, kind="stock.lot", prefix="L")
    assert take_numbers(company_id=company, kind="stock.lot") == ["L-000001"]


WORKERS, TURNS = 8, 15


def taking(company, kept):
    """What each thread does: take some numbers, keep them, or undo the act."""

    def work(number):
        chance = random.Random(number)
        for _ in range(TURNS):
            with transaction.atomic():
                taken = take_numbers(company_id=company, kind="k", count=chance.randint(1, 3))
                time.sleep(chance.uniform(0, 0.004))
                if chance.random() < 0.4:
                    transaction.set_rollback(True)
                else:
                    kept.extend(taken)

    return work


def numbers(kept):
    return [int(text.removeprefix("K-")) for text in kept]


def test_many_at_once_never_get_the_same_number(django_db_blocker):
    kept, company = [], uuid4()

    with committing(django_db_blocker):
        open_range(company_id=company, kind="k", prefix="K")
        problems = [e for e in at_once(taking(company, kept), WORKERS) if e is not None]

    assert problems == []
    assert len(kept) == len(set(kept)) > 50


def test_a_gap_free_range_has_no_gap_though_acts_race_and_are_undone(django_db_blocker):
    kept, company = [], uuid4()

    with committing(django_db_blocker):
        open_range(company_id=company, kind="k", prefix="K", is_gap_free=True)
        problems = [e for e in at_once(taking(company, kept), WORKERS) if e is not None]
        last = NumberRange.objects.get(company_id=company).last

    assert problems == []
    assert sorted(numbers(kept)) == list(range(1, len(kept) + 1))
    assert last == len(kept) > 50


def test_a_range_opened_by_many_at_once_is_one_range(django_db_blocker):
    company = uuid4()

    def work(number):
        with transaction.atomic():
            open_range(company_id=company, kind="k", prefix="K")
            return take_numbers(company_id=company, kind="k")[0]

    with committing(django_db_blocker):
        taken = at_once(work, WORKERS)
        ranges = NumberRange.objects.filter(company_id=company).count()

    assert sorted(map(str, taken)) == [f"K-{n:06d}" for n in range(1, WORKERS + 1)]
    assert ranges == 1
