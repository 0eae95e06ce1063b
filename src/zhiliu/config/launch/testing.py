"""A throw-away database server: for the tests, and for replays that leave nothing behind.

    with throwaway_server() as urls:                       # urls: DatabaseUrls of a maintenance
        fresh = create_database(urls, "test_main")         # database; fresh: of the new database
        copy = create_database(urls, "test_2", template="test_main")

Signatures:

    throwaway_server() -> ContextManager[DatabaseUrls]
    create_database(urls: DatabaseUrls, name: str, template: str | None = None) -> DatabaseUrls

`urls.owner` is the role `zhiliu_owner` (CREATEDB, owner of what create_database makes),
`urls.app` the role `zhiliu_app`. The embedded server runs without fsync on a temporary folder and
dies with the process that started it, even when that is killed. While it runs,
ZHILIU_TEST_SERVER_URL names it in the environment, so that child processes (pytest-xdist workers)
that call throwaway_server() share it. When the variable is set from outside (the run on Debian's
PostgreSQL), that server is used and only its roles are made: a superuser, or a role with CREATEDB
and CREATEROLE.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from zhiliu.config.launch.data_folder import ROOT_HOME
from zhiliu.config.launch.embedded import THROWAWAY, EmbeddedServer
from zhiliu.config.launch.roles import (
    APP,
    OWNER,
    DatabaseUrls,
    address,
    ensure_database,
    ensure_role,
    restrict_database,
)

VARIABLE: Final = "ZHILIU_TEST_SERVER_URL"
_MAINTENANCE: Final = "zhiliu_maintenance"

# Ends when its input closes, that is when the test process is gone, and clears up after it.
_WATCH: Final = 'read _; kill -QUIT "$1"; sleep 1; rm -rf "$2"'


@contextmanager
def throwaway_server() -> Iterator[DatabaseUrls]:
    """Yield the addresses of a maintenance database on a server that nothing else uses."""
    outside = os.environ.get(VARIABLE)
    if outside:
        yield _prepared(outside)
        return
    with temporary_folder() as home:
        server = EmbeddedServer(home, home / "s", password="throw-away", settings=THROWAWAY)
        watch = None
        try:
            server.create()
            server.ensure_running()
            watch = _watch(server)
            os.environ[VARIABLE] = server.admin_url()
            yield _prepared(server.admin_url())
        finally:
            os.environ.pop(VARIABLE, None)
            server.stop(hurry=True)
            if watch is not None:
                watch.kill()
                watch.communicate()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a temporary folder that the database user reaches, also when root runs the tests."""
    base = None
    if os.geteuid() == 0:
        ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        base = ROOT_HOME
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=base))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def create_database(urls: DatabaseUrls, name: str, template: str | None = None) -> DatabaseUrls:
    """Create a database, replacing one of that name, and return its addresses."""
    with psycopg.connect(urls.owner, autocommit=True) as owner:
        drop_database(owner, name)
        ensure_database(owner, name, template=template or "template0")
    return DatabaseUrls(owner=address(urls.owner, dbname=name), app=address(urls.app, dbname=name))


def drop_databases(urls: DatabaseUrls, names: Sequence[str]) -> None:
    """Drop those of the databases that exist."""
    with psycopg.connect(urls.owner, autocommit=True) as owner:
        for name in names:
            drop_database(owner, name)


def drop_database(owner: psycopg.Connection, name: str) -> None:
    """Drop a database if there is one of that name; connections of the two roles are ended.

    Not WITH (FORCE): before PostgreSQL 17 that is refused to any but a superuser while an
    autovacuum process, which belongs to no role, is in the database. A plain drop ends such a
    process by itself and waits for what is still closing.
    """
    owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename IN (%s, %s)",
        [name, OWNER, APP],
    )
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _prepared(admin_url: str) -> DatabaseUrls:
    passwords = {role: _password(admin_url, role) for role in (OWNER, APP)}
    owner, app = (
        address(admin_url, user=role, password=password, dbname=_MAINTENANCE)
        for role, password in passwords.items()
    )
    with psycopg.connect(admin_url, autocommit=True) as admin:
        # Workers of one run come here at the same moment.
        admin.execute("SELECT pg_advisory_lock(hashtext('zhiliu'))")
        ensure_role(admin, OWNER, passwords[OWNER], createdb=True)
        ensure_role(admin, APP, passwords[APP], createdb=False)
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
        # A test's database is dropped by force, also when a connection of it is still closing:
        # who has a role's privileges may end its connections.
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
        ensure_database(admin, _MAINTENANCE)
        restrict_database(admin, _MAINTENANCE)
    return DatabaseUrls(owner=owner, app=app)


def _password(admin_url: str, role: str) -> str:
    # The same for every process that shares the server, so that none locks another out.
    return hashlib.sha256(f"{role} {admin_url}".encode()).hexdigest()


def _watch(server: EmbeddedServer) -> "subprocess.Popen[bytes]":
    process = server.process()
    number = process.pid if process else 0
    return subprocess.Popen(
        ["sh", "-c", _WATCH, "watch", str(number), str(server.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
