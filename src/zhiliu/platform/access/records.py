"""Who may see a record of any kind: what platform keeps about records asks their context.

Signatures and attachments point at a record by kind and id. Whoever may see the record may see
them; the context that owns the kind says who that is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.platform.access.errors import NotFound, UnknownKind
from zhiliu.platform.access.visibility import visibility_of

Find = Callable[[Actor, UUID], Reference]

_kinds: dict[str, Find] = {}


def register_kind(kind: str, find: Find) -> None:
    """Let `find(actor, id)` answer for a kind of record; called once a kind at start-up.

    It returns the record's reference, and raises the context's own NotFound for a record that does
    not exist or that the actor may not see.
    """
    if _kinds.setdefault(kind, find) is not find:
        raise ValueError(f"{kind} is registered twice")


def register_kinds(kinds: Mapping[str, Find]) -> None:
    """Register the kinds that a context's `public` names as its `KINDS`."""
    for kind, find in kinds.items():
        register_kind(kind, find)


def find_record(actor: Actor, kind: str, record_id: UUID, *, operation: str = "") -> Reference:
    """The record, if the actor may see it; raises UnknownKind and what its context refuses.

    With `operation` it must also lie where the actor is granted that one.
    """
    find = _kinds.get(kind)
    if find is None:
        raise UnknownKind(kind=kind, known=", ".join(sorted(_kinds)))
    found = find(actor, record_id)
    if operation and not actor.is_system:
        find(_as_granted(actor, operation), record_id)
    return found


def check_seen(actor: Actor, kind: str, record_id: UUID) -> None:
    """Let through who may see the record, of whatever kind; raises as `find_record`.

    For what is told about records of every kind: also of those that nothing is attached to.
    """
    visibility = visibility_of(kind)
    if kind in _kinds or visibility is None:
        find_record(actor, kind, record_id)
        return
    rows = visibility.model._default_manager.filter(visibility.filter(actor), pk=record_id)
    if not rows.exists():
        raise NotFound(what="record", given=str(record_id))


def _as_granted(actor: Actor, operation: str) -> Actor:
    """The actor as if all his rights held exactly where his right to one operation does."""
    return replace(actor, rights=_SameEverywhere(actor.scopes(operation)))


class _SameEverywhere(Mapping[str, tuple[Scope, ...]]):
    def __init__(self, scopes: tuple[Scope, ...]) -> None:
        self._scopes = scopes

    def __getitem__(self, operation: str) -> tuple[Scope, ...]:
        return self._scopes

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def all_kinds() -> tuple[str, ...]:
    """Every kind of record that can be found so."""
    return tuple(sorted(_kinds))
