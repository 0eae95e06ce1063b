"""A rule table with a broken cell: the start ends with one sentence that names the cell."""

import json
import os
import subprocess
import sys
from pathlib import Path

import zhiliu
from zhiliu.platform.rules.rules import SIGNING_STRENGTH

START = """
import sys
from pathlib import Path
from zhiliu.config.launch.guard import guarded
from zhiliu.platform.rules.rules import SIGNING_STRENGTH
object.__setattr__(SIGNING_STRENGTH, "content", Path(sys.argv[1]))
import django
sys.exit(guarded(lambda: django.setup() or 0))
"""


def start(file: Path) -> "subprocess.CompletedProcess[str]":
    """Start Django as every command and process does, with `file` as the table."""
    source = str(Path(zhiliu.__path__[0]).parent)
    return subprocess.run(
        [sys.executable, "-c", START, str(file)],
        env={**os.environ, "PYTHONPATH": source, "ZHILIU_LANG": "en", "ZHILIU_SECRET_KEY": "x"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_broken_cell_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    content = json.loads(SIGNING_STRENGTH.content.read_text(encoding="utf-8"))
    (table,) = (n for n in content["nodes"] if n["type"] == "decisionTableNode")
    table["content"]["rules"][1]["verb"] = "'accept','judge"
    file = tmp_path / "signing_strength.json"
    file.write_text(json.dumps(content), encoding="utf-8")

    done = start(file)

    assert done.returncode == 2, done.stderr
    (said,) = done.stderr.splitlines()
    assert said.startswith("The rule table signatures.signing_strength cannot be used: row ")
    assert "column verb, cell 'accept','judge" in said
    assert "start anew" in said


def test_the_tables_as_they_are_start() -> None:
    assert start(SIGNING_STRENGTH.content).returncode == 0
