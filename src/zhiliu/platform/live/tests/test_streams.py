"""Streams on one event loop and a database that commits: told, filtered, resumed, ended."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import caller, run
from tests.support_committing import committing
from tests.support_events import LampLit

from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.platform.access import operations
from zhiliu.platform.access.models import Role
from zhiliu.platform.access.public import (
    Credential,
    Visibility,
    actors_behind,
)
from zhiliu.platform.access.queries import get_actor_by_token, token_digest
from zhiliu.platform.live import feed, queries, rules, streams
from zhiliu.platform.live.errors import StreamsFull, TooManyStreams
from zhiliu.platform.live.queries import News, Signal, list_news
from zhiliu.platform.live.streams import Stream, Streams
from zhiliu.platform.outbox.operations import record_event
from zhiliu.platform.outbox.public import get_position

SOMEBODY = Credential(digest="somebody")


def somebody(*, scope=EVERYWHERE, operation="access.read"):
    return Actor(uuid4(), "somebody", {operation: (scope,)})


def add_role():
    """A committed event whose record only an unlimited `access.read` may see; its id."""
    code = f"r{uuid4().hex[:10]}"
    return run(
        lambda command, at: operations.add_role(
            code=code, name_en=code, name_zh=code, operations=[], command=command, at=at
        )
    ).pk


def signals(frames):
    """The ids of the records that some frames tell of."""
    return [
        json.loads(line[6:])["id"]
        for line in frames.decode().splitlines()
        if line.startswith("data: ") and line != "data: {}"
    ]


def position_in(frames):
    return [line[4:] for line in frames.decode().splitlines() if line.startswith("id: ")][-1]


@pytest.fixture
def known(monkeypatch):
    """Whoever listens is let go on, with the rights he came with, unless a test says otherwise."""
    actors = {}
    monkeypatch.setattr(feed, "actors_behind", lambda asked: {c: actors[c] for c in asked})
    return actors


@asynccontextmanager
async def following(held, stream):
    """A stream that is followed in the background; what it sends, piece by piece."""
    sent = asyncio.Queue()

    async def pour():
        async for frames in held.follow(stream):
            await sent.put(frames)
        await sent.put(None)

    task = asyncio.create_task(pour())
    try:
        yield sent
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def heard(sent, seconds=10):
    return await asyncio.wait_for(sent.get(), seconds)


async def apart(call, *arguments):
    """Something that writes, in a thread of its own."""

    def closing():
        try:
            return call(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(closing)


def test_an_event_is_told_at_once_by_ids_with_a_position_that_resumes(django_db_blocker, known):
    async def scenario():
        held, actor = Streams(), somebody()
        known[SOMEBODY] = actor
        stream = held.admit(actor, SOMEBODY, await apart(get_position))
        async with following(held, stream) as sent:
            assert (await heard(sent)).startswith(b"retry: ")
            start = position_in(await heard(sent))
            role = await apart(add_role)
            frames = await heard(sent, 2)

        assert frames.startswith(f"id: {start}\nevent: signal\ndata: ".encode())
        data = json.loads(frames.decode().splitlines()[2][6:])
        assert data == {
            "event": "access.role_added.v1",
            "kind": "access.role",
            "id": str(role),
            "version": 1,
        }
        assert position_in(frames) != start
        assert (await apart(list_news, position_in(frames))).signals == ()

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_what_was_missed_comes_first_and_nothing_is_lost_or_told_to_others(
    django_db_blocker, known
):
    async def scenario():
        held, start = Streams(), await apart(get_position)
        missed = await apart(add_role)
        may, may_not = somebody(), somebody(scope=Scope(site_id=uuid4()))
        other = somebody(operation="stock.read")
        blind = {Credential(digest="site"): may_not, Credential(digest="other"): other}
        known.update({SOMEBODY: may, **blind})

        async def listen(actor, credential):
            told = []
            async with following(held, held.admit(actor, credential, start)) as sent:
                with suppress(TimeoutError):
                    while True:
                        told += signals(await heard(sent, 1.5))
            return told

        async def act():
            await asyncio.sleep(0.3)
            return await apart(add_role)

        *told, happened = await asyncio.gather(
            listen(may, SOMEBODY), *(listen(a, c) for c, a in blind.items()), act()
        )
        assert told == [[str(missed), str(happened)], [], []]

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_a_reader_who_knows_more_than_the_feed_read_last_misses_and_repeats_nothing(
    django_db_blocker, known, monkeypatch
):
    async def deaf(connection, seconds):
        await asyncio.sleep(seconds)

    monkeypatch.setattr(feed, "_woken", deaf)  # the feed looks every two seconds only

    async def scenario():
        held, actor = Streams(), somebody()
        known[SOMEBODY] = actor
        first = held.admit(actor, SOMEBODY, await apart(get_position))
        async with following(held, first) as early:
            await heard(early)
            await heard(early)
            before = await apart(add_role)
            late = held.admit(actor, SOMEBODY, await apart(get_position))
            async with following(held, late) as sent:
                await heard(sent)
                assert b"event" not in await heard(sent)
                assert signals(await heard(early)) == [str(before)]
                after = await apart(add_role)
                assert signals(await heard(sent)) == [str(after)]

    with committing(django_db_blocker):
        asyncio.run(scenario())


@pytest.mark.parametrize("since", ["", "nonsense", "1.1.1-5:5:", "\nevent: signal\ndata: {}"])
def test_from_where_nobody_knows_everything_is_fetched_anew(django_db_blocker, known, since):
    async def scenario():
        held, actor = Streams(), somebody()
        known[SOMEBODY] = actor
        async with following(held, held.admit(actor, SOMEBODY, since)) as sent:
            assert b"event" not in await heard(sent)
            assert b"event: reset\ndata: {}\n\n" in await heard(sent)
            role = await apart(add_role)
            assert signals(await heard(sent)) == [str(role)]

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_more_than_the_backlog_is_fetched_anew(django_db_blocker, known, monkeypatch):
    monkeypatch.setattr(queries, "BACKLOG", 3)

    async def scenario():
        held, actor, start = Streams(), somebody(), await apart(get_position)
        known[SOMEBODY] = actor
        for _ in range(4):
            await apart(add_role)
        async with following(held, held.admit(actor, SOMEBODY, start)) as sent:
            await heard(sent)
            frames = await heard(sent)
        assert (signals(frames), b"event: reset" in frames) == ([], True)

    with committing(django_db_blocker):
        asyncio.run(scenario())


@pytest.mark.parametrize("now", [None, somebody()])
def test_a_stream_whose_actor_is_gone_or_changed_ends_with_a_reset(
    django_db_blocker, known, monkeypatch, now
):
    monkeypatch.setattr(feed, "CHECK_SECONDS", 0.2)

    async def scenario():
        held, actor = Streams(), somebody()
        known[SOMEBODY] = actor
        async with following(held, held.admit(actor, SOMEBODY, await apart(get_position))) as sent:
            await heard(sent)
            await heard(sent)
            known[SOMEBODY] = now
            assert b"event: reset" in await heard(sent, 2)
            assert await heard(sent, 2) is None

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_streams_end_when_it_cannot_be_asked_who_may_listen_and_begin_anew(
    django_db_blocker, known, monkeypatch
):
    monkeypatch.setattr(feed, "CHECK_SECONDS", 0.2)

    async def scenario():
        held, actor, start = Streams(), somebody(), await apart(get_position)
        known[SOMEBODY] = actor
        async with following(held, held.admit(actor, SOMEBODY, start)) as sent:
            await heard(sent)
            await heard(sent)
            del known[SOMEBODY]  # raises, as a database that is away does
            assert await heard(sent, 2) is None
            role = await apart(add_role)
        known[SOMEBODY] = actor
        async with following(held, held.admit(actor, SOMEBODY, start)) as sent:
            await heard(sent)
            assert signals(await heard(sent)) == [str(role)]

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_the_reads_do_not_grow_with_the_streams(django_db_blocker, known, monkeypatch):
    reads = []

    def counted(*arguments):
        reads.append(arguments)
        return list_news(*arguments)

    monkeypatch.setattr(feed, "list_news", counted)

    async def scenario():
        held, start = Streams(), await apart(get_position)
        people = {Credential(digest=str(n)): somebody() for n in range(40)}
        known.update(people)
        async with asyncio.timeout(30):
            open_ = [following(held, held.admit(a, c, start)) for c, a in people.items()]
            sents = [await each.__aenter__() for each in open_]
            for sent in sents:
                await heard(sent)
                await heard(sent)
            before = len(reads)
            role = await apart(add_role)
            for sent in sents:
                assert signals(await heard(sent)) == [str(role)]
            assert len(reads) - before <= 2  # the wake, and perhaps a regular look
            for each in open_:
                await each.__aexit__(None, None, None)

    with committing(django_db_blocker):
        asyncio.run(scenario())


def test_a_silent_stream_sends_a_heartbeat_with_its_position(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.05)

    async def scenario():
        return await Stream(somebody(), SOMEBODY, "7").next()

    assert asyncio.run(scenario()) == b": heartbeat\nid: 7\n\n"


def test_a_reader_too_slow_fetches_anew_and_holds_no_memory(monkeypatch):
    monkeypatch.setattr(streams, "BACKLOG", 5)
    lamps = Visibility("tests.lamp", Role, "access.read")

    async def scenario():
        stream = Stream(somebody(), SOMEBODY, "0")
        for n in range(1, 10):
            stream.tell(News(str(n), (Signal(b"x" * 1000, lamps, EVERYWHERE),)))
        return await stream.next()

    frames = asyncio.run(scenario())
    assert frames.startswith(b"id: 6\nevent: reset\n")
    assert frames.count(b"x" * 1000) == 3


def test_a_person_and_a_process_have_so_many_streams_and_no_more(monkeypatch):
    monkeypatch.setattr(streams, "STREAMS_A_PROCESS", rules.STREAMS_A_PERSON + 1)
    held, actor = Streams(), somebody()

    kept = [held.admit(actor, SOMEBODY, "") for _ in range(rules.STREAMS_A_PERSON)]
    with pytest.raises(TooManyStreams):
        held.admit(actor, SOMEBODY, "")
    kept.append(held.admit(somebody(), SOMEBODY, ""))
    with pytest.raises(StreamsFull):
        held.admit(somebody(), SOMEBODY, "")

    kept.clear()  # answers that were never sent
    held.admit(actor, SOMEBODY, "")


@pytest.mark.django_db
def test_a_kind_that_nobody_declares_visible_is_told_to_nobody():
    start = get_position()
    lamp = Reference("tests.unseen", uuid4(), "LAMP", 1)
    run(lambda command, at: record_event(LampLit(lamp, None, None, "red"), command, at))

    assert (list_news(start).signals, list_news(start).is_complete) == ((), True)


@pytest.mark.django_db
def test_the_reads_of_news_do_not_grow_with_the_news():
    counts = []
    for n in (1, 30):
        start = get_position()
        for _ in range(n):
            add_role()
        with CaptureQueriesContext(connection) as captured:
            list_news(start)
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_all_who_listen_are_looked_at_in_four_queries():
    people = [caller("access.read") for _ in range(5)]
    asked = {Credential(digest=token_digest(p.token or "")): p.token or "" for p in people}
    with CaptureQueriesContext(connection) as captured:
        found = actors_behind([*asked, Credential(digest="unknown"), Credential("no session")])

    assert len(captured) == 4
    assert found == {c: get_actor_by_token(token) for c, token in asked.items()}
