"""Reads of the live stream: what is new since a position, and who may be told."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.platform.access.public import Visibility, visibility_of
from zhiliu.platform.live.rules import BACKLOG, signal
from zhiliu.platform.outbox.public import CommittedEvent, list_committed


@dataclass(frozen=True)
class Signal:
    """One event as it is told, and who may see its record."""

    frame: bytes
    visibility: Visibility
    where: Scope

    def is_for(self, actor: Actor) -> bool:
        """True when the actor may see the record."""
        return self.visibility.is_seen(actor, self.where)


@dataclass(frozen=True)
class News:
    """What happened up to `position`; not `is_complete`: too much, or from where is unknown."""

    position: str
    signals: tuple[Signal, ...] = ()
    is_complete: bool = True


def list_news(since: str, until: str | None = None) -> News:
    """What happened after one position, up to another or to now.

    One query, and one for each kind of record that lies somewhere: their number depends neither on
    how many listen nor on how much ever happened. A kind that nobody declares visible is not told.
    """
    history = list_committed(since, until=until, limit=BACKLOG)
    if history.events is None:
        return News(history.position, is_complete=False)
    where = _where(history.events)
    signals = []
    for event in history.events:
        visibility = visibility_of(event.subject_kind)
        lies = where.get((event.subject_kind, event.subject_id))
        if visibility is not None and lies is not None:
            frame = signal(
                event.type, event.subject_kind, event.subject_id, event.subject_version, since
            )
            signals.append(Signal(frame, visibility, lies))
    return News(history.position, tuple(signals))


def _where(events: tuple[CommittedEvent, ...]) -> dict[tuple[str, UUID], Scope]:
    ids: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        ids[event.subject_kind].add(event.subject_id)
    return {
        (kind, record_id): scope
        for kind, wanted in ids.items()
        if (visibility := visibility_of(kind)) is not None
        for record_id, scope in visibility.where(wanted).items()
    }
