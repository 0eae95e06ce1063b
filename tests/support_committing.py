"""For tests that really commit: several connections, threads or processes on one database.

Ordinary tests run inside a transaction that is rolled back, where nobody else sees their rows and
no two connections can race. Such a test does this instead, without the `django_db` mark:

    def test_two_at_once(django_db_blocker):
        with committing(django_db_blocker) as urls:      # a fresh migrated database, empty
            answers = at_once(lambda n: call(n), 16)     # 16 threads, one connection each

Inside, Django's default connection is a new one on the fresh database, in autocommit, for this
thread and for every thread that `at_once` or `in_thread` starts; `urls` are its addresses for
child processes (ZHILIU_APP_URL, ZHILIU_OWNER_URL), which are also set in the environment. After
it, the former connection is back and the database is dropped.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest import mock

import psycopg
from django.db import connection, connections
from psycopg import conninfo

from zhiliu.config.launch.pytest_database import committing_database
from zhiliu.config.launch.roles import DatabaseUrls
from zhiliu.config.launch.testing import drop_database

Result = TypeVar("Result")


@contextmanager
def committing(django_db_blocker: Any) -> Iterator[DatabaseUrls]:
    """Point Django at a fresh database on which everything commits; put all back afterwards."""
    urls = committing_database()
    name = str(conninfo.conninfo_to_dict(urls.app)["dbname"])
    environment = {"ZHILIU_APP_URL": urls.app, "ZHILIU_OWNER_URL": urls.owner}
    before = connections["default"]
    # Threads make their connections from these settings, this one too. Only the name differs: the
    # copy lies on the same server and belongs to the same roles.
    with (
        mock.patch.dict(connections.settings["default"], {"NAME": name}),
        mock.patch.dict(os.environ, environment),
        django_db_blocker.unblock(),
    ):
        connections["default"] = connections.create_connection("default")
        try:
            yield urls
        finally:
            connection.close()
            connections["default"] = before
            _drop(urls, name)


def _drop(urls: DatabaseUrls, name: str) -> None:
    maintenance = conninfo.make_conninfo(urls.owner, dbname="zhiliu_maintenance")
    with psycopg.connect(maintenance, autocommit=True) as owner:
        drop_database(owner, name)


def at_once(call: Callable[[int], Result], workers: int) -> list[Result | Exception]:
    """Run `call(0)` to `call(workers - 1)` in as many threads that start together.

    What a call raises stands in its place of the list.
    """
    start = threading.Barrier(workers, timeout=30)

    def one(number: int) -> Result | Exception:
        try:
            connection.ensure_connection()
            start.wait()
            return call(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, range(workers)))


@contextmanager
def in_thread(call: Callable[[], Result]) -> Iterator[Future[Result]]:
    """Run `call` in a thread with a connection of its own while the block runs."""

    def closing() -> Result:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(closing)
