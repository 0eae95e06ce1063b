"""The web process itself: the bridge under the server that it is made for."""

import http.client
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.launch.harness import Installation, Started, eventually, free_port, get
from tests.launch.webapp import LIMIT
from zhiliu.config.launch.serving import web_child
from zhiliu.platform.live.rules import STREAMS_A_PROCESS

pytestmark = pytest.mark.slow


@dataclass
class Web:
    port: int
    started: Started

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def stream(self) -> http.client.HTTPResponse:
        """An answer that stays open; its first line has come."""
        connection = self.connect()
        connection.request("GET", "/frames")
        answer = connection.getresponse()
        assert answer.readline() == b"line\n"
        return answer


@pytest.fixture
def web(installation: Installation) -> Iterator[Web]:
    port = free_port()
    child = web_child("127.0.0.1", port, 1, application="webapp:application")
    started = Started(child.command, installation.environment(**child.environment))
    try:
        eventually(lambda: get(port, "/who"))
        yield Web(port, started)
    finally:
        started.process.terminate()
        started.end()


@pytest.mark.parametrize("size", [0, 1, 100_000, LIMIT])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_arrives_whole(web: Web, size: int, is_chunked: bool) -> None:
    body = bytes(i % 251 for i in range(size))
    connection = web.connect()

    for _ in range(2):  # the connection is kept
        connection.request("POST", "/", iter([body]) if is_chunked else body)
        answer = connection.getresponse()
        assert answer.read() == b"POST " + body
        assert answer.headers["X-Stated"] == str(size)


def test_a_body_that_is_too_long_is_answered_before_it_was_sent(web: Web) -> None:
    with socket.create_connection(("127.0.0.1", web.port), 20) as client:
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {LIMIT + 1}\r\n\r\n"
        client.sendall(head.encode() + b"x" * 100)
        assert client.recv(1000).startswith(b"HTTP/1.1 200")


def test_head_says_the_length_and_sends_nothing(web: Web) -> None:
    connection = web.connect()
    connection.request("HEAD", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")

    connection.request("GET", "/")  # the connection is still in step
    assert connection.getresponse().read() == b"GET "


def test_half_an_answer_is_seen_to_be_half(web: Web) -> None:
    connection = web.connect()
    connection.request("GET", "/half")

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        connection.getresponse().read()


def test_as_many_streams_as_there_may_be_leave_room_for_requests(web: Web) -> None:
    streams = [web.stream() for _ in range(STREAMS_A_PROCESS)]

    assert get(web.port, "/") == "GET "

    for stream in streams:
        stream.close()


def test_a_stream_whose_client_left_is_closed(web: Web) -> None:
    streams = [web.stream() for _ in range(20)]
    for stream in streams:
        stream.close()

    eventually(lambda: get(web.port, "/closed") == "20")


def test_open_streams_end_at_once_when_the_process_stops(web: Web) -> None:
    streams = [web.stream() for _ in range(20)]
    slow: list[str] = []
    thread = threading.Thread(target=lambda: slow.append(get(web.port, "/slow")))
    thread.start()
    time.sleep(0.5)  # it is being answered now
    began = time.monotonic()

    web.started.signal(signal.SIGTERM)

    for stream in streams:
        assert set(stream.read().splitlines()) <= {b"line"}  # ended, not cut
    assert time.monotonic() - began < 1.5
    thread.join(20)
    assert slow == ["GET "]
    web.started.process.wait(20)
    assert time.monotonic() - began < 4  # not the five seconds after which it is killed
