"""What was committed since a position: every event once, in whatever order transactions end.

Ids are taken before the commit, so reading on from the last id seen skips what commits late. Each
event therefore keeps the transaction that wrote it, and a position keeps a snapshot as PostgreSQL
does: which transactions were over then. New since it is what was not visible in it
(`pg_visible_in_snapshot`), exactly. A position also names the history it belongs to, since another
server, a restore or a recovery to an earlier point begins another one.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from zhiliu.platform.database import execute

LONGEST_POSITION: Final = 2000  # characters; a snapshot lists the transactions under way

_POSITION = re.compile(
    r"([0-9a-f]+\.[0-9]+\.[0-9]+)-([1-9][0-9]*):([1-9][0-9]*):((?:[0-9]+(?:,[0-9]+)*)?)"
)
_LARGEST_TRANSACTION = 2**63

# Which server, which of its timelines, which table: a restore makes a new one.
_NOW = """
select to_hex(s.system_identifier) || '.' || c.timeline_id || '.'
  || pg_relation_filenode('outbox_outboxevent') || '-' || pg_current_snapshot()
from pg_control_system() s, pg_control_checkpoint() c
"""
_SINCE = """
select now.position, e.type, e.subject_kind, e.subject_id, e.subject_version
from now left join lateral (
  select * from outbox_outboxevent
  where transaction_id >= pg_snapshot_xmin($1::pg_snapshot)
    and not pg_visible_in_snapshot(transaction_id, $1::pg_snapshot)
    and ($2::pg_snapshot is null or pg_visible_in_snapshot(transaction_id, $2::pg_snapshot))
  order by transaction_id limit $3::bigint
) e on true
order by e.transaction_id, e.id
"""
_NEWS = f"with now(position) as materialized ({_NOW}) {_SINCE}".encode()


@dataclass(frozen=True)
class CommittedEvent:
    """One event by its ids."""

    type: str
    subject_kind: str
    subject_id: UUID
    subject_version: int | None


@dataclass(frozen=True)
class History:
    """Where the history stands, and the events since; None: more than asked for, or unknown."""

    position: str
    events: tuple[CommittedEvent, ...] | None


def get_position() -> str:
    """Where the history stands now."""
    ((position,),) = execute(_NOW.encode(), [])
    return str(position)


def list_committed(since: str, *, until: str | None = None, limit: int) -> History:
    """The events that were committed after one position, and before another or until now.

    At most `limit` of them, in the order in which their transactions began, else none. With
    `until`, `since` may be anybody's text: none either where it is no earlier position of the same
    history. One query, which reads what committed since the oldest transaction that was under way
    at `since`, however long the history is.
    """
    epoch, snapshot = _parted(since)
    its, end = _parted(until or "")
    if until is not None and (
        snapshot is None or end is None or epoch != its or _next(snapshot) > _next(end)
    ):
        return History(until, None)
    rows = execute(_NEWS, [snapshot, end, limit + 1])
    position = until or str(rows[0][0])
    if len(rows) > limit or _parted(position)[0] != epoch:
        return History(position, None)
    return History(position, tuple(CommittedEvent(*row[1:]) for row in rows if row[1]))


def _parted(position: str) -> tuple[str, str | None]:
    """The history and the snapshot of a position; no snapshot for what is no position."""
    found = _POSITION.fullmatch(position) if len(position) <= LONGEST_POSITION else None
    if found is None:
        return "", None
    epoch, first, end, listed = found.groups()
    running = [int(x) for x in listed.split(",")] if listed else []
    is_snapshot = (
        int(first) <= int(end) < _LARGEST_TRANSACTION
        and running == sorted(set(running))
        and all(int(first) <= x < int(end) for x in running)
    )
    return epoch, position.removeprefix(f"{epoch}-") if is_snapshot else None


def _next(snapshot: str) -> int:
    """The first transaction that had not begun."""
    return int(snapshot.split(":")[1])
