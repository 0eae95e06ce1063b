"""Events: what happened, as frozen facts of ids and primitives, named in the past tense."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import as_json


@dataclass(frozen=True)
class Event:
    """Base of all events; subclasses add their data and name their `type`, such as
    `stock.lot_released.v1`. The subject is the record that changed, at its new version."""

    type: ClassVar[str]

    subject: Reference
    company_id: UUID | None
    site_id: UUID | None

    def data(self) -> dict[str, Any]:
        """The event's own fields as JSON values."""
        kind: Any = type(self)
        return {name: as_json(getattr(self, name)) for name in own_fields(kind)}


@cache
def own_fields(event: Any) -> tuple[str, ...]:
    """The names of an event's own data, without the envelope's."""
    return tuple(
        f.name for f in fields(event) if f.name not in ("subject", "company_id", "site_id")
    )


def all_events(base: type[Event] = Event) -> Iterator[type[Event]]:
    """Every event class that names its type, for the catalogue."""
    for child in base.__subclasses__():
        if "type" in child.__dict__:
            yield child
        yield from all_events(child)
