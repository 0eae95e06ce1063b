"""Runs Zhiliu's commands and their stand-ins as real processes, and sees that none is left."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from zhiliu.config.launch.embedded import EmbeddedServer

STANDIN = Path(__file__).with_name("standin.py")
_PATIENCE_SECONDS = 60.0


class Started:
    """A command that runs in a process group of its own, as a shell starts it."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, text: str, seconds: float = _PATIENCE_SECONDS) -> None:
        """Wait until the command says this."""
        deadline = time.monotonic() + seconds
        while text not in self.said:
            line = self._lines.get(timeout=max(0.1, deadline - time.monotonic()))
            assert line is not None, f"it ended without saying {text!r}: {self.said}"
            self.said += line

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group, as the terminal does."""
        os.killpg(self.process.pid, number)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        code = self.process.wait(_PATIENCE_SECONDS)
        while (line := self._lines.get(timeout=_PATIENCE_SECONDS)) is not None:
            self.said += line
        return code


class Installation:
    """A data folder and the commands that run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "postgresql" / "data"

    def environment(self, **extra: str) -> dict[str, str]:
        """Return an environment without any setting of Zhiliu but the data folder."""
        own = ("ZHILIU_", "LC_", "LANG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        kept |= {"ZHILIU_DATA_DIR": str(self.folder), "LANG": "C.UTF-8"}
        path = [str(STANDIN.parent), os.environ.get("PYTHONPATH", "")]  # what we ourselves use
        kept["PYTHONPATH"] = os.pathsep.join(p for p in path if p)
        return {**kept, "PYTHONUNBUFFERED": "1", **extra}

    def start(self, *arguments: str, **extra: str) -> Started:
        """Start a stand-in."""
        return Started([sys.executable, str(STANDIN), *arguments], self.environment(**extra))

    def run(self, *arguments: str, **extra: str) -> tuple[int, str]:
        """Run a stand-in to its end; return its exit code and all it said."""
        started = self.start(*arguments, **extra)
        return started.end(), started.said

    def zhiliu(self, *arguments: str, **extra: str) -> tuple[int, str]:
        """Run the console script to its end; return its exit code and all it said."""
        command = [sys.executable, "-m", "zhiliu.config.cli", *arguments]
        started = Started(command, self.environment(**extra))
        return started.end(), started.said

    def processes(self) -> list[psutil.Process]:
        """Return every process that works on this folder."""
        return [each for each in psutil.process_iter() if self._works_here(each)]

    def _works_here(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            mentioned = any(str(self.folder) in argument for argument in process.cmdline())
            return mentioned or process.environ().get("ZHILIU_DATA_DIR") == str(self.folder)
        except psutil.Error:
            return False

    def database_process(self) -> psutil.Process | None:
        """Return the server's main process."""
        servers = (each for each in self.processes() if each.name() == "postgres")
        return next((each for each in servers if str(self.data) in each.cmdline()), None)

    def child(self, word: str) -> psutil.Process:
        """Return the supervisor's child whose command line has this word."""
        found = [each for each in self.processes() if word in _words(each)]
        return next(each for each in found if each.ppid() not in {one.pid for one in found})


def _words(process: psutil.Process) -> list[str]:
    """A process's command line; none of one that has just ended."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie too
        return []


class External:
    """A server of the customer's own; `admin` is its superuser's address."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.admin = server.admin_url()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str = "/") -> str:
    """Return what the server on this port answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return str(answer.read().decode())


def eventually(happens: Callable[[], object]) -> None:
    """Wait until this holds; errors on the way count as no."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            if happens():
                return
        except Exception:
            if time.monotonic() > deadline:
                raise
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def assert_one_sentence(said: str, *words: str) -> None:
    """Assert that a refusal is a single line with these words, and no traceback."""
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    for word in words:
        assert word in said
