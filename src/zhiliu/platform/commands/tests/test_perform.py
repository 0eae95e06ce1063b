"""Performing a command: once a key, all or nothing, waiting for the one in flight."""

import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from tests.support_committing import at_once, committing, in_thread

from zhiliu.kernel.actor import EVERYWHERE, SYSTEM, Actor
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.access.models import Role
from zhiliu.platform.commands import operations
from zhiliu.platform.commands.errors import (
    Busy,
    Conflict,
    KeyMissing,
    KeyReused,
    NotReadable,
    OutsideTime,
)
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.commands.operations import Answer, perform
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.evidence.public import LostUpdate, record_changed, record_created

OPERATION = "tests.add_role"


def clerk(*operations, user_id=None):
    """An actor who may do these operations everywhere."""
    return Actor(user_id or uuid4(), "clerk", {o: (EVERYWHERE,) for o in operations})


def doing(call, *, actor=SYSTEM, key="k1", operation=OPERATION, **more):
    """Perform `call` now, with whatever else is given."""
    given = {"content": {}, "recorded_at": server_time(), **more}
    return perform(actor=actor, operation=operation, key=key, call=call, **given)


def add_role(code):
    """A call that adds a role and answers with its code, an exact number and Chinese text."""

    def call(command, at):
        record_created(Role(code=code, name_en="a", name_zh="甲"), command)
        return {"code": code, "quantity": Decimal("1.50"), "name": "检验员𠮷"}

    return call


def refuse(command, at):
    """A call that is refused after it wrote something."""
    record_created(Role(code="never", name_en="", name_zh=""), command)
    raise NotReadable


def done():
    return DoneCommand.objects.count()


@pytest.mark.django_db
def test_a_repeat_gets_the_stored_answer_byte_for_byte_and_does_nothing_again():
    first = doing(add_role("r1"), status=201, content={"code": "r1"})
    again = doing(add_role("r1"), status=201, content={"code": "r1"})

    assert first == Answer(201, '{"code":"r1","quantity":"1.50","name":"检验员𠮷"}')
    assert again == Answer(201, first.text, is_repeat=True)
    assert Role.objects.count() == AuditEntry.objects.count() == done() == 1


@pytest.mark.django_db
def test_the_stored_answer_is_that_of_the_first_time_even_if_it_would_differ_now():
    def tell_time(command, at):
        return {"id": str(command.id), "at": at.isoformat()}

    first = doing(tell_time)
    time.sleep(0.002)

    assert doing(tell_time).text == first.text


@pytest.mark.django_db
def test_a_key_belongs_to_one_actor_and_one_operation():
    actor = clerk(OPERATION, "tests.other")

    answers = [
        doing(add_role("r1"), actor=actor),
        doing(add_role("r2"), actor=actor, operation="tests.other"),
        doing(add_role("r3"), actor=clerk(OPERATION)),
        doing(add_role("r4"), actor=actor, key="k2"),
    ]

    assert not any(a.is_repeat for a in answers)
    assert done() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"number": "A", "quantity": Decimal("2"), "lines": [1, 2]}, "quantity"),
        ({"number": "B", "quantity": Decimal("1"), "lines": [1, 2]}, "number"),
        ({"number": "A", "quantity": Decimal("1"), "lines": [2, 1]}, "lines"),
        ({"number": "A", "quantity": Decimal("1")}, "lines"),
        ({"number": "A", "quantity": Decimal("1"), "lines": [1, 2], "site": None}, "site"),
    ],
)
def test_a_key_used_again_for_other_content_is_refused_and_names_the_field(content, field):
    doing(add_role("r1"), content={"number": "A", "quantity": Decimal("1"), "lines": [1, 2]})

    with pytest.raises(KeyReused) as refused:
        doing(add_role("r1"), content=content)

    assert refused.value.data() == {"field": field}
    assert Role.objects.count() == done() == 1


