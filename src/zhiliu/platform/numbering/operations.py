"""Taking human numbers."""

from uuid import UUID

from django.db import connection

from zhiliu.kernel.ids import human_number, new_id
from zhiliu.platform.database import execute
from zhiliu.platform.numbering.errors import RangeMissing

# The range is looked up each time, in the same statement: remembering it in the process would also
# remember a range whose opening was rolled back.
_NEXT = b"""
select r.prefix, r.width, nextval(r.sequence::regclass)
from numbering_numberrange r, generate_series(1, $1::int)
where r.company_id = $2::uuid and r.kind = $3 and not r.is_gap_free
"""
_NEXT_GAP_FREE = b"""
with taken as (
  update numbering_numberrange set last = last + $1::int
  where company_id = $2::uuid and kind = $3 and is_gap_free
  returning prefix, width, last)
select prefix, width, n from taken, generate_series(last - $1::int + 1, last) n
"""


def open_range(
    *, company_id: UUID, kind: str, prefix: str, width: int = 6, is_gap_free: bool = False
) -> None:
    """Open the range of one kind of document; opening it again changes nothing.

    Contexts open theirs in an immediate reaction to a new company, so that a company never exists
    without its ranges. The sequence is made by the owner's function `numbering_open_range`, since
    the application role may not create anything. A prefix that another kind of the company has is
    refused by the database (commands.conflict).
    """
    with connection.cursor() as cursor:
        # Two that open the same range at once: the second waits and then finds it open.
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(company_id)])
        cursor.execute(
            "select numbering_open_range(%s, %s, %s, %s, %s, %s)",
            [new_id(), company_id, kind, prefix, width, is_gap_free],
        )


def take_numbers(*, company_id: UUID, kind: str, count: int = 1) -> list[str]:
    """The next `count` human numbers of a range, in order; raises RangeMissing.

    A gap-free range stays locked until the commit: whoever takes its next number waits.
    """
    if count < 1:
        return []
    asked = [str(count), str(company_id), kind]
    rows = execute(_NEXT, asked) or execute(_NEXT_GAP_FREE, asked)
    if not rows:
        raise RangeMissing(kind=kind)
    return [human_number(prefix, value, width) for prefix, width, value in sorted(rows)]
