"""The database every command works on: the embedded server, or the one ZHILIU_DATABASE_URL names.

with running_database() as urls:
    ...                          # ZHILIU_OWNER_URL, ZHILIU_APP_URL, ZHILIU_SECRET_KEY and
                                 # ZHILIU_DATA_DIR are set for Django and for child processes
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg

from zhiliu.config.launch import signals
from zhiliu.config.launch.data_folder import DataFolder, open_data_folder
from zhiliu.config.launch.embedded import EmbeddedServer
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, one_line
from zhiliu.config.launch.roles import (
    APP,
    OWNER,
    DatabaseUrls,
    address,
    ensure_database,
    ensure_role,
)

__all__ = ["DatabaseUrls", "application_url", "embedded_server", "running_database"]

DATABASE: Final = "zhiliu"
EXTERNAL: Final = "ZHILIU_DATABASE_URL"
EXTERNAL_APP: Final = "ZHILIU_APP_DATABASE_URL"
_OLDEST_MAJOR: Final = 15
_CONNECT_SECONDS: Final = 5


@contextmanager
def running_database(folder: DataFolder | None = None) -> Iterator[DatabaseUrls]:
    """Yield the database's addresses while it runs, and put them into the environment.

    Without ZHILIU_DATABASE_URL the embedded server is started when none runs; the last command
    that uses it stops it. Refuses whatever keeps the database from being used, each in a sentence.
    """
    folder = folder or open_data_folder()
    if os.environ.get(EXTERNAL):
        urls = _external_urls(folder)
        _announce(folder, urls)
        yield urls
        return
    server = embedded_server(folder)
    users = folder.locked("users", shared=True)
    users.__enter__()
    try:
        with folder.locked("server"):
            urls = _start(folder, server)
        _announce(folder, urls)
        yield urls
    finally:
        users.__exit__(None, None, None)
        try:
            with folder.locked("users", wait=False):
                server.stop(hurry=signals.hurried())
        except BlockingIOError:
            pass  # another command still uses it and will stop it


def embedded_server(folder: DataFolder) -> EmbeddedServer:
    """Return the folder's own server, running or not."""
    if (folder.server_home / "data").exists() and not folder.has_secret("superuser"):
        raise LaunchRefused("broken_data_folder", folder=folder.path, reason="secrets.json")
    return EmbeddedServer(folder.server_home, folder.socket_folder(), folder.secret("superuser"))


def application_url() -> str:
    """Return the application role's address on an external server, for `zhiliu web` and `worker`.

    With ZHILIU_APP_DATABASE_URL set, such a machine needs to know nothing of the owner.
    """
    given = os.environ.get(EXTERNAL_APP)
    if given:
        with _connected(given, EXTERNAL_APP) as connection:
            _check_version(connection)
            _check_strength(connection, owner=None)
        return given
    return _external_urls(open_data_folder()).app


def _announce(folder: DataFolder, urls: DatabaseUrls) -> None:
    os.environ["ZHILIU_OWNER_URL"] = urls.owner
    os.environ["ZHILIU_APP_URL"] = urls.app
    os.environ["ZHILIU_DATA_DIR"] = str(folder.path)
    os.environ.setdefault("ZHILIU_SECRET_KEY", folder.secret("secret_key"))


def _start(folder: DataFolder, server: EmbeddedServer) -> DatabaseUrls:
    try:
        server.create()
        server.ensure_running()
        owner, app = folder.secret("owner"), folder.secret("app")
        with psycopg.connect(server.admin_url(), autocommit=True) as admin:
            ensure_role(admin, OWNER, owner, createdb=True)
            ensure_role(admin, APP, app, createdb=False)
            ensure_database(admin, DATABASE)
    except (OSError, psycopg.Error) as problem:
        if is_disk_full(problem):
            raise LaunchRefused("disk_full", folder=folder.path) from problem
        reason = one_line(problem)
        raise LaunchRefused("server_failed", reason=reason, log=server.log) from problem
    return DatabaseUrls(
        owner=server.url(OWNER, owner, DATABASE), app=server.url(APP, app, DATABASE)
    )


@contextmanager
def _connected(url: str, variable: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS)
    except psycopg.Error as problem:
        reason = one_line(problem)
        raise LaunchRefused("database_unreachable", variable=variable, reason=reason) from problem
    with connection:
        yield connection


def _external_urls(folder: DataFolder) -> DatabaseUrls:
    url = os.environ[EXTERNAL]
    with _connected(url, EXTERNAL) as owner:
        _check_version(owner)
        app = os.environ.get(EXTERNAL_APP) or _made_app_url(folder, owner, url)
        with _connected(app, EXTERNAL_APP) as connection:
            _check_strength(connection, owner=owner.info.user)
    return DatabaseUrls(owner=url, app=app)


def _check_version(connection: psycopg.Connection) -> None:
    found = connection.info.server_version // 10000
    if found < _OLDEST_MAJOR:
        raise LaunchRefused("database_too_old", found=found)


def _made_app_url(folder: DataFolder, owner: psycopg.Connection, url: str) -> str:
    """Create `zhiliu_app` the first time; afterwards its password is the one we kept."""
    known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone()
    if known is None:
        try:
            ensure_role(owner, APP, folder.secret("external_app"), createdb=False)
        except psycopg.Error as problem:
            raise LaunchRefused("app_role_unknown", reason=one_line(problem)) from problem
    elif not folder.has_secret("external_app"):
        raise LaunchRefused("app_role_unknown", reason="it exists, its password is not known here")
    app = address(url, user=APP, password=folder.secret("external_app"))
    try:
        psycopg.connect(app, connect_timeout=_CONNECT_SECONDS).close()
    except psycopg.Error as problem:
        raise LaunchRefused("app_role_unknown", reason=one_line(problem)) from problem
    return app


def _check_strength(app: psycopg.Connection, *, owner: str | None) -> None:
    strong = app.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if strong != (False,) or app.info.user == owner:
        raise LaunchRefused("app_role_too_strong", role=app.info.user)
