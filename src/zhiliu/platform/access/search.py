"""Finding any record by a number, or a piece of one: contexts say what of their records is sought.

One query for each kind of record, whatever is found: exact numbers, then what begins so, then what
holds the text anywhere, each kind at most `limit` times. `zhiliu.config.migrate` makes a trigram
index for every column that a searcher names, so columns are those of the searched table itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, Q, QuerySet, Value

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.gs1 import read_elements

EXACT, PREFIX, FRAGMENT = range(3)
LOOKUPS = {EXACT: "iexact", PREFIX: "istartswith", FRAGMENT: "icontains"}
# Application identifiers of a label whose values are numbers here: lot, own lot, serial.
NUMBERED = ("10", "92", "21")


@dataclass(frozen=True)
class Hit:
    """A record that was found: what it is, its human number, and enough to tell it from others."""

    kind: str
    id: UUID
    number: str
    title: str
    detail: str
    status: str


@dataclass(frozen=True)
class Searcher:
    """How one kind of record is sought.

    `rows` are those that an actor may see, granted `operation`. `columns`, the number first, are
    looked through; `number`, `title`, `detail` and `status` are the lookups of what a hit shows
    (an empty one shows nothing), `id` that of the record to open.
    """

    kind: str
    operation: str
    rows: Callable[[Actor], QuerySet[Any]]
    columns: tuple[str, ...]
    title: str = ""
    detail: str = ""
    status: str = ""
    number: str = ""
    id: str = "pk"


_searchers: list[Searcher] = []


def register_searchers(searchers: Iterable[Searcher]) -> None:
    """Let search ask what a context's `public` names as its `SEARCHERS`; called at start-up."""
    _searchers.extend(one for one in searchers if one not in _searchers)


def all_searchers() -> tuple[Searcher, ...]:
    """Every way in which records are sought."""
    return tuple(_searchers)


def search_records(actor: Actor, text: str, limit: int) -> list[Hit]:
    """The records that the actor may see and that `text` names, exact numbers first.

    A scanned GS1 code is sought by the lot or serial in it.
    """
    code = read_elements(text)
    sought = next((code[i] for i in NUMBERED if i in code), text.strip())
    if not sought:
        return []
    found: list[tuple[int, int, Hit]] = []
    for order, searcher in enumerate(_searchers):
        if actor.scopes(searcher.operation):
            found += [(rank, order, hit) for rank, hit in _sought(searcher, actor, sought, limit)]
    found.sort(key=lambda one: one[:2])
    return [hit for _, _, hit in found[:limit]]


def _sought(searcher: Searcher, actor: Actor, text: str, limit: int) -> list[tuple[int, Hit]]:
    rows = searcher.rows(actor).order_by().select_related(None)
    shown = [searcher.number or searcher.columns[0], searcher.title, searcher.detail]
    values = [F(name) if name else Value("") for name in (*shown, searcher.status)]
    pieces = [
        rows.filter(_anywhere(searcher.columns, lookup, text))
        .order_by("-pk")
        .annotate(rank=Value(rank, output_field=IntegerField()))
        .values_list("rank", searcher.id, *values)[:limit]
        for rank, lookup in LOOKUPS.items()
    ]
    best: dict[UUID, tuple[int, Hit]] = {}
    for rank, pk, *texts in pieces[0].union(*pieces[1:], all=True):
        number, title, detail, status = (str(t) if t is not None else "" for t in texts)
        hit = Hit(searcher.kind, pk, number, title, detail, status)
        if pk not in best or rank < best[pk][0]:
            best[pk] = (rank, hit)
    return sorted(best.values(), key=lambda one: one[0])[:limit]


def _anywhere(columns: Iterable[str], lookup: str, text: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__{lookup}": text})
    return found
