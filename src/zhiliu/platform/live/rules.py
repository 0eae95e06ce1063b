"""What a live stream says, and how much of it there may be; plain values only.

The form is the event stream of the HTML standard (section 9.2, server-sent events).
"""

import json
import re
from typing import Final
from uuid import UUID

STREAMS_A_PERSON: Final = 8  # in one process: a browser opens one, whatever its tabs
STREAMS_A_PROCESS: Final = 300
BACKLOG: Final = 1000  # events that are told one by one; beyond that the reader fetches anew
HEARTBEAT_SECONDS: Final = 15.0
CHECK_SECONDS: Final = 2.0  # how often it is asked who may still listen

_PLAUSIBLE = re.compile(r"[0-9a-f.:,-]{1,2000}")


def opening(position: str, retry_ms: int) -> bytes:
    """What a stream begins with: when to come again after its end, and where it stands.

    The reader says where; what is no position at all is not said back to him.
    """
    known = standing(position) if _PLAUSIBLE.fullmatch(position) else b"\n"
    return f"retry: {retry_ms}\n".encode() + known


def standing(position: str) -> bytes:
    """Where the stream stands: a browser remembers it and tells its page nothing."""
    return f"id: {position}\n\n".encode()


def heartbeat(position: str) -> bytes:
    """A comment, by which a dead connection is noticed, and where the stream stands."""
    return b": heartbeat\n" + standing(position)


def reset(position: str) -> bytes:
    """The reader missed something that is not told again: it fetches everything anew."""
    return f"id: {position}\nevent: reset\ndata: {{}}\n\n".encode()


def signal(event: str, kind: str, record_id: UUID, version: int | None, position: str) -> bytes:
    """One event about one record, by ids alone.

    `position` is the one before it: a reader who is cut off among several is told all of them
    again, never half of them.
    """
    data = {"event": event, "kind": kind, "id": str(record_id), "version": version}
    return f"id: {position}\nevent: signal\ndata: {json.dumps(data)}\n\n".encode()
