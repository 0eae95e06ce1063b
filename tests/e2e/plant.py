"""The demo plant that the browser tests share: started once a run on a throw-away data folder."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.launch.harness import Installation, Started, free_port
from zhiliu.config.demo import PASSWORDS
from zhiliu.config.launch.testing import temporary_folder

SOURCE = Path(__file__).resolve().parents[2] / "src"
LOADING_SECONDS = 600.0  # a minute when nothing else runs

# For whoever writes a test: the address and the data folder of a demo that runs already.
RUNNING = ("ZHILIU_E2E_ORIGIN", "ZHILIU_E2E_DATA_DIR")


@dataclass(frozen=True)
class Plant:
    """Where the plant is served, and who may sign in."""

    origin: str
    folder: Path
    passwords: dict[str, str]


@contextmanager
def served_plant() -> Iterator[Plant]:
    """Yield a served demo plant; afterwards none of its processes is left."""
    origin, folder = (os.environ.get(name) for name in RUNNING)
    if origin and folder:
        yield _plant(origin, Path(folder))
        return
    with temporary_folder() as parent:
        installation = Installation(parent / "data")
        port = free_port()
        command = [sys.executable, "-m", "zhiliu.config.cli", "demo", "--port", str(port)]
        serving = Started(command, installation.environment(PYTHONPATH=str(SOURCE)))
        try:
            serving.wait_for(f"http://127.0.0.1:{port}/", LOADING_SECONDS)
            # by its name: a passkey belongs to a name, never to a number
            yield _plant(f"http://localhost:{port}", installation.folder)
        finally:
            serving.signal(signal.SIGINT)
            serving.end()


def _plant(origin: str, folder: Path) -> Plant:
    passwords = json.loads((folder / PASSWORDS).read_text(encoding="utf-8"))
    return Plant(origin, folder, passwords)
