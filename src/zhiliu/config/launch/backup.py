"""`zhiliu backup` and `zhiliu restore`: one file of pg_dump's custom format.

A backup holds the whole database without owners and rights; a restore sets these anew and brings
the data to this version. It happens in one transaction: it succeeds or changes nothing.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg import conninfo

from zhiliu.config.launch.binaries import ProgramFailed, programs, run_program
from zhiliu.config.launch.children import run_step
from zhiliu.config.launch.data_folder import open_data_folder
from zhiliu.config.launch.database import EXTERNAL, running_database
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, one_line
from zhiliu.config.launch.roles import address
from zhiliu.config.launch.serving import only_server

_MAGIC: Final = b"PGDMP"
_SYSTEM: Final = "^(pg_|information_schema$)"
_SCHEMAS: Final = "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ %s"
_RELATIONS: Final = "SELECT count(*) FROM pg_class WHERE relnamespace = ANY(%s::regnamespace[])"


def backup(file: Path) -> int:
    """Write the whole database, as of one moment, to a new file that only its owner may read."""
    file = file.absolute()
    if file.exists():
        raise LaunchRefused("file_exists", file=file)
    with running_database() as urls:
        draft = _draft(file)
        try:
            command = [_tool("pg_dump", urls.owner), "--format=custom", "--no-owner", "--no-acl"]
            command += [f"--file={draft}", f"--dbname={_without_password(urls.owner)}"]
            run_program(command, timeout=None, extra=_password(urls.owner))
            os.link(draft, file)  # unlike a rename, never over a file that appeared meanwhile
        except ProgramFailed as problem:
            if is_disk_full(problem):
                raise LaunchRefused("disk_full", folder=file.parent) from problem
            raise LaunchRefused(
                "tool_failed", tool="pg_dump", reason=one_line(problem)
            ) from problem
        except FileExistsError:
            raise LaunchRefused("file_exists", file=file) from None
        finally:
            draft.unlink(missing_ok=True)
    return 0


def restore(file: Path, *, force: bool) -> int:
    """Load a backup into the empty database, or with `force` in place of everything in it.

    Refuses a file that is no backup of this or an older Zhiliu, and a database that holds data.
    """
    file = file.absolute()
    _check_magic(file)
    folder = open_data_folder()
    with only_server(folder), running_database(folder) as urls:
        _check_migrations(file, _migrations_in(file, _tool("pg_restore", urls.owner)))
        with psycopg.connect(urls.owner) as connection:
            schemas = [row[0] for row in connection.execute(_SCHEMAS, [_SYSTEM])]
            if connection.execute(_RELATIONS, [schemas]).fetchone() != (0,) and not force:
                raise LaunchRefused("database_not_empty")
        _load(file, urls.owner, schemas)
        run_step("zhiliu migrate", "zhiliu.config.migrate", str(folder.path))
    return 0


def _draft(file: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as problem:
        if is_disk_full(problem):
            raise LaunchRefused("disk_full", folder=file.parent) from problem
        raise LaunchRefused("file_unusable", file=file, reason=problem.strerror) from problem
    os.close(handle)
    return Path(name)


def _check_magic(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as problem:
        raise LaunchRefused("file_unusable", file=file, reason=problem.strerror) from problem
    if start != _MAGIC:
        raise LaunchRefused("foreign_backup", file=file, reason="no PostgreSQL dump")


def _migrations_in(file: Path, pg_restore: str) -> set[tuple[str, str]]:
    """Return (app, migration) of every migration that the backup's database had applied."""
    command = [pg_restore, "--data-only", "--table=django_migrations", "--file=-", str(file)]
    try:
        script = run_program(command, timeout=None)
    except ProgramFailed as problem:
        raise LaunchRefused("foreign_backup", file=file, reason=one_line(problem)) from problem
    rows = re.findall(r"^\d+\t([^\t\n]+)\t([^\t\n]+)\t", script, flags=re.MULTILINE)
    return {(app, migration) for app, migration in rows}


def _check_migrations(file: Path, held: set[tuple[str, str]]) -> None:
    import django

    django.setup()
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    own = {each.label for each in apps.get_app_configs() if each.name.startswith("zhiliu.")}
    held_apps = {app for app, _ in held}
    if not held_apps & own or not held_apps <= {app for app, _ in known}:
        raise LaunchRefused("foreign_backup", file=file, reason="its tables are not Zhiliu's")
    for app, migration in sorted(held - known):
        raise LaunchRefused("newer_backup", file=file, migration=f"{app}.{migration}")


def _load(file: Path, owner_url: str, schemas: Iterable[str]) -> None:
    clearing = ["BEGIN", "SET LOCAL lock_timeout TO '10s'"]
    clearing += [f"DROP SCHEMA {name} CASCADE" for name in schemas]
    clearing += ["CREATE SCHEMA public", "GRANT USAGE ON SCHEMA public TO PUBLIC"]
    reader = [_tool("pg_restore", owner_url), "--no-owner", "--no-acl", "--file=-", str(file)]
    writer = [_tool("psql", owner_url), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    writer += ["--output=/dev/null", f"--dbname={_without_password(owner_url)}"]
    with tempfile.TemporaryFile() as said:
        failed = _pump(reader, writer, ";\n".join(clearing) + ";\n", _password(owner_url), said)
        said.seek(0)
        reason = said.read().decode(errors="replace")
    if failed:
        if is_disk_full(reason):
            raise LaunchRefused("disk_full", folder=open_data_folder().path)
        raise LaunchRefused("tool_failed", tool=failed, reason=one_line(reason))


def _pump(
    reader: list[str], writer: list[str], start: str, extra: dict[str, str], said: IO[bytes]
) -> str:
    """Feed the reader's script to the writer; return the name of the one that failed, or "".

    Only we write COMMIT, after the reader ended well: half a script changes nothing.
    """
    session = {"start_new_session": True, "stderr": said, "env": {**os.environ, **extra}}
    with (
        subprocess.Popen(reader, stdout=subprocess.PIPE, **session) as source,  # type: ignore[call-overload]
        subprocess.Popen(writer, stdin=subprocess.PIPE, **session) as target,  # type: ignore[call-overload]
    ):
        try:
            with suppress(BrokenPipeError):  # the writer met an error and ended
                target.stdin.write(start.encode())
                shutil.copyfileobj(source.stdout, target.stdin)
                if source.wait() == 0:
                    target.stdin.write(b"COMMIT;\n")
                target.stdin.close()
            source.stdout.close()
        except BaseException:
            source.kill()
            target.kill()
            raise
        if target.wait() != 0:
            return "psql"
        return "pg_restore" if source.wait() != 0 else ""


def _tool(name: str, url: str) -> str:
    """Return the wheel's program; for an external server one from the PATH, new enough for it."""
    if not os.environ.get(EXTERNAL):
        return str(programs() / name)
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10000
    found = shutil.which(name)
    version = re.search(r"(\d+)", run_program([found, "--version"])) if found else None
    if found is None or version is None or int(version[1]) < major:
        raise LaunchRefused("tool_missing", tool=name, major=major)
    return found


def _without_password(url: str) -> str:
    parts = conninfo.conninfo_to_dict(url)
    parts.pop("password", None)
    return address(conninfo.make_conninfo("", **parts))


def _password(url: str) -> dict[str, str]:
    """Return the environment that carries the password: a command line is public."""
    password = conninfo.conninfo_to_dict(url).get("password")
    return {"PGPASSWORD": str(password)} if password else {}
