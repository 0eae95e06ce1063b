"""The real thing once: Zhiliu's own web process and worker, from an empty folder."""

import json
import signal
import sys

import pytest

from tests.launch.harness import Installation, Started, free_port, get

pytestmark = pytest.mark.slow


def test_zhiliu_serves_stops_and_serves_again(installation: Installation) -> None:
    port = free_port()
    command = [sys.executable, "-m", "zhiliu.config.cli", "serve", "--port", str(port)]

    for _start in range(2):
        serving = Started(command, installation.environment())
        serving.wait_for(f"Zhiliu is ready: http://127.0.0.1:{port}/")

        assert "<html" in get(port)
        assert json.loads(get(port, "/api/v1/openapi.json"))["openapi"].startswith("3.1")
        assert installation.child("zhiliu.config.worker").is_running()
        serving.signal(signal.SIGINT)
        assert serving.end() == 0
        assert serving.said.count("\n") == 2
        assert installation.processes() == []
