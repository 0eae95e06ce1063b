"""Drawing: which units are looked at, and whether a lot is. Nobody can know beforehand."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

_UNPREDICTABLE: Random = secrets.SystemRandom()
_source: ContextVar[Random] = ContextVar("drawing", default=_UNPREDICTABLE)


@contextmanager
def drawing_from(source: Random) -> Iterator[None]:
    """Draw from `source` instead of the system's randomness: for the replay and for tests, which
    must come out the same each time."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def draw_units(lot_size: int, count: int) -> list[int]:
    """`count` different unit numbers from 1 to `lot_size`, each set as likely as any other.

    Simple random sampling, as ISO 2859-1:1999 clause 8.1 asks.
    """
    return _source.get().sample(range(1, lot_size + 1), count)


def draw_number(one_in: int) -> int:
    """A number from 0 to one_in - 1, each as likely as any other."""
    return _source.get().randrange(one_in)
