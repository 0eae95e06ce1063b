"""What the web process serves in the tests of its server: one address for each way to answer."""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

from zhiliu.config.bridge import Bridge

LIMIT = 3 * 1024 * 1024
closed = 0


class Frames(list[bytes]):
    """An answer that stays open: a line every 50 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = self.lines()

    async def lines(self) -> AsyncGenerator[bytes, None]:
        global closed
        try:
            while True:
                yield b"line\n"
                await asyncio.sleep(0.05)
        finally:
            closed += 1


def _half() -> Iterator[bytes]:
    yield b"half"
    raise ZeroDivisionError


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    path, stated = environ["PATH_INFO"], int(environ.get("CONTENT_LENGTH") or 0)
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Stated", str(stated))])
    match path:
        case "/frames":
            return Frames()
        case "/half":
            return _half()
        case "/slow":
            time.sleep(2)
        case "/closed":
            return [str(closed).encode()]
        case "/who":
            return [str(os.getpid()).encode()]
    return [environ["REQUEST_METHOD"].encode(), b" ", environ["wsgi.input"].read(stated)]


application = Bridge(answer, body_limit=LIMIT)
