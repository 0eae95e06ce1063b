"""The real purchase history: importing, replaying, with a progress bar for a person."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tqdm import tqdm

from zhiliu.config.launch import serving
from zhiliu.contexts.connectors import public as connectors
from zhiliu.kernel.clock import server_time


def bar(items: Iterable[Any], label: str) -> Iterable[Any]:
    """Show a progress bar on stderr when a person is looking."""
    shown: Iterable[Any] = tqdm(items, desc=label, file=sys.stderr, disable=not sys.stderr.isatty())
    return shown


def import_history(path: Path | None) -> int:
    """Import master data and orders of a folder of tables; the packaged ones by default."""
    source = connectors.read_adventureworks(path or connectors.PACKAGED)
    _bring_up_to_date()
    connectors.import_adventureworks(source, bar, server_time)
    return 0


def replay_history(arguments: list[str]) -> int:
    """Import and then drive all purchase lines; `--json` prints the totals of the ledger."""
    parser = argparse.ArgumentParser(prog="zhiliu replay adventureworks")
    parser.add_argument("path", nargs="?", type=Path, default=connectors.PACKAGED)
    parser.add_argument("--json", action="store_true", help="print one JSON object of totals")
    parser.add_argument("--lines", type=_count, help="only the first orders with so many lines")
    given = parser.parse_args(arguments)
    totals = replay(given.path, given.lines)
    if given.json:
        print(json.dumps(totals))
    else:
        print(
            f"received {totals['received']}, rejected {totals['rejected']}, "
            f"in stock {totals['in_stock']}"
        )
    return 0


def replay(path: Path, lines: int | None) -> dict[str, Any]:
    """Import, drive the first `lines` purchase lines (all when None), and count the ledger."""
    source = connectors.read_adventureworks(path)
    _bring_up_to_date()
    imported = connectors.import_master_data(source, bar, server_time)
    connectors.replay_purchases(imported, connectors.purchases(source, lines), bar)
    return connectors.get_replay_totals(imported.company)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _bring_up_to_date() -> None:
    """Migrate a new or older database; these commands may be the first that a folder sees."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        serving.migrate()
