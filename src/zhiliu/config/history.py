"""The real purchase history: importing, replaying, with a progress bar for a person."""

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


def bar(items: Iterable[Any], label: str, row: int = 0) -> Iterable[Any]:
    """Show a progress bar on stderr when a person is looking, `row` lines below the first."""
    is_seen = sys.stderr.isatty()
    shown: Iterable[Any] = tqdm(
        items, desc=label, file=sys.stderr, disable=not is_seen, position=row
    )
    return shown


def import_history(path: Path | None) -> int:
    """Import master data and orders of a folder of tables; the packaged ones by default."""
    source = connectors.read_adventureworks(path or connectors.PACKAGED)
    _bring_up_to_date()
    connectors.import_adventureworks(source, bar, server_time)
    return 0


def replay_history(path: Path | None, lines: int | None, *, as_json: bool) -> int:
    """Import and then drive the first `lines` purchase lines; print the totals of the ledger."""
    totals = replay(path or connectors.PACKAGED, lines)
    if as_json:
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


def _bring_up_to_date() -> None:
    """Migrate a new or older database; these commands may be the first that a folder sees."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        serving.migrate()
