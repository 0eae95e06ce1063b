"""What the places of a right are called: contexts own companies, sites and partners, and say it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from zhiliu.kernel.actor import Scope

NamesOf = Callable[[Collection[UUID]], Mapping[UUID, str]]

_names: dict[str, NamesOf] = {}


def register_scope_names(names: Mapping[str, NamesOf]) -> None:
    """Let a context name what its `SCOPE_NAMES` says: a field of Scope -> the names by id."""
    for field, names_of in names.items():
        if _names.setdefault(field, names_of) is not names_of:
            raise ValueError(f"the names of {field} are registered twice")


def scope_names(scopes: Iterable[Scope]) -> dict[UUID, str]:
    """The names of all that these scopes are limited to, in one query for each kind of it."""
    asked: dict[str, set[UUID]] = {}
    for scope in scopes:
        for field in _names:
            value = getattr(scope, field)
            if value is not None:
                asked.setdefault(field, set()).add(value)
    found: dict[UUID, str] = {}
    for field, ids in asked.items():
        found.update(_names[field](ids))
    return found
