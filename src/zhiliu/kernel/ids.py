"""Identifiers: UUIDv7 for records, human numbers for people.

A record's id is a UUIDv7 (RFC 9562 section 5.7): unique without asking the database and ordered by
time, so that indexes stay compact. People never see it; they see the human number.
"""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh record id, ordered by the time it was made."""
    return uuid7()


def human_number(prefix: str, value: int, width: int) -> str:
    """`L-0042` from ("L", 42, 4); a value wider than `width` is written in full, never cut."""
    return f"{prefix}-{value:0{width}d}"


def child_number(parent: str, ordinal: int) -> str:
    """The number of a part that left its lot: the first part of L-0042 is L-0042.1."""
    return f"{parent}.{ordinal}"
