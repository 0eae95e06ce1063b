"""The bridge from ASGI to WSGI, spoken to as a server speaks to it."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from zhiliu.config import bridge
from zhiliu.config.bridge import KEPT_IN_MEMORY, Bridge, environ_of

LIMIT = 3 * KEPT_IN_MEMORY
PIECE = 64 * 1024

Start = Callable[..., None]
REQUEST = {"type": "http.request", "body": b"", "more_body": False}
GONE = {"type": "http.disconnect"}


@dataclass
class Server:
    """What a server does for one request: hands out messages, keeps what is sent."""

    messages: list[dict[str, Any]] = field(default_factory=lambda: [REQUEST])
    sent: list[dict[str, Any]] = field(default_factory=list)
    received: int = 0
    leave: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> dict[str, Any]:
        if self.received < len(self.messages):
            self.received += 1
            return self.messages[self.received - 1]
        await self.leave.wait()
        return GONE

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        assert [m["type"] for m in self.sent[1:]] == ["http.response.body"] * len(self.sent[1:])
        assert not self.sent[-1].get("more_body")
        return b"".join(m["body"] for m in self.sent[1:])


def scope(path: str = "/", method: str = "GET", **changed: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.7", "40000"),
        "headers": [(b"host", b"plant.example")],
        **changed,
    }


def ask(application: Any, server: Server | None = None, **request: Any) -> Server:
    """One request through a bridge in front of `application`."""
    server = server or Server()
    asyncio.run(
        Bridge(application, body_limit=LIMIT)(scope(**request), server.receive, server.send)
    )
    return server


def echo(environ: dict[str, Any], start_response: Start) -> list[bytes]:
    """Read exactly as much as is stated, as Django does."""
    stated = int(environ.get("CONTENT_LENGTH") or 0)
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Stated", str(stated))])
    return [environ["wsgi.input"].read(stated)]


def pieces(body: bytes) -> list[dict[str, Any]]:
    parts = [body[i : i + PIECE] for i in range(0, len(body), PIECE)]
    return [
        {"type": "http.request", "body": part, "more_body": i < len(parts) - 1}
        for i, part in enumerate(parts)
    ]


def sized(body: bytes) -> list[tuple[bytes, bytes]]:
    return [(b"content-length", str(len(body)).encode())]


def test_an_answer_comes_back_whole_with_its_length_and_lower_case_headers() -> None:
    def hello(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        headers = [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=ü")]
        start_response("404 Not Found", headers)
        return [b"no ", b"lot"]

    answer = ask(hello)

    assert answer.status == 404
    assert answer.sent[0]["headers"] == [
        (b"content-type", b"text/plain"),
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=\xfc"),
    ]
    assert answer.body == b"no lot"
    assert len(answer.sent) == 2


def test_an_empty_body_is_no_body() -> None:
    assert ask(echo, method="POST").body == b""
    assert ask(echo, method="POST").headers[b"x-stated"] == b"0"


@pytest.mark.parametrize("size", [1, PIECE, PIECE + 1, KEPT_IN_MEMORY + 1, LIMIT])
@pytest.mark.parametrize("is_stated", [True, False])
def test_a_body_arrives_byte_for_byte_whether_its_length_is_stated_or_not(
    size: int, is_stated: bool
) -> None:
    body = bytes(i % 251 for i in range(size))

    answer = ask(
        echo, Server(pieces(body)), method="POST", headers=sized(body) if is_stated else []
    )

    assert answer.body == body
    assert answer.headers[b"x-stated"] == str(size).encode()


def test_a_body_that_is_stated_too_long_is_not_read_at_all() -> None:
    server = Server(pieces(b"x" * (LIMIT + 1)))

    answer = ask(echo, server, method="POST", headers=sized(b"x" * (LIMIT + 1)))

    assert answer.headers[b"x-stated"] == str(LIMIT + 1).encode()
    assert (answer.body, server.received) == (b"", 0)


def test_a_body_without_a_length_is_read_no_further_than_proves_it_too_long() -> None:
    server = Server(pieces(b"x" * (LIMIT + 20 * PIECE)))

    answer = ask(echo, server, method="POST")

    assert LIMIT < int(answer.headers[b"x-stated"]) <= LIMIT + PIECE
    assert server.received == LIMIT // PIECE + 1


def test_a_client_that_goes_away_in_its_body_is_answered_by_nobody() -> None:
    asked: list[Any] = []
    server = Server([*pieces(b"x" * 2 * PIECE)[:1], GONE])

    ask(lambda *a: asked.append(a), server, method="POST", headers=sized(b"x" * 2 * PIECE))

    assert (server.sent, asked) == ([], [])


def test_a_client_that_stops_in_its_body_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "PATIENCE_SECONDS", 0.05)
    server = Server(pieces(b"x" * 2 * PIECE)[:1])

    answer = ask(echo, server, method="POST", headers=sized(b"x" * 2 * PIECE))

    assert (answer.status, answer.body) == (408, b"")


def test_the_environment_says_what_the_request_says() -> None:
    environ = environ_of(
        scope(
            path="/批次",
            raw_path=b"/%E6%89%B9%E6%AC%A1/a%2Fb",
            query_string=b"search=%E9%92%A2&x=1",
            scheme="https",
            headers=[
                (b"host", b"plant.example:8443"),
                (b"content-type", b"application/json"),
                (b"content-length", b"5"),
                (b"x-trace", b"a"),
                (b"X-Trace", b"b"),
                (b"cookie", b"a=1"),
                (b"cookie", b"b=2"),
                (b"accept-language", "zh-ü".encode("latin-1")),
            ],
        )
    )

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/批次/a/b"
    assert environ["QUERY_STRING"] == "search=%E9%92%A2&x=1"
    assert environ["HTTP_HOST"] == "plant.example:8443"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("application/json", "5")
    assert environ["HTTP_X_TRACE"] == "a,b"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT_LANGUAGE"] == "zh-ü"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("192.0.2.7", "https")


def test_a_header_with_an_underscore_does_not_pass_for_a_proxys() -> None:
    headers = [(b"x_forwarded_proto", b"https"), (b"x-forwarded-for", b"192.0.2.1")]

    environ = environ_of(scope(headers=headers))

    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_head_is_answered_with_the_headers_alone() -> None:
    def page(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    answer = ask(page, method="HEAD")

    assert (answer.headers[b"content-length"], answer.body) == (b"5", b"")


class Streamed:
    """An answer in pieces, as Django's: `streaming`, to be closed."""

    streaming = True

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks, self.closed_in = chunks, ""

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.chunks)

    def close(self) -> None:
        self.closed_in = threading.current_thread().name


