"""The test database, as a pytest plugin (`addopts = -p`): ready before Django reads its settings.

Made once a run from the migrations and copied for every xdist worker. Tests run as the application
role, so a missing grant or a forbidden update shows at once. A test runs inside a transaction that
is rolled back; a test that must commit makes a database of its own with `committing_database`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from zhiliu.config.launch.roles import DatabaseUrls
from zhiliu.config.launch.testing import create_database, throwaway_server

TEMPLATE = "zhiliu_template"
_server: dict[str, Any] = {}


def migrate(urls: DatabaseUrls) -> None:
    """Run all migrations, triggers and grants on a database, in a process of their own."""
    env = {**os.environ, "ZHILIU_OWNER_URL": urls.owner, "ZHILIU_APP_URL": urls.app}
    subprocess.run([sys.executable, "-m", "zhiliu.config.migrate"], env=env, check=True)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[Any]:
    """Start the server, make the template and this process's copy, and name them to Django."""
    os.environ.setdefault("ZHILIU_SECRET_KEY", "only-for-tests")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    stack = ExitStack()
    urls = stack.enter_context(throwaway_server())
    early_config.add_cleanup(stack.close)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        os.environ["ZHILIU_TEST_TEMPLATE"] = f"{TEMPLATE}_{os.getpid()}"
        migrate(create_database(urls, os.environ["ZHILIU_TEST_TEMPLATE"]))
    template = os.environ["ZHILIU_TEST_TEMPLATE"]
    own = create_database(urls, f"zhiliu_{worker or 'main'}_{os.getpid()}", template)
    os.environ["ZHILIU_APP_URL"], os.environ["ZHILIU_OWNER_URL"] = own.app, own.owner
    _server["urls"] = urls
    return (yield)


_copies = iter(range(1, 1_000_000))


def committing_database() -> DatabaseUrls:
    """A fresh copy of the migrated database, for a test that really commits."""
    name = f"zhiliu_copy_{os.getpid()}_{next(_copies)}"
    return create_database(_server["urls"], name, os.environ["ZHILIU_TEST_TEMPLATE"])
