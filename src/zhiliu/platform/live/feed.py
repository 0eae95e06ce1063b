"""One listener for all streams of a process: woken by NOTIFY, one read a wake.

It runs while somebody listens. Whatever it cannot do, such as reaching the database, ends it and
the streams with it: their readers come again and are told what they missed, and nobody listens
longer than it can be asked whether he still may.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend
from psycopg import AsyncConnection

from zhiliu.platform.access.public import actors_behind
from zhiliu.platform.database import connection_parameters
from zhiliu.platform.live.queries import list_news
from zhiliu.platform.live.rules import CHECK_SECONDS
from zhiliu.platform.outbox.public import CHANNEL, GATHER_SECONDS, get_position

if TYPE_CHECKING:
    from zhiliu.platform.live.streams import Stream

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Feed:
    """What one process hears, as long as somebody listens."""

    def __init__(self) -> None:
        self.is_over = False
        self._listening: set[Stream] = set()
        self._told: set[Stream] = set()
        self._position = ""
        self._is_ready = asyncio.Event()
        self._turn = asyncio.Lock()
        # A thread and a connection of its own: neither waits for the requests of the process.
        self._thread = ThreadPoolExecutor(1, "live", initializer=_connect_alone)
        self._running: asyncio.Task[None] | None = None

    async def join(self, stream: "Stream") -> None:
        """Tell the stream what it missed, and from then on what happens, without a gap."""
        self._listening.add(stream)
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        await self._is_ready.wait()
        if self.is_over:
            return
        try:
            await self._read()  # so that no reader knows more than the feed does
            # What happens after this position comes with the news, what happened before from here.
            stream.position = self._position
            self._told.add(stream)
            missed = await self._apart(list_news, stream.since, stream.position)
        except Exception as error:
            logger.warning("a live stream ends: %s: %s", type(error).__name__, error)
            stream.end()
        else:
            stream.tell_first(missed)

    def leave(self, stream: "Stream") -> None:
        """The stream is told nothing more."""
        self._listening.discard(stream)
        self._told.discard(stream)

    async def _run(self) -> None:
        try:
            connection = await AsyncConnection.connect(**connection_parameters(), autocommit=True)
            async with connection:
                await connection.execute(f"listen {CHANNEL}")
                self._position = await self._apart(get_position)
                self._is_ready.set()
                await self._follow(connection)
        except Exception as error:
            logger.warning("the live streams end: %s: %s", type(error).__name__, error)
        finally:
            self.is_over = True
            self._is_ready.set()
            for stream in self._listening:
                stream.end()
            self._thread.submit(connections.close_all)
            self._thread.shutdown(wait=False)

    async def _follow(self, connection: AsyncConnection[Any]) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while self._listening:
            if loop.time() >= due:
                await self._check()
                due = loop.time() + CHECK_SECONDS
            await self._read()
            await _woken(connection, due - loop.time())
        self.is_over = True

    async def _read(self) -> None:
        """Tell everybody what happened since the last read."""
        async with self._turn:
            news = await self._apart(list_news, self._position)
            self._position = news.position
            for stream in self._told:
                stream.tell(news)

    async def _check(self) -> None:
        """End the streams whose session or token is over, or whose rights changed."""
        asked = list(self._listening)
        actors = await self._apart(actors_behind, {s.credential for s in asked})
        for stream in asked:
            if actors.get(stream.credential) != stream.actor:
                stream.end(has_changed=True)

    async def _apart(self, call: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, call, *arguments)


async def _woken(connection: AsyncConnection[Any], seconds: float) -> None:
    """Return after a notification and a moment to gather more, or after so many seconds."""
    if [n async for n in connection.notifies(timeout=max(seconds, 0), stop_after=1)]:
        [n async for n in connection.notifies(timeout=GATHER_SECONDS)]


def _connect_alone() -> None:
    """Give this thread a connection beside the pool's, that it keeps."""
    settings = dict(connections.settings[DEFAULT_DB_ALIAS])
    settings["OPTIONS"] = {k: v for k, v in settings["OPTIONS"].items() if k != "pool"}
    backend = load_backend(settings["ENGINE"])
    connections[DEFAULT_DB_ALIAS] = backend.DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
