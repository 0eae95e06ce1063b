"""The streams of this process: who listens, and what each has still to be told.

Everything but `admit` runs on the event loop.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress
from threading import Lock
from weakref import WeakSet

from zhiliu.kernel.actor import Actor
from zhiliu.platform.access.public import Credential
from zhiliu.platform.live.errors import StreamsFull, TooManyStreams
from zhiliu.platform.live.feed import Feed
from zhiliu.platform.live.queries import News
from zhiliu.platform.live.rules import (
    BACKLOG,
    HEARTBEAT_SECONDS,
    STREAMS_A_PERSON,
    STREAMS_A_PROCESS,
    heartbeat,
    opening,
    reset,
    standing,
)

RETRY_MS = (1000, 3000)  # somewhere between, so that not all come again at once


class Stream:
    """One open answer: on whose behalf, and what it has still to say."""

    def __init__(self, actor: Actor, credential: Credential, since: str) -> None:
        self.actor, self.credential, self.since = actor, credential, since
        self.position = since
        self._pending: deque[bytes] = deque()
        self._waiting = 0  # signals in it
        self._wake = asyncio.Event()
        self._is_over = False

    def tell(self, news: News) -> None:
        """Add what the actor may see of the news."""
        self.position = news.position
        frames = self._told_of(news)
        if frames:
            self._pending += [*frames, standing(news.position)]
        self._settle(news)

    def tell_first(self, missed: News) -> None:
        """Put what was missed before whatever came meanwhile."""
        frames = [*self._told_of(missed), standing(missed.position)]
        self._pending.extendleft(reversed(frames))
        self._settle(missed)

    def _told_of(self, news: News) -> list[bytes]:
        frames = [s.frame for s in news.signals if s.is_for(self.actor)]
        self._waiting += len(frames)
        return frames

    def _settle(self, news: News) -> None:
        """A reader too slow for the news, or who asks from where nobody knows, fetches anew."""
        if not news.is_complete or self._waiting > BACKLOG:
            self._pending = deque([reset(self.position)])
            self._waiting = 0
        if self._pending:
            self._wake.set()

    def end(self, *, has_changed: bool = False) -> None:
        """End it; `has_changed`: what the actor may see did, so the reader fetches anew."""
        if has_changed and not self._is_over:
            self._pending.append(reset(self.position))
        self._is_over = True
        self._wake.set()

    async def next(self) -> bytes | None:
        """What to send next, a heartbeat when there was nothing for long; None at its end."""
        if not self._pending and not self._is_over:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._wake.wait()
        self._wake.clear()
        if self._pending:
            frames = b"".join(self._pending)
            self._pending.clear()
            self._waiting = 0
            return frames
        return None if self._is_over else heartbeat(self.position)


class Streams:
    """All streams of a process, with one feed for all of them while there is any."""

    def __init__(self) -> None:
        # An answer that is never sent is dropped with its stream, and so gives its place back.
        self._held: WeakSet[Stream] = WeakSet()
        self._lock = Lock()
        self._feed: Feed | None = None

    def admit(self, actor: Actor, credential: Credential, since: str) -> Stream:
        """A place for one more stream; raises StreamsFull, TooManyStreams. From any thread."""
        with self._lock:
            held = list(self._held)
            if len(held) >= STREAMS_A_PROCESS:
                raise StreamsFull(limit=STREAMS_A_PROCESS)
            if sum(s.actor.id == actor.id for s in held) >= STREAMS_A_PERSON:
                raise TooManyStreams(limit=STREAMS_A_PERSON)
            stream = Stream(actor, credential, since)
            self._held.add(stream)
            return stream

    async def follow(self, stream: Stream) -> AsyncGenerator[bytes, None]:
        """What is sent: first what was missed since its position, then what happens."""
        feed: Feed | None = None
        try:
            yield opening(stream.since, random.randint(*RETRY_MS))
            if self._feed is None or self._feed.is_over:
                self._feed = Feed()
            feed = self._feed
            await feed.join(stream)
            while (frames := await stream.next()) is not None:
                yield frames
        finally:
            if feed is not None:
                feed.leave(stream)
            with self._lock:
                self._held.discard(stream)


streams = Streams()
