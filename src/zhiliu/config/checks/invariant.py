"""What an invariant is made of, and looking at one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhiliu.kernel.quantity import plain

SHOWN = 20  # this many rows of a rule are named; the count is exact

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """How many rows break a rule, and the first of them: `number`, `id` and what the sentence
    of the rule names."""

    count: int
    rows: Sequence[Row]


Find = Callable[[Any], Found]  # from an open cursor


@dataclass(frozen=True)
class Rule:
    """One way to break an invariant: how to find such rows, and what is wrong with one of them."""

    find: Find
    en: str
    zh: str


@dataclass(frozen=True)
class Invariant:
    """A named invariant. `looked_at` is the SQL that counts the rows under it; `apart` finds rows
    that are listed but are no violations."""

    id: str
    en: str
    zh: str
    looked_at: str
    rules: Sequence[Rule]
    apart: Sequence[Rule] = ()


@dataclass(frozen=True)
class Named:
    """One row that was found, with its sentence in both languages."""

    number: str
    id: str
    en: str
    zh: str


@dataclass(frozen=True)
class Outcome:
    """What looking at one invariant found. `violations` and `apart` are counts, `rows` and
    `apart_rows` the first of them."""

    invariant: Invariant
    looked_at: int
    violations: int
    rows: list[Named] = field(default_factory=list)
    apart: int = 0
    apart_rows: list[Named] = field(default_factory=list)


def rule(sql: str, en: str, zh: str, **parameters: Any) -> Rule:
    """A rule whose SQL selects the rows that break it, with at least `number` and `id`."""
    return Rule(lambda cursor: rows_of(cursor, sql, parameters), en, zh)


def rows_of(cursor: Any, sql: str, parameters: Mapping[str, Any]) -> Found:
    """What a query finds: the count, and the first rows."""
    cursor.execute(
        f"with broken as ({sql}) select *, count(*) over () as found_ from broken limit {SHOWN}",  # noqa: S608
        parameters,
    )
    names = [column.name for column in cursor.description]
    rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return Found(rows[0]["found_"] if rows else 0, rows)


def look(invariant: Invariant, cursor: Any) -> Outcome:
    """Look at one invariant through an open cursor."""
    cursor.execute(invariant.looked_at)
    looked_at = cursor.fetchone()[0]
    violations, rows = _apply(invariant.rules, cursor)
    apart, apart_rows = _apply(invariant.apart, cursor)
    return Outcome(invariant, looked_at, violations, rows, apart, apart_rows)


def _apply(rules: Sequence[Rule], cursor: Any) -> tuple[int, list[Named]]:
    count, named = 0, []
    for each in rules:
        found = each.find(cursor)
        count += found.count
        named += [_named(each, row) for row in found.rows]
    return count, named[:SHOWN]


def _named(broken: Rule, row: Row) -> Named:
    shown = {name: _shown(value) for name, value in row.items()}
    return Named(shown["number"], shown["id"], broken.en.format(**shown), broken.zh.format(**shown))


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return plain(value) if isinstance(value, Decimal) else str(value)
