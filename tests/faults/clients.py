"""Clients under load that keep a journal: what was sent and what was acknowledged, on disk."""

import json
import os
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, TextIO
from uuid import NAMESPACE_OID, uuid5

CLIENTS = 4
PATIENCE_SECONDS = 15
PAUSE_SECONDS = 0.2  # after no answer: the supervisor is starting the web process again


class Journal:
    """One line an act, synced before the request goes out and after its answer came in."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self.path = path

    def write(self, word: str, key: str, value: Any) -> None:
        with self._lock:
            self._file.write(json.dumps([word, key, value]) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What was sent, and the exact answers that were acknowledged, by key."""
        sent, acknowledged = {}, {}
        for line in self.path.read_text("utf-8").splitlines():
            word, key, value = json.loads(line)
            (sent if word == "sent" else acknowledged)[key] = value
        return sent, acknowledged


class Load:
    """Clients that post goods until they are told to stop."""

    def __init__(self, port: int, made: dict[str, Any], journal: Journal) -> None:
        self.port, self.made, self.journal = port, made, journal
        self.stop = threading.Event()
        self.unanswered = 0
        self.refused: list[str] = []
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(CLIENTS)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, client: int) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            key = f"load-{client}-{number}"
            act = self._act(key, client + number)
            self.journal.write("sent", key, act)
            status, answer = self.send(key, act)
            if status in (200, 201):
                self.journal.write("acknowledged", key, answer)
            elif status == 0:
                self.unanswered += 1
                self.stop.wait(PAUSE_SECONDS)
            else:
                self.refused.append(f"{status} {answer}")

    def _act(self, key: str, n: int) -> list[Any]:
        """An address and a body: issues, moves there and back, and finds that make new lots."""
        lot, places = self.made["lots"][n % len(self.made["lots"])], self.made["places"]
        part = {"place_id": places["A-01"], "owner_id": self.made["own"], "quantity": "1"}
        if n % 4 == 0:
            return [f"/lots/{lot}/move", {**part, "to_place_id": places["A-02"]}]
        if n % 4 == 1:
            found = {**part, "material_id": self.made["material"], "reason": "behind the rack"}
            return ["/found-goods", found]
        order = {"kind": "tests.order", "id": str(uuid5(NAMESPACE_OID, key)), "number": key}
        return [f"/lots/{lot}/issue", {**part, "reference": order}]

    def send(self, key: str, act: list[Any]) -> tuple[int, str]:
        """The status and the exact bytes of one request; status 0 when no answer came."""
        path, body = act
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            data=json.dumps(body).encode(),
            method="POST",
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.made['token']}",
                "Idempotency-Key": key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""
        except Exception as cut:  # half an answer is none
            if type(cut).__module__ == "http.client":
                return 0, ""
            raise
