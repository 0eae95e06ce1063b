"""The real purchase history: importing, replaying, with a progress bar for a person."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from zhiliu.contexts.connectors import public as connectors


def bar(items: Iterable[Any], label: str) -> Iterable[Any]:
    """Show a progress bar on stderr when a person is looking."""
    shown: Iterable[Any] = tqdm(items, desc=label, file=sys.stderr, disable=not sys.stderr.isatty())
    return shown


def import_history(path: Path | None) -> int:
    """Import the master data of a folder of tables; the packaged ones by default."""
    connectors.import_adventureworks(path or connectors.PACKAGED, bar)
    return 0


def replay_history(arguments: list[str]) -> int:
    """Import and then drive all purchase lines; `--json` prints the totals of the ledger."""
    parser = argparse.ArgumentParser(prog="zhiliu replay adventureworks")
    parser.add_argument("path", nargs="?", type=Path, default=connectors.PACKAGED)
    parser.add_argument("--json", action="store_true", help="print one JSON object of totals")
    parser.add_argument("--lines", type=int, help="only the first orders with so many lines")
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
    orders = connectors.first_orders(connectors.read_orders(path), lines)
    imported = connectors.import_adventureworks(path, bar)
    connectors.replay_orders(imported, orders, bar)
    return connectors.get_replay_totals(imported.company)