def test_a_streamed_answer_goes_out_piece_by_piece_from_one_thread() -> None:
    threads: list[str] = []

    def chunks() -> Iterator[bytes]:
        for i in range(3):
            threads.append(threading.current_thread().name)
            yield b"%d" % i

    answer = Streamed(chunks())

    def stream(environ: dict[str, Any], start_response: Start) -> Streamed:
        threads.append(threading.current_thread().name)
        start_response("200 OK", [("Content-Type", "text/csv")])
        return answer

    server = ask(stream)

    assert server.body == b"012"
    assert [m.get("body") for m in server.sent[1:]] == [b"0", b"1", b"2", b""]
    assert set(threads) == {answer.closed_in}
    assert ask(stream, method="HEAD").body == b""


def test_a_generator_that_starts_late_is_streamed_too() -> None:
    def stream(environ: dict[str, Any], start_response: Start) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b""
        yield b"late"

    assert ask(stream).body == b"late"


def test_a_streamed_answer_ends_with_its_client() -> None:
    server, made = Server(), []

    def chunks() -> Iterator[bytes]:
        while len(made) < 1000:
            made.append(b"x")
            if len(made) == 3:
                server.leave.set()
            yield b"x"

    def stream(environ: dict[str, Any], start_response: Start) -> Streamed:
        start_response("200 OK", [])
        return Streamed(chunks())

    ask(stream, server)

    assert len(made) < 10


