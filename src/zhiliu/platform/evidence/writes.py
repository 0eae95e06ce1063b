"""The write set: everything one command writes, sent to the database as one statement.

An operation queues its rows here; `flush` sends them all as data-modifying CTEs of a single
statement, so that a command costs one round trip however many tables it touches. Ids are UUIDv7 and
known beforehand, foreign keys are checked by PostgreSQL at the end of the statement, and whoever
reads inside the transaction flushes first (`queries` and locks call `flush`).
`tests/properties/test_write_set.py` proves the result equal to `Model.objects.create` and `save`.
"""

# ruff: noqa: S608 - table and column names come from the models, values are parameters

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED
from pydantic_core import to_json

from zhiliu.kernel.ids import new_id
from zhiliu.platform.database import execute

FEW = 4  # up to this many rows a VALUES list is planned once a count; above, arrays


class LostUpdate(Exception):
    """A row was not at the version that was read: somebody wrote it without taking its lock."""


def dump(value: Any) -> str | None:
    """One value as the text that PostgreSQL casts to the column's type.

    Everything goes as text of unknown type, so that a null or a small number never makes another
    prepared statement of the same SQL.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return to_json(value).decode()
    return str(value)


@dataclass(frozen=True)
class _Column:
    name: str
    attribute: str
    cast: str
    is_json: bool

    def read(self, row: models.Model) -> str | None:
        return self.text(getattr(row, self.attribute))

    def text(self, value: Any) -> str | None:
        if self.is_json and value is not None:
            return to_json(value).decode()
        if self.cast == "uuid" and isinstance(value, UUID):
            return value.hex  # PostgreSQL reads that too; `str` takes three times as long
        return dump(value)


@cache
def columns(model: type[models.Model]) -> tuple[_Column, ...]:
    """The columns that an insert writes: all but those the database fills by itself."""
    found = []
    for f in model._meta.concrete_fields:
        if f.db_default is not NOT_PROVIDED or f.generated:
            continue
        kind = (f.db_type(connection) or "text").split("(")[0]
        if kind.startswith("varchar"):
            kind = "text"
        found.append(_Column(str(f.column), f.attname, kind, isinstance(f, models.JSONField)))
    return tuple(found)


def _source(cols: Sequence[tuple[str, str]], count: int) -> str:
    """`values (...)` for few rows, `unnest` of arrays for many; both with exact casts."""
    if count <= FEW:
        one = "(" + ", ".join(f"%s::{c}" for _, c in cols) + ")"
        return "values " + ", ".join([one] * count)
    text = {"jsonb": "text"}
    inner = ", ".join(f"%s::{text.get(c, c)}[]" for _, c in cols)
    names = ", ".join(f"u{i}" for i in range(len(cols)))
    picked = ", ".join(f"u{i}::{c}" for i, (_, c) in enumerate(cols))
    return f"select {picked} from unnest({inner}) u({names})"


def _parameters(rows: Sequence[Sequence[str | None]]) -> list[Any]:
    if len(rows) <= FEW:
        return [v for row in rows for v in row]
    return [list(column) for column in zip(*rows, strict=True)]


@cache
def _insert_sql(model: type[models.Model], count: int) -> str:
    cols = columns(model)
    names = ", ".join(f'"{c.name}"' for c in cols)
    source = _source([(c.name, c.cast) for c in cols], count)
    return f'insert into "{model._meta.db_table}" ({names}) {source} returning 1'


_UNQUOTED = frozenset({"uuid", "smallint", "integer", "bigint", "numeric", "boolean"})


def _list(column: _Column, values: Sequence[Any]) -> str | list[str | None]:
    """A column as an array: ready-made where no value of its type can need quotes."""
    texts = [column.text(v) for v in values]
    if column.cast not in _UNQUOTED:
        return texts
    return "{" + ",".join(["NULL" if t is None else t for t in texts]) + "}"


@cache
def _many_sql(model: type[models.Model], each: tuple[str, ...], shared: tuple[str, ...]) -> str:
    by_attribute = {c.attribute: c for c in columns(model)}
    many, once = [by_attribute[n] for n in each], [by_attribute[n] for n in shared]
    names = ", ".join(f'"{c.name}"' for c in (*many, *once))
    picked = ", ".join([f"u{i}" for i in range(len(many))] + [f"s.s{i}" for i in range(len(once))])
    arrays = ", ".join(f"%s::{c.cast}[]" for c in many)
    values = ", ".join(f"%s::{c.cast} as s{i}" for i, c in enumerate(once))
    listed = ", ".join(f"u{i}" for i in range(len(many)))
    return (
        f'insert into "{model._meta.db_table}" ({names}) select {picked} '
        f"from unnest({arrays}) u({listed}), (select {values}) s returning 1"
    )


@cache
def _update_sql(model: type[models.Model], names: tuple[str, ...], count: int) -> str:
    by_attribute = {c.attribute: c for c in columns(model)}
    picked = [by_attribute[n] for n in names]
    cols = [("id", "uuid"), ("was", "integer"), *((c.name, c.cast) for c in picked)]
    sets = ", ".join(f'"{c.name}" = v."{c.name}"' for c in picked)
    names_sql = ", ".join(f'"{n}"' for n, _ in cols)
    return (
        f'update "{model._meta.db_table}" t set {sets} from ({_source(cols, count)}) '
        f"v({names_sql}) where t.id = v.id and t.version = v.was returning 1"
    )


@dataclass
class _Change:
    row: models.Model
    was: int
    attributes: set[str]


@dataclass
class Sum:
    """What one running total gains or loses in this command, column by column."""

    deltas: dict[str, Decimal] = field(default_factory=dict)
    may_insert: bool = False


@dataclass
class WriteSet:
    """The rows queued so far: inserts, changes of audited rows, running totals, further pieces."""

    inserts: dict[type[models.Model], list[models.Model | list[str | None]]] = field(
        default_factory=dict
    )
    changes: dict[Any, _Change] = field(default_factory=dict)
    pieces: list[tuple[str, list[Any], int]] = field(default_factory=list)
    born: set[Any] = field(default_factory=set)
    replaced: dict[Any, tuple[str, list[Any], int]] = field(default_factory=dict)
    sent: Counter[type[models.Model]] = field(default_factory=Counter)
    sums: dict[type[models.Model], dict[tuple[Any, ...], Sum]] = field(default_factory=dict)
    notify: bool = False
    said: list[Any] = field(default_factory=list)  # what the outbox recorded in this command

    def insert(self, row: models.Model) -> None:
        """Queue a new row."""
        self.inserts.setdefault(type(row), []).append(row)
        self.born.add(row.pk)

    def insert_values(self, model: type[models.Model], **values: Any) -> None:
        """Queue a new row by its values, for rows that nobody reads again in this command."""
        texts = [c.text(values.pop(c.attribute, None)) for c in columns(model)]
        if values:
            raise TypeError(f"{model.__name__} has no {', '.join(values)}")
        self.inserts.setdefault(model, []).append(texts)

    def insert_many(
        self, model: type[models.Model], *, each: Mapping[str, Sequence[Any]], **shared: Any
    ) -> None:
        """Queue new rows of which nobody is read again: `each` column by column, `shared` once.

        The form for a grid of readings: what all rows have in common is one parameter, not one a
        row. Ids are given like any other column.
        """
        wanted = {c.attribute: c for c in columns(model)}
        if set(wanted) != {*each, *shared}:
            raise TypeError(f"{model.__name__} has other columns: {set(wanted) ^ {*each, *shared}}")
        rows = len(next(iter(each.values())))
        lists = [_list(wanted[name], values) for name, values in each.items()]
        once = [wanted[name].text(value) for name, value in shared.items()]
        self.also(_many_sql(model, tuple(each), tuple(shared)), [*lists, *once], rows)

    def change(self, row: models.Model, was: int, attributes: Iterable[str]) -> None:
        """Queue the changed attributes of an audited row that was read at version `was`."""
        if row.pk in self.born:
            return  # still in the insert list: its attributes are read at the flush
        known = self.changes.get(row.pk)
        if known is None:
            self.changes[row.pk] = _Change(row, was, {"version", *attributes})
        else:
            known.attributes |= set(attributes)

    def also(self, sql: str, parameters: list[Any], rows: int) -> None:
        """Queue a set-based piece that ends in `returning 1` and must touch exactly `rows` rows."""
        self.pieces.append((sql, parameters, rows))

    def replace(self, key: Any, sql: str, parameters: list[Any], rows: int) -> None:
        """Like `also`, but a later piece of the same key takes the place of the earlier one."""
        self.replaced.pop(key, None)
        self.replaced[key] = (sql, parameters, rows)

    def add_to(
        self, model: type[models.Model], key: Mapping[str, Any], *, insert: bool, **deltas: Decimal
    ) -> None:
        """Add `deltas` to the running total of `model` at `key` (attribute -> value).

        Several additions to one total are netted, so a statement touches each row once. With
        `insert` the row is made when it is missing; without, it must exist.
        """
        sums = self.sums.setdefault(model, {})
        total = sums.setdefault(tuple(sorted(key.items())), Sum())
        total.may_insert |= insert
        for name, delta in deltas.items():
            total.deltas[name] = total.deltas.get(name, Decimal(0)) + delta

    @property
    def is_empty(self) -> bool:
        """True when a flush would send nothing."""
        return not (self.inserts or self.changes or self.pieces or self.sums or self.replaced)

    def flush(self) -> None:
        """Send everything queued as one statement; raises LostUpdate when a count differs."""
        pieces = [*self.pieces, *self.replaced.values()]
        for model, rows in self.inserts.items():
            self.sent[model] += len(rows)
            cols = columns(model)
            values = [r if isinstance(r, list) else [c.read(r) for c in cols] for r in rows]
            size = len(rows) if len(rows) <= FEW else FEW + 1
            pieces.append((_insert_sql(model, size), _parameters(values), len(rows)))
        pieces += self._updates()
        pieces += self._totals()
        notify, self.notify = self.notify, False
        self.inserts, self.changes, self.pieces, self.born = {}, {}, [], set()
        self.sums, self.replaced = {}, {}
        if not pieces:
            return
        statement = _statement(tuple(sql for sql, _, _ in pieces), notify)
        parameters = [p for _, ps, _ in pieces for p in ps]
        counts = execute(statement, parameters)[0]
        for (sql, _, expected), count in zip(pieces, counts, strict=False):
            if count != expected:
                raise LostUpdate(f"{count} rows instead of {expected}: {sql[:120]}")

    def _updates(self) -> list[tuple[str, list[Any], int]]:
        groups: dict[tuple[type[models.Model], tuple[str, ...]], list[_Change]] = {}
        for change in self.changes.values():
            names = tuple(sorted(change.attributes))
            groups.setdefault((type(change.row), names), []).append(change)
        pieces = []
        for (model, names), group in groups.items():
            by_attribute = {c.attribute: c for c in columns(model)}
            values = [
                [str(g.row.pk), str(g.was), *(by_attribute[n].read(g.row) for n in names)]
                for g in group
            ]
            size = len(group) if len(group) <= FEW else FEW + 1
            pieces.append((_update_sql(model, names, size), _parameters(values), len(group)))
        return pieces

    def _totals(self) -> list[tuple[str, list[Any], int]]:
        groups: dict[tuple[Any, ...], list[list[str | None]]] = {}
        for model, sums in self.sums.items():
            for key, total in sorted(sums.items(), key=lambda item: [str(v) for _, v in item[0]]):
                deltas = sorted(total.deltas.items())
                if not any(d for _, d in deltas):
                    continue
                # a row that loses must exist; inserting it would fail its own check first
                insert = total.may_insert and all(d >= 0 for _, d in deltas)
                shape = (model, tuple(n for n, _ in key), tuple(n for n, _ in deltas), insert)
                groups.setdefault(shape, []).append(
                    [dump(v) for _, v in key] + [dump(d) for _, d in deltas]
                )
        pieces = []
        for (model, keys, names, insert), rows in groups.items():
            if insert and model._meta.pk.attname not in keys:
                keys, rows = ("id", *keys), [[str(new_id()), *row] for row in rows]
            size = len(rows) if len(rows) <= FEW else FEW + 1
            sql = _total_sql(model, keys, names, insert, size)
            pieces.append((sql, _parameters(rows), len(rows)))
        return pieces


@cache
def _total_sql(
    model: type[models.Model], keys: tuple[str, ...], names: tuple[str, ...], insert: bool, n: int
) -> str:
    by_attribute = {c.attribute: c for c in columns(model)}
    cols = [by_attribute[a] for a in (*keys, *names)]
    table = model._meta.db_table
    source = _source([(c.name, c.cast) for c in cols], n)
    listed = ", ".join(f'"{c.name}"' for c in cols)
    if insert:
        unique = ", ".join(f'"{by_attribute[k].name}"' for k in keys if k != "id")
        sets = ", ".join(f'"{n}" = "{table}"."{n}" + excluded."{n}"' for n in names)
        return (
            f'insert into "{table}" ({listed}) {source} '
            f"on conflict ({unique}) do update set {sets} returning 1"
        )
    sets = ", ".join(f'"{n}" = t."{n}" + v."{n}"' for n in names)
    match = " and ".join(f't."{by_attribute[k].name}" = v."{by_attribute[k].name}"' for k in keys)
    return f'update "{table}" t set {sets} from ({source}) v({listed}) where {match} returning 1'


@cache
def _statement(pieces: tuple[str, ...], notify: bool) -> bytes:
    named = ", ".join(f"w{i} as ({sql})" for i, sql in enumerate(pieces))
    counts = ", ".join(f"(select count(*) from w{i})" for i in range(len(pieces)))
    tail = ", pg_notify('events', '')" if notify else ""
    parts = f"with {named} select {counts}{tail}".split("%s")
    numbered = "".join(f"{p}${i + 1}" for i, p in enumerate(parts[:-1])) + parts[-1]
    return numbered.encode()


_current: ContextVar[WriteSet | None] = ContextVar("write_set", default=None)


def current() -> WriteSet:
    """The write set of the running command; a LookupError outside of one is a bug."""
    writes = _current.get()
    if writes is None:
        raise LookupError("nothing may be written outside a command")
    return writes


class open_write_set:
    """`with open_write_set() as writes:` inside a transaction; it ends with a flush."""

    def __enter__(self) -> WriteSet:
        self._token = _current.set(WriteSet())
        return current()

    def __exit__(self, kind: Any, *_: object) -> None:
        try:
            if kind is None:
                current().flush()
        finally:
            _current.reset(self._token)


def flush() -> None:
    """Send what is queued, so that a read inside the command sees it. Harmless outside of one."""
    writes = _current.get()
    if writes is not None and not writes.is_empty:
        writes.flush()
