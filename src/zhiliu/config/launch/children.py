"""Child processes: how they start, and that none outlives us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import psutil  # type: ignore[import-untyped]

from zhiliu.config.launch.refusals import LaunchRefused

_MARK: Final = "ZHILIU_SUPERVISED"
"""Tells every child, and by inheritance its own children, which data folder it belongs to."""

EXIT_REFUSED: Final = 2
EXIT_FAULT: Final = 70  # sysexits.h: an internal software fault
EXIT_INTERRUPTED: Final = 130

_PR_SET_PDEATHSIG: Final = 1
_KILL_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.02
_prctl: Final = getattr(ctypes.CDLL(None), "prctl", None)  # Linux only


class StepEnded(Exception):
    """A step ended early and said why itself; there is nothing to add but its exit code."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


def spawn(
    command: Sequence[str], folder: str, extra: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own (Ctrl-C reaches us only) that ends when we die."""
    return subprocess.Popen(
        command,
        env={**os.environ, _MARK: folder, **(extra or {})},
        start_new_session=True,
        preexec_fn=_end_with(os.getpid()),
    )


def _end_with(parent: int) -> Callable[[], None]:
    def arrange() -> None:
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could arrange for that
            os._exit(1)

    return arrange


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a child with all that it started, also when the child itself is gone already."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_leftovers(folder: str) -> None:
    """Kill what a killed supervisor of this folder left; the caller holds the lock `serve`."""
    deadline = time.monotonic() + _KILL_SECONDS
    while time.monotonic() < deadline:
        left = [process for process in psutil.process_iter() if _belongs_to(process, folder)]
        if not left:
            return
        for process in left:
            with suppress(psutil.Error):
                process.kill()
        time.sleep(0.05)


def _belongs_to(process: psutil.Process, folder: str) -> bool:
    if process.pid == os.getpid():
        return False
    try:
        return bool(process.environ().get(_MARK) == folder)
    except (psutil.Error, OSError):
        return False  # another user's, or just ended


@dataclass(frozen=True)
class Step:
    """One of Zhiliu's modules with its arguments, the name to call it by, and its environment."""

    name: str
    module: str
    arguments: Sequence[str] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


def run_step(name: str, module: str, folder: str, *arguments: str) -> None:
    """Run one of Zhiliu's modules to its end; refuses as `run_together`."""
    run_together([Step(name, module, arguments)], folder)


def run_together(steps: Sequence[Step], folder: str) -> None:
    """Run steps side by side to their end; refuses with `step_failed` when one of them fails.

    The others end then as they do when we are interrupted: asked to stop, then killed.
    """
    guard = "zhiliu.config.launch.guard"
    running = [
        spawn([sys.executable, "-m", guard, step.module, *step.arguments], folder, step.extra)
        for step in steps
    ]
    try:
        while None in (codes := [process.poll() for process in running]) and not any(codes):
            time.sleep(_POLL_SECONDS)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            kill_group(process)
    for step, exit_code in zip(steps, codes, strict=True):
        if exit_code in (EXIT_REFUSED, EXIT_FAULT, EXIT_INTERRUPTED):
            raise StepEnded(exit_code)
        if exit_code:
            raise LaunchRefused("step_failed", step=step.name, exit_code=exit_code)
