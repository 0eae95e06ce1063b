"""Time enters Zhiliu here and nowhere else; operations get it passed in as `at`."""

from datetime import UTC, datetime


def server_time() -> datetime:
    """The server's time, in UTC. Only the edge (API, jobs, commands line) asks for it."""
    return datetime.now(UTC)


def is_aware(moment: datetime) -> bool:
    """True when `moment` names an instant: it carries an offset."""
    return moment.tzinfo is not None and moment.utcoffset() is not None
