"""One real installation for all tests that listen to it."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.conftest import pytest_configure
from tests.launch.harness import Installation, Started, free_port
from tests.live.listener import Plant
from zhiliu.config.launch.testing import temporary_folder

__all__ = ["pytest_configure"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plant() -> Iterator[Plant]:
    """`zhiliu serve` with one web process; it stops within seconds, whoever still listens."""
    with temporary_folder() as parent:
        here = Installation(parent / "data")
        path = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        environment = here.environment(PYTHONPATH=os.pathsep.join(p for p in path if p))
        port = free_port()
        command = [sys.executable, "-m", "zhiliu.config.cli", "serve", "--port", str(port)]
        serving = Started([*command, "--web-workers", "1"], environment)
        try:
            serving.wait_for("Zhiliu is ready")
            prepared = Started([sys.executable, "-m", "tests.live.prepare"], environment)
            assert prepared.end() == 0, prepared.said
            yield Plant(port, serving, json.loads(prepared.said.splitlines()[-1]))
        finally:
            serving.signal(signal.SIGINT)
            assert serving.end() == 0, serving.said
        assert here.processes() == []
