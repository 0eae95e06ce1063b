"""docs/how-to/first-receipt.md does what it says: its very text runs against a real web process."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.launch.harness import free_port
from tests.support_committing import committing
from zhiliu.config import demo
from zhiliu.config.launch.listening import answers
from zhiliu.config.launch.serving import web_child
from zhiliu.contexts.connectors import public as connectors

TEXT = Path(__file__).parents[2] / "docs" / "how-to" / "first-receipt.md"
BLOCK = re.compile(r"^```(bash|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Tables of the packaged history that the demo plant's own materials do without.
HISTORY = {"product", "product_vendor", "bill_of_materials", "vendor"}


def small_source(folder: Path) -> Path:
    """The demo plant's tables without the history: the text orders what the plant adds to it."""
    for table in connectors.PACKAGED.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        if table.stem in HISTORY or table.stem.startswith("purchase_order"):
            rows = []
        with (folder / table.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


@contextmanager
def serving(port: int) -> Iterator[None]:
    """The web process as `zhiliu serve` runs it, on the database of the environment."""
    child = web_child("127.0.0.1", port, 1)
    process = subprocess.Popen(child.command, env={**os.environ, **child.environment})
    try:
        deadline = time.monotonic() + 60
        while not answers("127.0.0.1", port):
            assert process.poll() is None and time.monotonic() < deadline, "it never answered"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


def blocks(kind: str) -> str:
    """All blocks of a kind, one after the other."""
    found = BLOCK.findall(TEXT.read_text("utf-8"))
    return "".join(body for each, body in found if each == kind)


def run_text(port: int, passwords: dict[str, str], database: dict[str, str]) -> str:
    """Run all bash blocks as one script; what it prints. Its commands use that database."""
    assert shutil.which("curl"), "install curl: the text needs it"
    script = "".join(
        body for kind, body in BLOCK.findall(TEXT.read_text("utf-8")) if kind == "bash"
    )
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={
            **os.environ,
            **database,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "BASE": f"http://127.0.0.1:{port}",
            **{f"{name.upper()}_PASSWORD": word for name, word in passwords.items()},
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_text_runs_and_prints_what_it_says(
    tmp_path: Path, django_db_blocker: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    port = free_port()
    with committing(django_db_blocker) as urls:
        with (
            mock.patch.object(connectors, "PACKAGED", small_source(source)),
            mock.patch.dict(os.environ, {"ZHILIU_DATA_DIR": str(tmp_path)}),
        ):
            demo.main()
        passwords = json.loads((tmp_path / demo.PASSWORDS).read_text("utf-8"))
        with serving(port):
            printed = run_text(
                port,
                passwords,
                {
                    "ZHILIU_DATABASE_URL": urls.owner,
                    "ZHILIU_APP_DATABASE_URL": urls.app,
                    "ZHILIU_DATA_DIR": str(tmp_path / "commands"),
                },
            )

    assert printed == blocks("text")
