"""From ASGI to WSGI: one port for Django, in threads, and for answers that stay open, on the loop.

Granian speaks ASGI to a `Bridge`, which hands each request to the WSGI application in a thread and
sends its answer. An answer that has `frames`, an async generator of bytes, goes on after its
headers on the event loop and holds no thread, until it ends, its client goes away, or the process
stops. docs/decisions/0017 says why. Nothing here knows Django.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from types import FrameType
from typing import IO, Any, Final
from urllib.parse import unquote_to_bytes

logger = logging.getLogger(__name__)

THREADS: Final = 8
KEPT_IN_MEMORY: Final = 1024 * 1024  # a longer body goes to a temporary file
PATIENCE_SECONDS: Final = 60.0  # for the next piece of a body

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Frames = AsyncGenerator[bytes, None]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class _Answer:
    """What a thread brings back; `is_sent` when it streamed the body itself."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""
    frames: Frames | None = None
    is_sent: bool = False


class Bridge:
    """The ASGI application in front of a WSGI one.

    A body longer than `body_limit` bytes is not read to its end: the application sees its stated
    length, or as many bytes as prove it too long, and refuses it in its own words.
    """

    def __init__(self, application: Application, *, body_limit: int) -> None:
        self._application = application
        self._limit = body_limit
        self._threads = ThreadPoolExecutor(THREADS, "web")
        self._streams: set[asyncio.Task[None]] = set()
        self._is_watching = self._is_stopping = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            raise ValueError(f"{scope['type']} is not served")

    def end_streams(self) -> None:
        """End every answer that stays open; the process stops and waits for them. On the loop."""
        self._is_stopping = True
        for stream in self._streams:
            stream.cancel()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        kind = ""
        while kind != "lifespan.shutdown":
            kind = (await receive())["type"]
            if kind == "lifespan.shutdown":
                self.end_streams()
            await send({"type": f"{kind}.complete"})

    async def _http(self, scope: Message, receive: Receive, send: Send) -> None:
        environ = environ_of(scope)
        stated = environ.get("CONTENT_LENGTH", "")
        body: IO[bytes] | None = BytesIO()
        if not (stated.isdecimal() and int(stated) > self._limit):
            try:
                body, length = await _body(receive, self._limit)
            except TimeoutError:
                return await _plain(send, 408)
            if not stated and length:
                environ["CONTENT_LENGTH"] = str(length)
        if body is None:
            return  # the client went away
        with body:
            environ["wsgi.input"] = body
            outlet = _Outlet(asyncio.get_running_loop(), receive, send)
            try:
                answer = await outlet.loop.run_in_executor(
                    self._threads, self._call, environ, outlet
                )
            except Exception:
                if outlet.has_begun:
                    raise  # the server cuts the connection: half an answer is none
                logger.exception("%s %s failed", scope["method"], scope["path"])
                return await _plain(send, 500)
        if answer.is_sent:
            return await outlet.end()
        await _begin(send, answer)
        if answer.frames is not None:
            await self._stream(answer.frames, receive, send)
        await send({"type": "http.response.body", "body": answer.body})

    def _call(self, environ: dict[str, Any], outlet: "_Outlet") -> _Answer:
        """Run the application to its end, in a thread of its own."""
        begun: list[_Answer] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            encoded = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
            begun[:] = [_Answer(int(status.split(" ", 1)[0]), encoded)]

        result = self._application(environ, start_response)
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        try:
            if (frames := getattr(result, "frames", None)) is not None:
                begun[0].frames = frames
            elif isinstance(result, list) or getattr(result, "streaming", None) is False:
                begun[0].body = b"" if is_head else b"".join(result)
            else:
                for chunk in result:
                    if is_head or (chunk and not outlet.push(begun[0], chunk)):
                        break
                begun[0].is_sent = outlet.has_begun
            return begun[0]
        finally:
            # Where the application gives back what it holds for this thread: before a stream goes
            # on without it, and in the thread that it was taken in.
            getattr(result, "close", lambda: None)()

    async def _stream(self, frames: Frames, receive: Receive, send: Send) -> None:
        """Send frames until they end, the client goes away, or the process stops."""

        async def pour() -> None:
            async with aclosing(frames):
                async for frame in frames:
                    await send({"type": "http.response.body", "body": frame, "more_body": True})

        self._watch_for_the_stop()
        if self._is_stopping:
            return
        pouring = asyncio.ensure_future(pour())
        leaving = asyncio.ensure_future(_gone(receive))
        self._streams.add(pouring)
        try:
            await asyncio.wait({pouring, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._streams.discard(pouring)
            pouring.cancel()
            leaving.cancel()
            (fault, _) = await asyncio.gather(pouring, leaving, return_exceptions=True)
        if isinstance(fault, Exception):
            raise fault

    def _watch_for_the_stop(self) -> None:
        """End the streams when the process is asked to stop: granian waits for them, silently.

        Asyncio reads signals from a file descriptor and installs only an empty Python handler, so
        that this one takes nothing away from the server's own.
        """
        if self._is_watching:
            return
        self._is_watching = True
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)

            def stop(received: int, frame: FrameType | None, before: Any = before) -> None:
                loop.call_soon_threadsafe(self.end_streams)
                if callable(before):
                    before(received, frame)

            with suppress(ValueError):  # only the main thread may; tests run loops elsewhere
                signal.signal(number, stop)


class _Outlet:
    """Where a thread sends the pieces of an answer that it makes bit by bit."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop = loop
        self._receive, self._send = receive, send
        self._leaving: asyncio.Task[None] | None = None

    @property
    def has_begun(self) -> bool:
        return self._leaving is not None

    def push(self, answer: _Answer, chunk: bytes) -> bool:
        """Send a piece, the headers before the first one; False when the client went away."""
        return asyncio.run_coroutine_threadsafe(self._push(answer, chunk), self.loop).result()

    async def _push(self, answer: _Answer, chunk: bytes) -> bool:
        if self._leaving is None:
            self._leaving = asyncio.ensure_future(_gone(self._receive))
            await _begin(self._send, answer)
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        return not self._leaving.done()

    async def end(self) -> None:
        """Close the answer."""
        if self._leaving is not None:
            self._leaving.cancel()
        await self._send({"type": "http.response.body", "body": b""})


def environ_of(scope: Message) -> dict[str, Any]:
    """The WSGI environment of a request (PEP 3333), without its body.

    A header whose name has an underscore is dropped: it would pass for one that a proxy sets.
    """
    server, client = scope.get("server") or ("", ""), scope.get("client") or ("", "")
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text
    return environ


async def _body(receive: Receive, limit: int) -> tuple[IO[bytes] | None, int]:
    """The body and its length, up to the piece that passes the limit; None: the client is gone."""
    message = await _next(receive)
    if message["type"] == "http.request" and not message.get("more_body"):
        body = message.get("body", b"")
        return BytesIO(body), len(body)
    held, length = SpooledTemporaryFile(KEPT_IN_MEMORY), 0  # noqa: SIM115 - the caller closes it
    try:
        while message["type"] == "http.request":
            held.write(message.get("body", b""))
            length += len(message.get("body", b""))
            if length > limit or not message.get("more_body"):
                held.seek(0)
                return held, length
            message = await _next(receive)
    except BaseException:
        held.close()
        raise
    held.close()
    return None, length


async def _next(receive: Receive) -> Message:
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await receive()


async def _begin(send: Send, answer: _Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})


async def _gone(receive: Receive) -> None:
    """Return when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _plain(send: Send, status: int) -> None:
    """An answer without words: the application could not be asked, or gave none."""
    await _begin(send, _Answer(status, [(b"content-length", b"0"), (b"connection", b"close")]))
    await send({"type": "http.response.body", "body": b""})
