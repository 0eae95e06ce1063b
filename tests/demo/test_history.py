"""What `zhiliu import` and `zhiliu replay` print and take."""

import json
from pathlib import Path

import pytest

from zhiliu.config.checks.running import look_at_all
from zhiliu.config.history import import_history, replay_history
from zhiliu.contexts.connectors.tests.source import expected, small_copy

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_copy(tmp_path / "source")


def test_import_says_nothing_and_replay_prints_one_object(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_history(folder) == 0
    assert capsys.readouterr() == ("", "")

    assert replay_history(folder, None, as_json=True) == 0

    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["received", "rejected", "in_stock", "by_vendor", "by_product"]
    assert {name: printed[name] for name in expected(folder)} == expected(folder)
    assert [o.invariant.id for o in look_at_all() if o.violations] == []


def test_replay_says_the_totals_in_a_line_for_a_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay_history(folder, 1, as_json=False) == 0

    assert capsys.readouterr().out == "received 3, rejected 0, in stock 3\n"