def failing(environ: dict[str, Any], start_response: Start) -> Any:
    raise ZeroDivisionError("a secret of the code")


def test_an_application_that_fails_is_told_to_the_log_and_not_to_the_client(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = ask(failing, path="/lots")

    assert (answer.status, answer.body) == (500, b"")
    assert "GET /lots failed" in caplog.text and "a secret of the code" in caplog.text


def test_an_answer_that_fails_half_way_is_not_ended_as_if_it_were_whole() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    def stream(environ: dict[str, Any], start_response: Start) -> Streamed:
        start_response("200 OK", [])
        return Streamed(chunks())

    server = Server()
    with pytest.raises(ZeroDivisionError):
        ask(stream, server)

    assert server.sent[-1]["more_body"]


class Followed(Streamed):
    """An answer that goes on as frames on the loop."""

    def __init__(self, frames: AsyncGenerator[bytes, None]) -> None:
        super().__init__(())
        self.frames = frames


def following(frames: AsyncGenerator[bytes, None]) -> tuple[Any, Followed]:
    answer = Followed(frames)

    def application(environ: dict[str, Any], start_response: Start) -> Followed:
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return answer

    return application, answer


def test_frames_go_out_on_the_loop_after_the_thread_gave_everything_back() -> None:
    async def frames() -> AsyncGenerator[bytes, None]:
        for i in range(2):
            assert answer.closed_in.startswith("web")
            assert threading.current_thread() is threading.main_thread()
            yield b"%d" % i

    application, answer = following(frames())

    assert ask(application).body == b"01"


def test_frames_end_with_their_client_and_are_closed() -> None:
    server, closed = Server(), []

    async def frames() -> AsyncGenerator[bytes, None]:
        try:
            yield b"one"
            server.leave.set()
            await asyncio.sleep(30)
        finally:
            closed.append(True)

    ask(following(frames())[0], server)

    assert closed == [True]


def test_frames_end_when_the_process_stops_and_none_begins_after_that() -> None:
    async def frames() -> AsyncGenerator[bytes, None]:
        yield b"one"
        await asyncio.sleep(30)

    async def scenario() -> None:
        bridged = Bridge(following(frames())[0], body_limit=LIMIT)
        server = Server()
        open_stream = asyncio.ensure_future(bridged(scope(), server.receive, server.send))
        while len(server.sent) < 2:
            await asyncio.sleep(0.01)
        lifespan = Server([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        await bridged({"type": "lifespan"}, lifespan.receive, lifespan.send)
        await asyncio.wait_for(open_stream, 5)
        assert server.body == b"one"
        assert [m["type"] for m in lifespan.sent] == [
            "lifespan.startup.complete",
            "lifespan.shutdown.complete",
        ]

        late = Server()
        again = Bridge(following(frames())[0], body_limit=LIMIT)
        again.end_streams()
        await asyncio.wait_for(again(scope(), late.receive, late.send), 5)
        assert late.body == b""

    asyncio.run(scenario())


def test_what_is_no_request_is_not_served() -> None:
    with pytest.raises(ValueError, match="websocket is not served"):
        ask(echo, type="websocket")


def test_many_requests_at_once_all_get_their_own_answer() -> None:
    async def scenario() -> None:
        bridged = Bridge(echo, body_limit=LIMIT)
        servers = [Server(pieces(b"%d" % i)) for i in range(200)]
        await asyncio.gather(*(bridged(scope(method="POST"), s.receive, s.send) for s in servers))
        assert [s.body for s in servers] == [b"%d" % i for i in range(200)]

    asyncio.run(scenario())
