"""`python -m zhiliu.config.scheme_run ASKED`: one database of a replay under sampling schemes.

ASKED is one JSON object. The scheme `prepare` brings in what all schemes share; any other one is
replayed, and what became of it is written to a file, with the violations that the check found.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Do what the command line asks, in the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    import django

    django.setup()
    _work(**json.loads(sys.argv[1]))


def _work(scheme: str, path: str, lines: int | None, **asked: Any) -> None:
    from zhiliu.config.history import bar
    from zhiliu.contexts.connectors import public as connectors
    from zhiliu.kernel.clock import server_time

    source = connectors.read_adventureworks(Path(path))
    if scheme == "prepare":
        connectors.import_adventureworks(source, bar, server_time, lines)
        return
    imported = connectors.import_master_data(source, _silent, server_time)
    connectors.rehearse_purchases(
        imported,
        connectors.purchases(source, lines),
        connectors.SCHEMES[scheme],
        lambda items, label: bar(items, scheme, asked["row"]),
        skip_lot=asked["skip_lot"],
    )
    account = connectors.get_account(imported.company, scheme, skip_lot=asked["skip_lot"])
    shown = {**account.shown(), "violations": _violations(scheme)}
    Path(asked["file"]).write_text(json.dumps(shown), encoding="utf-8")


def _violations(scheme: str) -> int:
    """How many `zhiliu check` finds; which ones is told on standard error."""
    from zhiliu.config.checks.running import lines, look_at_all, snapshot
    from zhiliu.config.launch.refusals import language

    with snapshot():
        violated = [outcome for outcome in look_at_all() if outcome.violations]
    for outcome in violated:
        print(f"{scheme}: " + "\n".join(lines(outcome, language())), file=sys.stderr)
    return sum(outcome.violations for outcome in violated)


def _silent(items: Any, _label: str) -> Any:
    return items


if __name__ == "__main__":
    main()
