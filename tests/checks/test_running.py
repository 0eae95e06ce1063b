"""What `zhiliu check` prints, and that it looks at one snapshot and changes nothing."""

import json
import os
import subprocess
import sys
from unittest import mock

import psycopg
import pytest
from django.db import connection
from django.db.utils import InternalError

from zhiliu.config import commands
from zhiliu.config.checks.running import invariants, look_at_all, run, snapshot

IDS = [f"I{n}" for n in (*range(1, 11), *range(12, 19))]


@pytest.fixture
def tampered(planting):
    """The history with one balance changed past the operations; put right afterwards."""
    change = "update stock_balance set quantity = quantity {} 1 where lot_id = %s returning id"
    lot = planting.history.part
    with psycopg.connect(planting.owner_url) as owner:
        (balance,) = owner.execute(change.format("+"), [lot.pk]).fetchone()
    yield lot, str(balance)
    with psycopg.connect(planting.owner_url) as owner:
        owner.execute(change.format("-"), [lot.pk])


def test_every_invariant_of_the_order_is_checked_in_both_languages():
    found = invariants()

    assert [i.id for i in found] == IDS
    assert all(i.en != i.zh and i.rules for i in found)
    assert all(r.en and r.zh and r.en != r.zh for i in found for r in (*i.rules, *i.apart))


@pytest.mark.parametrize(
    ("language", "ok", "rows"), [("en", "ok", "rows looked at"), ("zh", "正常", "检查")]
)
def test_a_clean_database_prints_one_line_an_invariant(planting, capsys, language, ok, rows):
    with mock.patch.dict(os.environ, {"ZHILIU_LANG": language}):
        assert commands.check(json=False) == 0

    printed = capsys.readouterr().out.splitlines()
    lines = [line for line in printed if not line.startswith(" ")]
    assert [line.split()[0] for line in lines] == IDS
    assert all(ok in line and rows in line for line in lines)
    assert [line.split()[0] for line in printed if line.startswith(" ")] == ["-", "-"]  # apart


def test_a_violation_is_named_and_ends_with_1(planting, tampered, capsys):
    lot, balance = tampered

    assert run("en", as_json=False) == 1

    printed = capsys.readouterr().out.splitlines()
    (line,) = (line for line in printed if "violation" in line)
    assert line.startswith("I3 ") and line.endswith("1 violation")
    (named,) = (line for line in printed if "!" in line)
    assert f"{lot.number} [{balance}]: the balance at A-02 says 11" in named


def test_json_is_one_object(planting, tampered, capsys):
    lot, balance = tampered

    assert run("zh", as_json=True) == 1

    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False and [i["id"] for i in answer["invariants"]] == IDS
    by_id = {i["id"]: i for i in answer["invariants"]}
    assert by_id["I3"]["violations"] == 1 and by_id["I3"]["looked_at"] > 20
    (row,) = by_id["I3"]["rows"]
    assert (row["number"], row["id"]) == (lot.number, balance) and "余额" in row["problem"]
    assert by_id["I1"]["listed_apart"] == 1 and by_id["I1"]["violations"] == 0


def test_twenty_rows_are_named_and_all_are_counted(planting):
    with planting.open() as execute:
        count = execute("update stock_balance set quantity = quantity + 1").rowcount
        outcome = planting.outcome("I3")

    assert count > 20 and outcome.violations >= count and len(outcome.rows) == 20


def test_nothing_can_be_written_and_nobody_elses_commit_is_seen(planting):
    lot = planting.history.part

    with snapshot():
        assert not any(o.violations for o in look_at_all())
        with psycopg.connect(planting.owner_url) as owner:
            owner.execute(
                "update stock_balance set quantity = quantity + 1 where lot_id = %s", [lot.pk]
            )
        assert not any(o.violations for o in look_at_all())
    with psycopg.connect(planting.owner_url) as owner:
        owner.execute(
            "update stock_balance set quantity = quantity - 1 where lot_id = %s", [lot.pk]
        )

    with (
        pytest.raises(InternalError, match="read-only"),
        snapshot(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from stock_lotbound")


def test_a_database_without_tables_is_one_sentence(planting, capsys):
    with mock.patch("zhiliu.config.checks.running.look_at_all", side_effect=_look_at_nothing):
        assert run("en", as_json=False) == 2

    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and "zhiliu migrate" in captured.err


def _look_at_nothing():
    with connection.cursor() as cursor:
        cursor.execute("select 1 from no_such_table")


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path):
    environment = {
        **os.environ,
        "ZHILIU_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "ZHILIU_DATA_DIR": str(tmp_path / "data"),
        "ZHILIU_LANG": "en",
    }

    done = subprocess.run(
        [sys.executable, "-m", "zhiliu.config.cli", "check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "cannot be reached" in done.stderr
