"""Checking the invariants: asked of config, which stands above and registers itself.

The invariants speak of the tables of every context, so what looks at them lives at the top of the
building; what it found is kept here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class NamedRow:
    """A row that was found: the human number people know it by, its id, what is wrong with it."""

    number: str
    id: str
    en: str
    zh: str


@dataclass(frozen=True)
class Looked:
    """What looking at one invariant found. Counts are exact, rows are the first of them."""

    code: str
    title_en: str
    title_zh: str
    row_count: int
    violation_count: int
    violations: Sequence[NamedRow]
    apart_count: int
    apart: Sequence[NamedRow]


Look = Callable[[], Sequence[Looked]]

_registered: list[Look] = []


def register_check(look: Look) -> None:
    """Let `look` check the database from now on; called once at start-up."""
    _registered[:] = [look]


def look_at_invariants() -> Sequence[Looked]:
    """Every invariant on one snapshot; raises LookupError when nobody registered."""
    if not _registered:
        raise LookupError("nobody checks the invariants in this process")
    return _registered[0]()
