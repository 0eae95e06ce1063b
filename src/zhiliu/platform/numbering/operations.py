"""Taking human numbers."""

from functools import lru_cache
from uuid import UUID

from django.db import connection

from zhiliu.kernel.ids import human_number, new_id
from zhiliu.platform.numbering.errors import RangeMissing
from zhiliu.platform.numbering.models import NumberRange


@lru_cache(maxsize=1024)
def _known_range(company_id: UUID, kind: str) -> NumberRange:
    # A range never changes once opened (only its count does), so a process may remember it.
    found = NumberRange.objects.filter(company_id=company_id, kind=kind).first()
    if found is None:
        raise RangeMissing(kind=kind)
    return found


def open_range(
    *, company_id: UUID, kind: str, prefix: str, width: int = 6, is_gap_free: bool = False
) -> None:
    """Open the range of one kind of document; opening it again changes nothing.

    The sequence is made by the owner's function `numbering_open_range`, since the application role
    may not create anything.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select numbering_open_range(%s, %s, %s, %s, %s, %s)",
            [new_id(), company_id, kind, prefix, width, is_gap_free],
        )
    _known_range.cache_clear()


def take_numbers(*, company_id: UUID, kind: str, count: int = 1) -> list[str]:
    """The next `count` human numbers of a range, in order; raises RangeMissing."""
    known = _known_range(company_id, kind)
    with connection.cursor() as cursor:
        if known.is_gap_free:
            cursor.execute(
                "update numbering_numberrange set last = last + %s where id = %s returning last",
                [count, known.id],
            )
            last = cursor.fetchone()[0]
            values = range(last - count + 1, last + 1)
        else:
            cursor.execute(
                "select nextval(%s) from generate_series(1, %s)", [known.sequence, count]
            )
            values = [v for (v,) in cursor.fetchall()]
    return [human_number(known.prefix, v, known.width) for v in values]
