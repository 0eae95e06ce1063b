"""`zhiliu replay adventureworks --scheme` as a process: databases of its own, gone afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from zhiliu.contexts.connectors.tests.source import expected, small_copy


def ask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhiliu.config.cli", "replay", "adventureworks", *arguments],
        capture_output=True,
        text=True,
        timeout=500,
        env={**os.environ, "ZHILIU_DATA_DIR": str(folder / "data"), "ZHILIU_LANG": "en"},
    )


@pytest.mark.django_db
def test_every_scheme_is_replayed_apart_from_the_user_s_data(tmp_path: Path) -> None:
    source = small_copy(tmp_path / "source")

    done = ask(tmp_path, str(source), "--scheme", "all", "--skip-lot", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    accounts = json.loads(done.stdout)["schemes"]
    assert [account["scheme"] for account in accounts] == [
        "aql-0.65",
        "aql-1.0",
        "aql-2.5",
        "c0",
        "full",
    ]
    totals = expected(source)
    for account in accounts:
        assert account["skip_lot"] is True
        assert account["violations"] == 0
        assert account["received"] == totals["received"]
        assert account["rejected"] == totals["rejected"]
        assert sum(v["rejected"] for v in account["vendors"]) == totals["rejected"]
    assert not (tmp_path / "data").exists()
    with connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname like 'rehearsal%'")
        assert cursor.fetchall() == []


def test_one_scheme_is_told_as_tables(tmp_path: Path) -> None:
    source = small_copy(tmp_path / "source")

    done = ask(tmp_path, str(source), "--scheme", "c0", "--lines", "1")

    assert done.returncode == 0
    heads, rule, row, blank, *vendors = done.stdout.splitlines()
    assert heads.startswith("| scheme | units inspected |")
    assert row.startswith("| c0 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
    assert (rule.count("---"), blank) == (11, "")
    assert vendors[2] == "| LITWARE0001 | 3 | 0 | 0 | 0 |"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--scheme", "aql-4"),
            "There is no scheme aql-4; use one of: aql-0.65, aql-1.0, aql-2.5, c0, full, all.\n",
        ),
        (("--skip-lot",), "--skip-lot belongs to a sampling scheme; name one with --scheme.\n"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_starts(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = ask(tmp_path, *arguments)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)
    assert not (tmp_path / "data").exists()
