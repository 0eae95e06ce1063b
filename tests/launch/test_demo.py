"""The demo and the real history once, from an empty folder to a restored backup."""

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.harness import Installation, Started, assert_one_sentence, eventually
from zhiliu.config.launch.testing import temporary_folder
from zhiliu.contexts.connectors.tests.source import change, expected, read, small_copy

pytestmark = pytest.mark.slow

COUNTED = "SELECT count(*) FROM commands_donecommand WHERE operation = 'inspections.record_result'"
NAMES = ("received", "rejected", "in_stock")


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[Installation, str]]:
    """Give an installation after its first start, and what that said."""
    with temporary_folder() as parent:
        installation = Installation(parent / "data")
        code, said = installation.zhiliu("demo", "--no-serve")
        assert code == 0, said
        yield installation, said


def replayed(installation: Installation, folder: Path) -> dict[str, object]:
    """Replay a folder to its end; the one JSON object that is printed."""
    code, said = installation.zhiliu("replay", "adventureworks", str(folder), "--json")
    assert code == 0, said
    totals: dict[str, object] = json.loads(said)
    return totals


def test_the_first_start_loads_and_the_second_keeps(demo: tuple[Installation, str]) -> None:
    installation, said = demo
    assert "Loading the demo plant" in said
    users = [line.split()[:2] for line in said.splitlines() if line.startswith("  ")]
    assert [name for name, _ in users] == [
        "admin",
        "buyer",
        "warehouse",
        "inspector",
        "quality",
        "production",
        "metrologist",
        "auditor",
    ]

    code, again = installation.zhiliu("demo", "--no-serve")

    assert code == 0
    assert "Loading" not in again
    assert [line.split()[:2] for line in again.splitlines() if line.startswith("  ")] == users


def test_the_invariants_hold_in_the_demo_and_in_its_restored_backup(
    demo: tuple[Installation, str], installation: Installation
) -> None:
    source, _ = demo
    backup = source.folder.parent / "demo.backup"
    code, said = source.zhiliu("check", "--json")
    assert code == 0, said

    assert source.zhiliu("backup", str(backup)) == (0, "")
    assert installation.zhiliu("restore", str(backup)) == (0, "")

    code, restored = installation.zhiliu("check", "--json")
    assert code == 0, restored
    assert json.loads(restored) == json.loads(said)
    lots = "SELECT count(*), sum(initial_quantity) FROM stock_lot"
    assert installation.run("sql", "app", lots) == source.run("sql", "app", lots)


def test_a_killed_replay_goes_on_and_a_second_one_adds_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    folder = small_copy(tmp_path / "source", tuple(str(n) for n in range(1, 101)))
    change(folder, "purchase_order_detail", 4, order_qty="400", received_qty="396")
    command = [sys.executable, "-m", "zhiliu.config.cli", "replay", "adventureworks", str(folder)]
    replay = Started(command, installation.environment())

    def counted() -> int:
        code, said = installation.run("sql", "app", COUNTED)
        return int(said) if code == 0 else 0  # the tables are still being made

    eventually(lambda: counted() >= 5)
    replay.signal(signal.SIGKILL)
    replay.end()
    done = int(installation.run("sql", "app", COUNTED)[1])
    assert 5 <= done < len(read(folder, "purchase_order_detail"))

    totals = replayed(installation, folder)

    assert {name: totals[name] for name in NAMES} == expected(folder)
    assert replayed(installation, folder) == totals
    assert installation.zhiliu("check")[0] == 0


def test_a_broken_source_is_one_sentence_and_leaves_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    folder = small_copy(tmp_path / "source")
    change(folder, "purchase_order_detail", 3, product_id="99999")

    for verb in ("import", "replay"):
        code, said = installation.zhiliu(verb, "adventureworks", str(folder))

        assert code == 2
        assert_one_sentence(said, "Row 3 of purchase_order_detail.csv", "no product 99999")
    code, said = installation.zhiliu("import", "adventureworks", str(tmp_path / "none"))
    assert code == 2
    assert_one_sentence(said, "unit_measure.csv is missing", "Name the folder")
    assert installation.zhiliu("migrate") == (0, "")
    assert installation.run("sql", "app", "SELECT count(*) FROM catalog_unit") == (0, "0\n")