@pytest.mark.django_db
def test_a_refusal_is_not_stored_writes_nothing_and_is_evaluated_again():
    for _ in range(2):
        with pytest.raises(NotReadable):
            doing(refuse)
    assert not Role.objects.exists()
    assert not AuditEntry.objects.exists()
    assert done() == 0

    assert not doing(add_role("r1")).is_repeat
    assert doing(refuse).is_repeat  # the same command again, which by now succeeded


@pytest.mark.django_db
def test_a_fault_is_not_hidden_and_writes_nothing():
    def fault(command, at):
        record_created(Role(code="never", name_en="", name_zh=""), command)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        doing(fault)

    assert not Role.objects.exists()
    assert done() == 0


@pytest.mark.django_db
def test_a_repeat_checks_the_permission_again():
    actor = clerk(OPERATION)
    doing(add_role("r1"), actor=actor)

    with pytest.raises(NotPermitted):
        doing(add_role("r1"), actor=clerk("tests.other", user_id=actor.id))

    assert doing(add_role("r1"), actor=actor).is_repeat


@pytest.mark.django_db
def test_without_any_grant_the_call_is_not_even_made():
    calls = []

    with pytest.raises(NotPermitted):
        doing(lambda command, at: calls.append(1), actor=clerk())

    assert calls == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 101, "schlüssel", "键", "a\nb", "a\x00b"])
def test_a_key_that_is_missing_or_unusable_is_refused(key):
    with pytest.raises(KeyMissing):
        doing(add_role("r1"), key=key)

    assert not Role.objects.exists()


@pytest.mark.django_db
def test_business_time_is_the_servers_unless_given_and_never_in_the_future_or_without_offset():
    seen = []
    now = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    east = timezone(timedelta(hours=8))

    def at_of(occurred_at):
        doing(
            lambda command, at: seen.append(at),
            key=str(uuid4()),
            recorded_at=now,
            occurred_at=occurred_at,
        )

    at_of(None)
    at_of(now)
    at_of(datetime(2026, 5, 1, 20, 0, tzinfo=east))
    at_of(datetime(1999, 1, 1, tzinfo=UTC))
    assert seen == [now, now, now, datetime(1999, 1, 1, tzinfo=UTC)]

    for bad in (
        now + timedelta(microseconds=1),
        datetime(2026, 5, 1, 13, 0, tzinfo=UTC),
        datetime(2026, 5, 1, 19, 59, 59, tzinfo=timezone(timedelta(hours=7))),
        datetime(2026, 4, 1, 12, 0),  # noqa: DTZ001 - what must be refused
    ):
        with pytest.raises(OutsideTime):
            at_of(bad)
    assert len(seen) == 4


@pytest.mark.django_db
def test_what_the_database_refuses_is_a_conflict_that_names_the_constraint():
    twin = new_id()

    def add_twin(command, at):
        record_created(Role(id=twin, code=command.key, name_en="a", name_zh="b"), command)

    doing(add_twin)

    with pytest.raises(Conflict) as refused:
        doing(add_twin, key="k2")

    assert refused.value.constraint in ("access_role_pkey", "evidence_audit_record_version")
    assert Role.objects.count() == done() == 1


@pytest.mark.django_db
def test_a_lost_update_is_tried_again_from_the_start_and_then_busy():
    calls = []

    def lose(times):
        def call(command, at):
            calls.append(command.id)
            if len(calls) <= times:
                raise LostUpdate
            return "found"

        return call

    assert doing(lose(2)).text == '"found"'
    assert len(calls) == 3
    assert len(set(calls)) == 1, "it stays one command"

    calls.clear()
    with pytest.raises(Busy):
        doing(lose(99), key="k2")
    assert len(calls) == operations.ATTEMPTS


def test_the_same_key_in_flight_waits_and_gets_the_answer_of_the_first(django_db_blocker):
    inside, go_on = threading.Event(), threading.Event()

    def slow(command, at):
        role = record_created(Role(code=f"r{command.id.hex}", name_en="a", name_zh="b"), command)
        return str(role.pk)

    def first():
        with transaction.atomic():
            answer = doing(slow)
            inside.set()
            assert go_on.wait(20)
        return answer

    with committing(django_db_blocker):
        with in_thread(first) as one:
            assert inside.wait(20)
            with in_thread(lambda: doing(slow)) as two:
                _wait_for_a_lock()
                waited = not two.done()
                go_on.set()
                answers = [one.result(20), two.result(20)]
        roles = Role.objects.count()

    assert waited
    assert [a.is_repeat for a in answers] == [False, True]
    assert answers[0].text == answers[1].text
    assert roles == 1


