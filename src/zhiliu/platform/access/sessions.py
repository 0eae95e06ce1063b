"""How long a session lives: a while without use, and a working day at most."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

SIGNED_IN = "signed_in_at"
SEEN = "seen_at"

Session = Mapping[str, Any] | SessionBase  # as stored, or as a request has it


def idle_seconds(session: Session, now: float) -> float:
    """How long nothing was asked with this session."""
    return float(now - session.get(SEEN, 0))


def is_over(session: Session, now: float) -> bool:
    """True when it was idle for SESSION_IDLE_SECONDS or is older than SESSION_COOKIE_AGE."""
    age = now - session.get(SIGNED_IN, 0)
    return (
        idle_seconds(session, now) > settings.SESSION_IDLE_SECONDS
        or age > settings.SESSION_COOKIE_AGE
    )
