"""Following the history: nothing skipped, nothing twice, whatever commits when."""

import random
import threading
import time
from collections import Counter
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from tests.support import run
from tests.support_committing import at_once, committing, in_thread
from tests.support_events import LampLit, light

from zhiliu.kernel.command import Reference
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.outbox.history import _NEWS, get_position, list_committed
from zhiliu.platform.outbox.operations import record_event


def lit(position, *, until=None, limit=100):
    """The lamps lit since a position, and the position after them."""
    found = list_committed(position, until=until, limit=limit)
    return found.position, [event.subject_id for event in found.events]


def slowly(lamp, seconds):
    """Light a lamp in a transaction that takes its time after it took its id."""

    def call(command, at):
        record_event(LampLit(Reference("tests.lamp", lamp, "LAMP"), None, None, "red"), command, at)
        flush()
        time.sleep(seconds)

    run(call)


def test_an_event_is_told_once_by_its_ids(django_db_blocker):
    with committing(django_db_blocker):
        start = get_position()
        event = light()

        found = list_committed(start, limit=10)

        assert [
            (e.type, e.subject_kind, e.subject_id, e.subject_version) for e in found.events
        ] == [(event.type, "tests.lamp", event.subject_id, 1)]
        assert lit(found.position)[1] == []


def test_what_commits_late_is_told_late_and_not_skipped(django_db_blocker):
    with committing(django_db_blocker):
        start, slow = get_position(), uuid4()
        with in_thread(lambda: slowly(slow, 1.0)) as running:
            time.sleep(0.3)  # its id and its transaction are taken
            quick = light().subject_id
            position, first = lit(start)
            running.result()
        position, second = lit(position)

        assert (first, second) == ([quick], [slow])
        assert lit(position)[1] == []


def test_no_one_of_many_that_commit_out_of_order_is_skipped_or_told_twice(django_db_blocker):
    chance = random.Random(8)  # the same waits every time
    waits = [[chance.uniform(0, 0.15) for _ in range(8)] for _ in range(6)]
    with committing(django_db_blocker):
        position, told, done = get_position(), Counter(), threading.Event()
        lamps = [[uuid4() for _ in row] for row in waits]

        def follow():
            at = position
            while True:
                over = done.is_set()
                at, new = lit(at)
                told.update(new)
                if over:
                    return

        with in_thread(follow) as following:
            at_once(lambda n: [slowly(*pair) for pair in zip(lamps[n], waits[n], strict=True)], 6)
            done.set()
            following.result()

        assert told == Counter(lamp for row in lamps for lamp in row)


def test_what_was_undone_is_never_told(django_db_blocker):
    with committing(django_db_blocker):
        start = get_position()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            light()
            raise ZeroDivisionError

        assert lit(start)[1] == []


def test_two_positions_enclose_what_happened_between(django_db_blocker):
    with committing(django_db_blocker):
        first = get_position()
        a = light().subject_id
        second = get_position()
        b = light().subject_id

        assert lit(first, until=second)[1] == [a]
        assert lit(second)[1] == [b]
        assert lit(first)[1] == [a, b]


def test_more_than_was_asked_for_is_nothing(django_db_blocker):
    with committing(django_db_blocker):
        start = get_position()
        for _ in range(4):
            light()

        assert len(list_committed(start, limit=4).events or ()) == 4
        found = list_committed(start, limit=3)
        assert found.events is None
        assert lit(found.position)[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda epoch, snapshot: "",
        lambda epoch, snapshot: "7",
        lambda epoch, snapshot: snapshot,
        lambda epoch, snapshot: f"{epoch}-",
        lambda epoch, snapshot: f"{epoch}-5:3:",
        lambda epoch, snapshot: f"{epoch}-0:3:",
        lambda epoch, snapshot: f"{epoch}-3:9:8,7",
        lambda epoch, snapshot: f"{epoch}-3:9:9",
        lambda epoch, snapshot: f"{epoch}-3:9:,",
        lambda epoch, snapshot: f"{epoch}-3:9:4 drop table",
        lambda epoch, snapshot: f"{epoch}-3:{10**30}:",
        lambda epoch, snapshot: f"{epoch}-{2**62}:{2**62}:",  # of a future that was undone
        lambda epoch, snapshot: f"1{epoch}-{snapshot}",  # of another server
        lambda epoch, snapshot: f"{epoch.rsplit('.', 1)[0]}.1-{snapshot}",  # before a restore
        lambda epoch, snapshot: f"{epoch}-{snapshot}" + "," * 3000,
    ],
)
def test_what_is_no_position_of_this_history_is_unknown(change):
    epoch, _, snapshot = (now := get_position()).partition("-")
    assert list_committed(f"{epoch}-{snapshot}", until=now, limit=1).events == ()

    found = list_committed(change(epoch, snapshot), until=now, limit=10)

    assert (found.events, found.position) == (None, now)


@pytest.mark.django_db
def test_a_reader_that_outlives_its_history_is_told_so():
    epoch, _, snapshot = get_position().partition("-")

    assert list_committed(f"1{epoch}-{snapshot}", limit=10).events is None


LONG = """
insert into outbox_outboxevent (id, type, subject_kind, subject_id, subject_number, data, actor_id,
  actor_name, reason, rule_version, occurred_at, command_id, correlation_id, transaction_id)
select gen_random_uuid(), 't', 'k', gen_random_uuid(), '', '{}', gen_random_uuid(), '', '', '',
  now(), gen_random_uuid(), gen_random_uuid(), '3' from generate_series(1, 50000)
"""


def test_a_long_history_is_not_read_again(django_db_blocker):
    with committing(django_db_blocker) as urls:
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            owner.execute(LONG)
            owner.execute("analyze outbox_outboxevent")
        snapshot = get_position().partition("-")[2]
        light()
        with connection.cursor() as cursor:
            cursor.execute(f"prepare news as {_NEWS.decode()}")
            cursor.execute(
                f"explain (analyze, buffers, format json) execute news('{snapshot}', null, '1001')"
            )
            ((plan,),) = cursor.fetchall()

        touched = plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]
        assert touched < 30, plan  # of about 1,500 that the table has