def _wait_for_a_lock():
    """Wait until some connection of this database waits for another one."""
    deadline = time.monotonic() + 20
    statement = (
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and wait_event_type = 'Lock'"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            if cursor.fetchone()[0]:
                return
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.02)


def test_the_second_does_the_work_when_the_one_in_flight_is_undone(django_db_blocker):
    inside, go_on = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            doing(add_role("r1"))
            inside.set()
            assert go_on.wait(20)
            transaction.set_rollback(True)

    with committing(django_db_blocker):
        with in_thread(first) as one:
            assert inside.wait(20)
            with in_thread(lambda: doing(add_role("r1"))) as two:
                _wait_for_a_lock()
                go_on.set()
                one.result(20)
                answer = two.result(20)
        roles = Role.objects.count()

    assert not answer.is_repeat
    assert roles == 1


def test_one_key_fifty_times_at_once_has_one_effect_and_one_answer(django_db_blocker):
    def work(number):
        return [doing(add_role("r1"), status=201) for _ in range(5)]

    with committing(django_db_blocker):
        answers = [a for answers in at_once(work, 10) for a in answers]
        rows = (Role.objects.count(), AuditEntry.objects.count(), done())

    assert len(answers) == 50
    assert {(a.status, a.text) for a in answers} == {(201, answers[0].text)}
    assert sum(not a.is_repeat for a in answers) == 1
    assert rows == (1, 1, 1)


def rename(first, second, barrier, tries):
    """A call that locks two roles in the given order, and meets the other one in between."""

    def call(command, at):
        tries.append(command.id)
        for code in (first, second):
            row = Role.objects.select_for_update().get(code=code)
            if code == first and len([t for t in tries if t == command.id]) == 1:
                barrier.wait(20)
            record_changed(row, command, name_en=f"{row.name_en}+")

    return call


def test_a_deadlock_is_resolved_and_both_acts_are_done(django_db_blocker):
    barrier, tries = threading.Barrier(2), []

    with committing(django_db_blocker):
        doing(add_role("a"))
        doing(add_role("b"), key="k2")
        orders = [("a", "b"), ("b", "a")]
        answers = at_once(
            lambda n: doing(rename(*orders[n], barrier, tries), key=f"deadlock {n}"), 2
        )
        names = list(Role.objects.order_by("code").values_list("name_en", "version"))
        entries = AuditEntry.objects.count()

    assert [type(a) for a in answers] == [Answer, Answer]
    assert len(tries) == 3, "one of them was the victim, once"
    assert names == [("a++", 3), ("a++", 3)]
    assert entries == 2 + 4


def test_records_that_stay_locked_answer_busy_and_nothing_is_written(django_db_blocker):
    with committing(django_db_blocker) as urls:
        doing(add_role("a"))
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '200ms'")

        def take(command, at):
            record_created(Role(code="b", name_en="", name_zh=""), command)
            Role.objects.select_for_update().get(code="a")

        with psycopg.connect(urls.app) as other:
            other.execute("select * from access_role where code = 'a' for update")
            with pytest.raises(Busy) as refused:
                doing(take, key="k2")
        codes = list(Role.objects.values_list("code", flat=True))
        again = doing(take, key="k2")

    assert refused.value.status == 503
    assert codes == ["a"]
    assert not again.is_repeat


def test_a_statement_that_takes_too_long_answers_busy(django_db_blocker):
    def sleep(command, at):
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(20)")

    with committing(django_db_blocker):
        with connection.cursor() as cursor:
            cursor.execute("set statement_timeout = '200ms'")

        with pytest.raises(Busy):
            doing(sleep)
        assert done() == 0
