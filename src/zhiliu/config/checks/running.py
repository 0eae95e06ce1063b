"""Looking at all invariants on one snapshot, and printing what was found."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import ProgrammingError, connection, transaction
from psycopg.errors import UndefinedColumn, UndefinedTable

from zhiliu.config.checks.approvals import I18
from zhiliu.config.checks.documents import I6, I7
from zhiliu.config.checks.events import I13
from zhiliu.config.checks.gate import I1, I16
from zhiliu.config.checks.gauges import I15
from zhiliu.config.checks.genealogy import I9
from zhiliu.config.checks.invariant import SHOWN, Invariant, Named, Outcome, look
from zhiliu.config.checks.ledger import I2, I3, I4
from zhiliu.config.checks.records import I5, I10, audited_versions, listed_steps
from zhiliu.config.checks.signatures import signed_records
from zhiliu.config.checks.verdicts import I17
from zhiliu.config.contexts import BUILT_CONTEXTS
from zhiliu.kernel.lifecycle import Lifecycle
from zhiliu.platform.evidence.public import Looked, NamedRow

_OTHER_VERSION = (
    "The database has not the tables of this version of Zhiliu; run `zhiliu migrate` first.",
    "数据库中没有本版质流的数据表；请先运行 `zhiliu migrate`。",
)


def invariants() -> list[Invariant]:
    """Every invariant that is checked, in the order of DESIGN.md section 7."""
    i8, i12 = listed_steps(_lifecycles()), audited_versions()
    first = [I1, I2, I3, I4, I5, I6, I7, i8, I9, I10, i12, I13]
    return [*first, signed_records(), I15, I16, I17, I18]


def look_at_all() -> list[Outcome]:
    """Look at every invariant in the transaction that is open; changes nothing."""
    with connection.cursor() as cursor:
        return [look(invariant, cursor) for invariant in invariants()]


@contextmanager
def snapshot() -> Iterator[None]:
    """One read-only snapshot of the database: all questions inside see the same moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read read only")
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("set local jit = off")
        # Right after an import the planner knows little of the tables, takes them for small and
        # joins row by row; a check may not run ANALYZE, so it asks for hashes and sorts.
        cursor.execute("set local enable_nestloop = off")
        cursor.execute("set local work_mem = '64MB'")
        yield


def look_for_platform() -> list[Looked]:
    """Every invariant on a snapshot of its own, as evidence keeps what a check run found."""
    with snapshot():
        outcomes = look_at_all()
    return [
        Looked(
            code=outcome.invariant.id,
            title_en=outcome.invariant.en,
            title_zh=outcome.invariant.zh,
            row_count=outcome.looked_at,
            violation_count=outcome.violations,
            violations=[NamedRow(**vars(row)) for row in outcome.rows],
            apart_count=outcome.apart,
            apart=[NamedRow(**vars(row)) for row in outcome.apart_rows],
        )
        for outcome in outcomes
    ]


def run(language: str, *, as_json: bool) -> int:
    """Check the database and print what was found in `language` (zh or en); returns the exit
    code: 0 clean, 1 when anything is violated, 2 when the database is not of this version."""
    try:
        with snapshot():
            outcomes = look_at_all()
    except ProgrammingError as problem:
        if not isinstance(problem.__cause__, UndefinedTable | UndefinedColumn):
            raise
        print(_OTHER_VERSION[language == "zh"], file=sys.stderr)
        return 2
    if as_json:
        print(json.dumps(_object(outcomes, language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(line for outcome in outcomes for line in lines(outcome, language)))
    return int(any(outcome.violations for outcome in outcomes))


def lines(outcome: Outcome, language: str) -> Iterator[str]:
    """The line of one invariant, and under it a line for each row that is named."""
    is_zh = language == "zh"
    name = outcome.invariant.zh if is_zh else outcome.invariant.en
    if outcome.violations:
        word = "处违反" if is_zh else "violation" + "s" * (outcome.violations > 1)
        state = f"{outcome.violations} {word}"
    else:
        state = "正常" if is_zh else "ok"
    if outcome.apart:
        state += f"，另列 {outcome.apart}" if is_zh else f", {outcome.apart} listed apart"
    looked_at = f"检查 {outcome.looked_at} 行" if is_zh else f"{outcome.looked_at} rows looked at"
    yield f"{outcome.invariant.id:<4} {name} · {looked_at} · {state}"
    yield from _named(outcome.rows, outcome.violations, "!", language)
    yield from _named(outcome.apart_rows, outcome.apart, "-", language)


def _named(rows: list[Named], count: int, mark: str, language: str) -> Iterator[str]:
    for row in rows:
        yield f"     {mark} {row.number} [{row.id}]: {row.zh if language == 'zh' else row.en}"
    if count > len(rows):
        yield f"     {mark} …  (+{count - len(rows)})"


def _object(outcomes: list[Outcome], language: str) -> dict[str, Any]:
    def shown(rows: list[Named]) -> list[dict[str, str]]:
        return [
            {"number": r.number, "id": r.id, "problem": r.zh if language == "zh" else r.en}
            for r in rows
        ]

    return {
        "ok": not any(outcome.violations for outcome in outcomes),
        "shown_at_most": SHOWN,
        "invariants": [
            {
                "id": outcome.invariant.id,
                "name": outcome.invariant.zh if language == "zh" else outcome.invariant.en,
                "looked_at": outcome.looked_at,
                "violations": outcome.violations,
                "rows": shown(outcome.rows),
                "listed_apart": outcome.apart,
                "rows_apart": shown(outcome.apart_rows),
            }
            for outcome in outcomes
        ],
    }


def _lifecycles() -> Iterator[Lifecycle]:
    for context in BUILT_CONTEXTS:
        name = f"zhiliu.contexts.{context}.states"
        if find_spec(name) is not None:
            yield from getattr(import_module(name), "LIFECYCLES", ())
