"""Who acts and who listens: one connection each, and what came in over it."""

import http.client
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.launch.harness import Started

PATIENCE_SECONDS = 20.0


class Listener:
    """A stream that is read in a thread of its own."""

    def __init__(self, port: int, since: str | None = None, **headers: str) -> None:
        self.signals: list[dict[str, Any]] = []
        self.resets = 0
        self.position = ""
        self.ended_at: float | None = None
        self._heard = threading.Condition()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        if since is not None:
            headers["Last-Event-ID"] = since
        self._connection.request("GET", "/api/v1/live", headers=headers)
        self.answer = self._connection.getresponse()
        if self.answer.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        event = ""
        try:
            for line in self.answer:
                name, _, value = line.decode().strip().partition(": ")
                with self._heard:
                    if name == "id":
                        self.position = value
                    elif name == "event":
                        event = value
                        self.resets += value == "reset"
                    elif name == "data" and event == "signal":
                        self.signals.append(json.loads(value))
                    self._heard.notify_all()
        except (OSError, ValueError, http.client.HTTPException):
            pass  # cut, or closed by us
        with self._heard:
            self.ended_at = time.monotonic()
            self._heard.notify_all()

    def wait(
        self, happens: Callable[["Listener"], object], seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Wait until this is true of it."""
        with self._heard:
            assert self._heard.wait_for(lambda: happens(self), seconds), vars(self)

    def close(self) -> None:
        """Go away."""
        if self._connection.sock is not None:  # else the server has closed it
            self._connection.sock.shutdown(socket.SHUT_RDWR)


@dataclass
class Plant:
    """A running installation, and what `prepare` made in it."""

    port: int
    serving: Started
    made: dict[str, Any]

    def act(
        self, path: str, body: dict[str, Any] | None, method: str = "POST", **headers: str
    ) -> Any:
        """One request of the administrator that must succeed."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            method=method,
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.made['admin']}",
                "Idempotency-Key": str(uuid4()),
                **headers,
            },
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read() or "null")

    def hold(self) -> str:
        """Put the lot on hold; its id."""
        lot = str(self.made["lot"])
        self.act(f"/api/v1/lots/{lot}/hold", {"cause": "manual", "reason": "look again"})
        return lot

    def listen(self, token: str, since: str | None = None) -> Listener:
        """Somebody with a token who listens, from now on or from a position."""
        listener = Listener(self.port, since, Authorization=f"Bearer {token}")
        listener.wait(lambda x: x.position or x.answer.status != 200)
        return listener

    def listen_signed_in(self, name: str) -> Listener:
        """Somebody with a session who listens."""
        cookie = self.made["people"][name]["cookie"]
        listener = Listener(self.port, Cookie=f"sessionid={cookie}")
        listener.wait(lambda x: x.position)
        return listener
