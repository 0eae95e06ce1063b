"""The dispatcher with real commits: late committers, several at once, a lost connection."""

import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.db import connection, transaction
from tests.support import run
from tests.support_committing import at_once, committing, in_thread
from tests.support_events import LampLit, light

from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.platform.access.models import Role
from zhiliu.platform.commands.operations import perform
from zhiliu.platform.evidence.public import current, record_created
from zhiliu.platform.outbox import dispatcher
from zhiliu.platform.outbox.deliveries import deliver_due, dispatch_events
from zhiliu.platform.outbox.models import Delivery, OutboxEvent
from zhiliu.platform.outbox.operations import record_event


def wait_until(condition, seconds=20.0):
    """Wait until `condition()` is true; fail the test when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


@contextmanager
def dispatchers(count=1):
    """So many dispatcher loops in threads of their own while the block runs."""
    stop = threading.Event()
    threads = [threading.Thread(target=dispatcher.run, args=(stop,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
        assert not any(t.is_alive() for t in threads)


def settled():
    """True when every event is dispatched and every delivery done."""
    return not (
        OutboxEvent.objects.filter(dispatched_at=None).exists()
        or Delivery.objects.exclude(state="done").exists()
    )


def mark(event):
    """A handler whose effect can be counted: one role an event, refused by the database twice."""
    perform(
        actor=SYSTEM,
        operation="tests.mark",
        key=event.key("tests.mark"),
        content={},
        call=lambda c, at: str(
            record_created(Role(code=f"m{event.id.hex}", name_en="a", name_zh="b"), c).pk
        ),
        recorded_at=server_time(),
    )


def test_events_that_commit_late_and_out_of_order_are_all_delivered_once(django_db_blocker, handle):
    calls = Counter()
    handle("tests.count", lambda event: calls.update([event.id]))
    handle("tests.mark", mark)
    chance = random.Random(8)  # the same waits every time
    waits = [[chance.uniform(0, 0.4) for _ in range(6)] for _ in range(8)]

    def slowly(number):
        """Write an event, so that its id is taken, and commit some time later or never."""
        for turn, wait in enumerate(waits[number]):
            with transaction.atomic():
                light(version=1)
                time.sleep(wait)
                if turn == 3:
                    transaction.set_rollback(True)

    with committing(django_db_blocker), dispatchers(2):
        problems = [e for e in at_once(slowly, 8) if e is not None]
        wait_until(settled)
        written = set(OutboxEvent.objects.values_list("pk", flat=True))
        recorded = OutboxEvent.objects.order_by("id").values_list("dispatched_at", flat=True)
        out_of_order = list(recorded) != sorted(recorded)
        marks = Role.objects.filter(code__startswith="m").count()

    assert problems == []
    # five of the six each, and the events of the marks' commands have no handler
    assert len(written) == 8 * 5
    assert calls == Counter(dict.fromkeys(written, 1))
    assert marks == len(written)
    assert out_of_order, "the test did not do what it is for"


def test_several_dispatchers_share_the_work_and_keep_the_order_of_each_record(
    django_db_blocker, handle
):
    seen = []
    handle("tests.order", lambda e: seen.append((e.subject_id, e.subject_version)))
    lamps = [uuid4() for _ in range(5)]

    with committing(django_db_blocker), dispatchers(4):
        at_once(lambda n: [light(lamps[n], version) for version in range(1, 21)], 5)
        wait_until(settled)

    assert len(seen) == 5 * 20
    for lamp in lamps:
        assert [version for subject, version in seen if subject == lamp] == list(range(1, 21))


def test_an_event_is_delivered_within_moments_of_its_commit_not_at_the_next_poll(
    django_db_blocker, handle, monkeypatch
):
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", 600.0)
    seen = threading.Event()
    handle("tests.see", lambda event: seen.set())

    with committing(django_db_blocker), dispatchers():
        wait_until_idle()
        light()
        assert seen.wait(10)


def wait_until_idle():
    """Wait until the one dispatcher listens and has had its first look."""
    wait_until(lambda: _listeners() == 1)
    time.sleep(0.2)


def _listeners():
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and query = 'listen events'"
        )
        return cursor.fetchone()[0]


def test_an_event_without_notification_is_found_at_the_next_poll(
    django_db_blocker, handle, monkeypatch
):
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", 1.0)
    seen = threading.Event()
    handle("tests.see", lambda event: seen.set())

    def silently(command, at):
        reference = Reference("tests.lamp", uuid4(), "LAMP", 1)
        record_event(LampLit(reference, None, None, "red"), command, at)
        current().notify = False

    with committing(django_db_blocker), dispatchers():
        wait_until_idle()
        run(silently)
        assert seen.wait(10)


def test_an_idle_dispatcher_looks_once_and_then_only_at_its_poll(
    django_db_blocker, handle, monkeypatch
):
    looks = []
    ask = dispatch_events
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", 1.0)

    def look(at):
        looks.append(at)
        return ask(at)

    monkeypatch.setattr(dispatcher, "dispatch_events", look)

    with committing(django_db_blocker), dispatchers():
        wait_until_idle()
        before = len(looks)
        time.sleep(2.5)

    assert before == 1
    assert 2 <= len(looks) <= 4


def test_the_dispatcher_survives_a_lost_database_connection(django_db_blocker, handle):
    seen = Counter()
    handle("tests.see", lambda event: seen.update([event.subject_id]))

    with committing(django_db_blocker) as urls, dispatchers(2):
        first = light()
        wait_until(settled)
        connection.close()
        with psycopg.connect(urls.app, autocommit=True) as other:
            killed = other.execute(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
                " and usename = current_user"
            ).fetchone()
        second = light()
        wait_until(settled)

    assert killed is not None and killed[0] >= 2
    assert seen == Counter({first.subject_id: 1, second.subject_id: 1})


def test_a_delivery_that_another_worker_is_making_is_left_alone(django_db_blocker, handle):
    inside, go_on = threading.Event(), threading.Event()
    calls = []

    def slow(event):
        calls.append(event.id)
        inside.set()
        assert go_on.wait(20)

    handle("tests.slow", slow)
    with committing(django_db_blocker):
        lamp = uuid4()
        light(lamp, 1)
        light(lamp, 2)
        dispatch_events(server_time())
        with in_thread(lambda: deliver_due(server_time())) as other:
            assert inside.wait(20)
            ours = deliver_due(server_time())
            assert len(calls) == 1
            go_on.set()
            theirs = other.result(20)
        states = list(Delivery.objects.order_by("event_id").values_list("state", flat=True))

    assert (ours, theirs) == (0, 2)  # whoever makes the first goes on with the second
    assert len(calls) == 2
    assert states == ["done", "done"]


def test_a_stop_ends_after_the_delivery_that_is_running(django_db_blocker, handle):
    inside, go_on = threading.Event(), threading.Event()
    calls = []

    def slow(event):
        calls.append(event.subject_version)
        inside.set()
        assert go_on.wait(20)

    handle("tests.slow", slow)
    with committing(django_db_blocker):
        for version in (1, 2, 3):
            light(version=version)
        stop = threading.Event()
        thread = threading.Thread(target=dispatcher.run, args=(stop,))
        thread.start()
        assert inside.wait(20)
        stop.set()
        go_on.set()
        thread.join(20)
        alive = thread.is_alive()
        done = Delivery.objects.filter(state="done").count()

    assert not alive
    assert len(calls) == done == 1


def test_events_that_another_dispatcher_is_claiming_are_left_alone(django_db_blocker, handle):
    inside, go_on = threading.Event(), threading.Event()
    handle("tests.see", lambda event: None)

    def claim():
        with transaction.atomic():
            claimed = dispatch_events(server_time())
            inside.set()
            assert go_on.wait(20)
        return claimed

    with committing(django_db_blocker):
        light()
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '300ms'")
        with in_thread(claim) as other:
            assert inside.wait(20)
            try:
                light()
                ours = dispatch_events(server_time())
            finally:
                go_on.set()
            theirs = other.result(20)
        deliveries = Delivery.objects.count()

    assert (ours, theirs, deliveries) == (1, 1, 2)
