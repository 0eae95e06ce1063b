"""The supervisor: web and worker stay up beside their database and stop in good order.

Stopping goes web (stop accepting, finish requests), worker, then, by the caller, the database.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from zhiliu.config.launch import signals
from zhiliu.config.launch.children import kill_group, kill_leftovers, spawn
from zhiliu.config.launch.refusals import LaunchRefused

_LOOK_SECONDS: Final = 0.1
_STEADY_SECONDS: Final = 10.0
_LONGEST_WAIT_SECONDS: Final = 30.0
_GIVE_UP_AFTER: Final = 5


@dataclass(frozen=True)
class ChildSpec:
    """What the supervisor keeps running; after `grace_seconds` of stopping it is killed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    grace_seconds: float = 20.0


class _Child:
    """One kept process: restarted with a growing pause, given up when it never stayed up."""

    def __init__(self, spec: ChildSpec, folder: str) -> None:
        self.spec = spec
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._failures = 0
        self._was_steady = False

    def keep(self, now: float) -> None:
        if self._process is None:
            if now >= self._start_again_at:
                self._process = spawn(self.spec.command, self._folder, self.spec.environment)
                self._started_at = now
            return
        if now - self._started_at > _STEADY_SECONDS:
            self._failures, self._was_steady = 0, True
        exit_code = self._process.poll()
        if exit_code is not None:
            kill_group(self._process)  # what it started itself must not keep the port
            self._process = None
            self._failures += 1
            if self._failures >= _GIVE_UP_AFTER and not self._was_steady:
                raise LaunchRefused("child_keeps_ending", child=self.spec.name, exit_code=exit_code)
            self._start_again_at = now + pause_seconds(self._failures)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        deadline = time.monotonic() + self.spec.grace_seconds
        while time.monotonic() < deadline and not signals.hurried():
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LOOK_SECONDS)
                break
        kill_group(self._process)
        self._process = None


def pause_seconds(failures: int) -> float:
    """Return how long to wait before start number `failures` + 1: 0.5, 1, 2, ... at most 30 s."""
    return float(min(_LONGEST_WAIT_SECONDS, 0.5 * 2 ** (failures - 1)))


def supervise(
    children: Sequence[ChildSpec],
    *,
    folder: str,
    keep_database: Callable[[], None],
    is_up: Callable[[], bool],
    announce: Callable[[], None],
) -> None:
    """Keep the children and the database running until a signal asks to stop.

    `keep_database` restarts a database that died and raises when it cannot; `announce` is called
    once, as soon as `is_up`. Refuses with `child_keeps_ending` and whatever `keep_database`
    refuses five times in a row. Leaves no child in any case.
    """
    kill_leftovers(folder)
    kept = [_Child(spec, folder) for spec in children]
    database = _Database(keep_database)
    announced = False
    with signals.watched():
        try:
            while not signals.received():
                now = time.monotonic()
                database.keep(now)
                for child in kept:
                    child.keep(now)
                if not announced and is_up():
                    announce()
                    announced = True
                time.sleep(_LOOK_SECONDS)
        finally:
            for child in kept:
                child.stop()


class _Database:
    """Looks after the database once a second."""

    def __init__(self, keep_database: Callable[[], None]) -> None:
        self._keep = keep_database
        self._next_at = 0.0
        self._failures = 0

    def keep(self, now: float) -> None:
        if now < self._next_at:
            return
        try:
            self._keep()
        except LaunchRefused as refusal:
            self._failures += 1
            if self._failures >= _GIVE_UP_AFTER:
                raise
            print(refusal, file=sys.stderr)
            self._next_at = now + pause_seconds(self._failures)
        else:
            self._failures = 0
            self._next_at = now + 1.0
