"""The embedded PostgreSQL server: create its cluster, start, adopt and stop it.

It listens on a Unix socket only and runs in a session of its own (pg_ctl sees to both), so that
neither another machine nor Ctrl-C reaches it.
"""

import os
import pwd
import shlex
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]
import psycopg

from zhiliu.config.launch.binaries import (
    ProgramFailed,
    programs,
    run_program,
    server_major,
    server_user,
)
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, one_line
from zhiliu.config.launch.roles import address

SUPERUSER: Final = "postgres"
_DEAD_PID: Final = 999_999_999  # above every system's largest process id
_START_SECONDS: Final = 120
_STOP_SECONDS: Final = 60
_LOG_BYTES: Final = 10_000_000

DURABLE: Final[Mapping[str, str]] = {"fsync": "on", "synchronous_commit": "on"}
THROWAWAY: Final[Mapping[str, str]] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
_ALWAYS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "jit": "off",
    # The application reports refused statements itself; here they would only fill the disk.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}


@dataclass(frozen=True)
class EmbeddedServer:
    """A server whose files lie in `home` (data/, log) and whose socket lies in `socket`."""

    home: Path
    socket: Path
    password: str = field(repr=False)
    settings: Mapping[str, str] = field(default_factory=lambda: DURABLE)

    @property
    def data(self) -> Path:
        """Return the cluster's folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Return the server's log file."""
        return self.home / "log"

    def url(self, role: str, password: str, database: str) -> str:
        """Return the connection address of a role in a database."""
        return address("", user=role, password=password, dbname=database, host=str(self.socket))

    def admin_url(self) -> str:
        """Return the superuser's address; only the launcher uses it."""
        return self.url(SUPERUSER, self.password, "postgres")

    def create(self) -> None:
        """Create the cluster when there is none: complete, or not at all.

        Refuses with `folder_out_of_reach`, `other_major`, `broken_data_folder`, `disk_full`.
        """
        if self.data.exists():
            self._check_version()
            return
        self._own_folder(self.home)
        self._check_reach()
        draft = self.home / "data.new"  # what a killed first start leaves
        shutil.rmtree(draft, ignore_errors=True)
        command = [str(programs() / "initdb"), "-D", str(draft), "-U", SUPERUSER]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.settings.get("fsync") == "off":
            command.append("--no-sync")
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix=".password.") as secret:
            secret.write(self.password + "\n")
            secret.flush()
            self._give(Path(secret.name))
            try:
                run_program([*command, f"--pwfile={secret.name}"], user=server_user())
            except ProgramFailed as problem:
                shutil.rmtree(draft, ignore_errors=True)
                raise self._refusal(problem) from problem
        draft.rename(self.data)

    def ensure_running(self) -> None:
        """Start the server, or adopt the one that a killed supervisor left running.

        Refuses with `server_failed`, `disk_full`. The caller holds the lock `server`.
        """
        if self.process() is not None:
            if self._answers():
                return
            self.stop()  # left without a socket, or half way through a shutdown
        self._start()

    def _start(self) -> None:
        self._forget_reused_pid()
        self._own_folder(self.socket)
        for leftover in self.socket.iterdir():
            leftover.unlink()
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            os.truncate(self.log, 0)
        written = self.log.stat().st_size if self.log.exists() else 0
        chosen = {**_ALWAYS, "unix_socket_directories": str(self.socket), **self.settings}
        options = " ".join(shlex.quote(f"--{name}={value}") for name, value in chosen.items())
        command = [*self._pg_ctl("start"), "-t", str(_START_SECONDS), "-l", str(self.log)]
        command += ["-o", options]
        for attempts_left in reversed(range(20)):
            try:
                run_program(command, user=server_user(), timeout=_START_SECONDS + 30)
            except ProgramFailed as problem:
                said = self._said_since(written) or str(problem)
                # Backends of a server that was killed need a moment to notice and end.
                if "pre-existing shared memory" not in said or not attempts_left:
                    raise self._refusal(said) from problem
                written = self.log.stat().st_size
                time.sleep(0.5)
            else:
                return

    def stop(self, *, hurry: bool = False) -> None:
        """Stop the server: connections are cut, committed data is kept; no process is left.

        In a hurry it recovers at its next start instead of writing everything out now.
        """
        self._end(hurry=hurry)
        if self.home not in self.socket.parents:
            shutil.rmtree(self.socket, ignore_errors=True)  # the short one elsewhere

    def _end(self, *, hurry: bool) -> None:
        for mode in ("immediate",) if hurry else ("fast", "immediate"):
            process = self.process()
            if process is None:
                return
            try:
                run_program(
                    [*self._pg_ctl("stop"), "-m", mode, "-t", str(_STOP_SECONDS)],
                    user=server_user(),
                )
            except ProgramFailed:
                continue  # it may have ended by itself meanwhile; the loop looks again
            self._await_end()
        process = self.process()
        if process is not None:
            process.kill()  # PostgreSQL recovers what was committed at the next start
            self._await_end()

    def process(self) -> psutil.Process | None:
        """Return the running server's main process.

        A pid file alone proves nothing: the number may be stale or belong to another program now.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            arguments = process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        ours = bool(arguments) and Path(arguments[0]).name == "postgres"
        return process if ours and str(self.data) in arguments else None

    def _answers(self) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self.process() is not None:
            try:
                psycopg.connect(self.admin_url(), connect_timeout=5).close()
            except psycopg.OperationalError as problem:
                if "starting up" not in str(problem) and "recovery" not in str(problem):
                    return False
                time.sleep(0.1)
            else:
                return True
        return False

    def _forget_reused_pid(self) -> None:
        """Take away a dead server's number when another program has it now.

        PostgreSQL would believe that program to be a running server. The rest of the file stays:
        it tells PostgreSQL which shared memory to check for surviving backends.
        """
        file = self.data / "postmaster.pid"
        try:
            first, rest = file.read_text().split("\n", 1)
            if psutil.pid_exists(int(first)):
                file.write_text(f"{_DEAD_PID}\n{rest}")
        except FileNotFoundError:
            return
        except ValueError:
            file.unlink()  # an empty or garbled file, which PostgreSQL would refuse to judge

    def _check_version(self) -> None:
        try:
            found = int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError) as problem:
            raise LaunchRefused(
                "broken_data_folder", folder=self.home, reason="data/PG_VERSION"
            ) from problem
        if found != server_major():
            raise LaunchRefused("other_major", folder=self.home, found=found, ours=server_major())

    def _own_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        entry = folder.lstat()
        user = server_user()
        wanted = os.geteuid() if user is None else pwd.getpwnam(user).pw_uid
        if entry.st_uid not in (wanted, os.geteuid()) or folder.is_symlink():
            raise LaunchRefused("foreign_owner", folder=folder, owner=entry.st_uid)
        self._give(folder)

    def _give(self, path: Path) -> None:
        user = server_user()
        if user is not None:
            entry = pwd.getpwnam(user)
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def _check_reach(self) -> None:
        user = server_user()
        if user is None:
            return
        for folder in [*reversed(self.home.parents), self.home]:
            try:
                run_program(["test", "-x", str(folder)], user=user)
            except ProgramFailed:
                raise LaunchRefused("folder_out_of_reach", user=user, folder=folder) from None

    def _pg_ctl(self, action: str) -> list[str]:
        return [str(programs() / "pg_ctl"), action, "-D", str(self.data), "-w"]

    def _said_since(self, start: int) -> str:
        try:
            with self.log.open("rb") as file:
                file.seek(start)
                return file.read().decode(errors="replace")
        except OSError:
            return ""

    def _refusal(self, problem: object) -> LaunchRefused:
        if is_disk_full(problem):
            return LaunchRefused("disk_full", folder=self.home)
        return LaunchRefused("server_failed", reason=one_line(problem), log=self.log)

    def _await_end(self) -> None:
        # Its entry may outlast it where nobody collects orphans (a container), so `process` asks.
        deadline = time.monotonic() + _STOP_SECONDS
        while self.process() is not None and time.monotonic() < deadline:
            time.sleep(0.02)
