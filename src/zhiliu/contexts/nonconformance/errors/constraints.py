"""Database constraints whose violation is an expected answer, when two act at once."""

from zhiliu.contexts.nonconformance.errors.reports import UnderReport
from zhiliu.kernel.refusal import Refusal


def _value(detail: str) -> str:
    """The value in PostgreSQL's `Key (column)=(value) already exists.`"""
    return detail.partition("=(")[2].rpartition(")")[0]


def _open_twice(detail: str) -> Refusal:
    return UnderReport(lot=_value(detail), report="-")


CONSTRAINTS = {
    "nonconformance_lot_open_once": _open_twice,
    "nonconformance_one_disposition": _open_twice,
}
