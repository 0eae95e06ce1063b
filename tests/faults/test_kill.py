"""kill -9 of the web process and the worker under load: nothing that was acknowledged is lost.

The real `zhiliu serve` on a folder of its own; clients that write down what they send before they
send it; and somebody who kills at random. Two rounds in `make test`, ten with ZHILIU_NIGHTLY=1.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from tests.faults.clients import Journal, Load
from tests.launch.harness import Installation, Started, eventually, free_port, get

pytestmark = pytest.mark.slow

ROUNDS = 10 if os.environ.get("ZHILIU_NIGHTLY") == "1" else 2
LOAD_SECONDS = (11.0, 15.0) if ROUNDS == 10 else (1.0, 3.0)  # long enough to count as steady
STARTUP = Path(__file__).with_name("startup")
ROOT = Path(__file__).parents[2]


def test_no_acknowledged_write_is_lost_or_doubled(
    installation: Installation, tmp_path: Path
) -> None:
    seed = random.randrange(1_000_000)
    print(f"killing with seed {seed}")
    chance = random.Random(seed)
    port, journal = free_port(), Journal(tmp_path / "journal")
    with serving(installation, port):
        made = ask(installation, "prepare")
        with Load(port, made, journal) as load:
            for round_ in range(ROUNDS):
                time.sleep(chance.uniform(*LOAD_SECONDS))
                kill(installation, "granian" if round_ % 2 == 0 else "zhiliu.config.worker")
                if chance.random() < 0.5:
                    kill(installation, "zhiliu.config.worker" if round_ % 2 == 0 else "granian")
                eventually(lambda: get(port))
                eventually(lambda: installation.child("zhiliu.config.worker").is_running())
            time.sleep(1)
        assert load.refused == []
        sent, acknowledged = journal.read()
        assert len(acknowledged) > 10 * ROUNDS and load.unanswered > 0

        # whoever asks again is told the same, whether it was answered the first time or not
        told = {key: load.send(key, act) for key, act in sent.items()}
        assert {status for status, _ in told.values()} <= {200, 201}
        assert {key: told[key][1] for key in acknowledged} == acknowledged
        eventually(lambda: ask(installation, "look")["waiting"] == 0)

        found = ask(installation, "look")
    assert (found["recount"], found["check"]) == ([], [])
    assert found["keys"] == {key: [1, answer] for key, (_, answer) in told.items()}
    moved, labels, different = found["labels"]
    assert moved == labels == different > 0


@contextmanager
def serving(installation: Installation, port: int) -> Iterator[Started]:
    """`zhiliu serve`, with the deferred reaction of `startup`."""
    command = [sys.executable, "-m", "zhiliu.config.cli", "serve", "--port", str(port)]
    command += ["--web-workers", "1"]
    started = Started(command, environment(installation))
    try:
        started.wait_for("Zhiliu is ready")
        yield started
    finally:
        started.signal(signal.SIGINT)
        assert started.end() == 0, started.said


def environment(installation: Installation) -> dict[str, str]:
    """The interpreter's path: the start-up file, this tree's tests, and what we ourselves use."""
    path = [str(STARTUP), str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return installation.environment(PYTHONPATH=os.pathsep.join(p for p in path if p))


def ask(installation: Installation, module: str) -> Any:
    """The JSON that `prepare` or `look` prints."""
    command = [sys.executable, "-m", f"tests.faults.{module}"]
    started = Started(command, environment(installation))
    assert started.end() == 0, started.said
    return json.loads(started.said.splitlines()[-1])


def kill(installation: Installation, word: str) -> None:
    """kill -9 of the supervisor's child and of all that it started itself."""
    child = installation.child(word)
    for process in (child, *child.children(recursive=True)):
        with suppress(psutil.Error):
            process.kill()
