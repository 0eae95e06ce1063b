"""`zhiliu replay adventureworks --scheme`: the real history under sampling schemes.

Each scheme has a throw-away database of its own on a throw-away server; the user's is never opened.
The master data and orders are brought in once and copied; scheme_run.py is the child that works on
one of these databases.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from zhiliu.config.launch.children import Step, run_together
from zhiliu.config.launch.refusals import LaunchRefused, language
from zhiliu.config.launch.roles import DatabaseUrls
from zhiliu.config.launch.testing import (
    create_database,
    drop_databases,
    temporary_folder,
    throwaway_server,
)
from zhiliu.contexts.connectors import public as connectors

ALL: Final = "all"
PREPARE: Final = "prepare"


def rehearse(
    path: Path | None, scheme: str, *, lines: int | None, skip_lot: bool, as_json: bool
) -> int:
    """Replay the history of a folder under one scheme or all, and print what became of it.

    Returns 1 when an invariant is violated in one of the databases. Raises LaunchRefused.
    """
    names = list(connectors.SCHEMES) if scheme == ALL else [scheme]
    if not connectors.SCHEMES.keys() >= set(names):
        allowed = ", ".join((*connectors.SCHEMES, ALL))
        raise LaunchRefused("scheme_unknown", scheme=scheme, allowed=allowed)
    source = path or connectors.PACKAGED
    connectors.read_adventureworks(source)  # refuses a broken one before anything is started
    asked = {"path": str(source), "lines": lines, "skip_lot": skip_lot}
    with temporary_folder() as folder:
        files = [folder / f"{n}.json" for n in range(len(names))]
        with _databases(len(names), asked) as databases:
            steps = [
                _step(name, database, {**asked, "scheme": name, "row": n, "file": str(file)})
                for n, (name, database, file) in enumerate(
                    zip(names, databases, files, strict=True)
                )
            ]
            run_together(steps, str(folder))
        accounts = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    print(json.dumps({"schemes": accounts}) if as_json else "\n".join(_told(accounts)))
    return int(any(account["violations"] for account in accounts))


@contextmanager
def _databases(count: int, asked: dict[str, Any]) -> Iterator[list[DatabaseUrls]]:
    """Copies of one database that holds the master data and the orders."""
    names = [f"rehearsal_{os.getpid()}_{n}" for n in range(count + 1)]
    with throwaway_server() as urls:
        try:
            first = create_database(urls, names[0])
            run_together([Step("zhiliu migrate", "zhiliu.config.migrate", (), _of(first))], "")
            run_together([_step(PREPARE, first, asked)], "")
            yield [create_database(urls, name, template=names[0]) for name in names[1:]]
        finally:
            drop_databases(urls, names)


def _step(name: str, database: DatabaseUrls, asked: dict[str, Any]) -> Step:
    arguments = [json.dumps({"scheme": name, **asked})]
    return Step(f"zhiliu replay {name}", "zhiliu.config.scheme_run", arguments, _of(database))


def _of(database: DatabaseUrls) -> dict[str, str]:
    return {
        "ZHILIU_OWNER_URL": database.owner,
        "ZHILIU_APP_URL": database.app,
        "ZHILIU_SECRET_KEY": "signs nothing that outlives the database",
    }


def _told(accounts: Sequence[dict[str, Any]]) -> Iterator[str]:
    lang = language()
    yield from connectors.scheme_table(accounts, lang)
    yield ""
    yield from connectors.vendor_table(accounts, lang)
