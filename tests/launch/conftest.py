"""Fixtures of the launcher's tests."""

import time
from collections.abc import Iterator
from contextlib import suppress

import psutil  # type: ignore[import-untyped]
import pytest

from tests.launch.harness import External, Installation
from zhiliu.config.launch.embedded import THROWAWAY, EmbeddedServer
from zhiliu.config.launch.testing import temporary_folder


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of the tests that start and kill whole installations."""
    config.addinivalue_line("markers", "slow: starts and stops real servers, takes seconds")


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Give an installation on a folder that does not exist yet; afterwards no process is left."""
    with temporary_folder() as parent:
        installation = Installation(parent / "data")
        yield installation
        gone_by = time.monotonic() + 5  # a killed server's helpers notice within a moment
        while (left := installation.processes()) and time.monotonic() < gone_by:
            time.sleep(0.05)
        for process in left:
            with suppress(psutil.Error):
                process.kill()
        assert left == []


@pytest.fixture
def external() -> Iterator[External]:
    """Give an external server that Zhiliu never saw before."""
    with temporary_folder() as home:
        server = EmbeddedServer(home, home / "s", password="secret", settings=THROWAWAY)
        try:
            server.create()
            server.ensure_running()
            yield External(server)
        finally:
            server.stop(hurry=True)
