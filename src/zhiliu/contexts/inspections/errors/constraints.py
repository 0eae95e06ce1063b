"""Database constraints whose violation is an expected answer, when two act at once."""

from zhiliu.contexts.inspections.errors.inspecting import AlreadyExists, AlreadyUnderInspection
from zhiliu.contexts.inspections.errors.urgent import AlreadyUrgent
from zhiliu.kernel.refusal import Refusal


def _value(detail: str) -> str:
    """The value in PostgreSQL's `Key (column)=(value) already exists.`"""
    return detail.partition("=(")[2].rpartition(")")[0]


def _open_twice(detail: str) -> Refusal:
    return AlreadyUnderInspection(lot=_value(detail), inspection="-")


def _code_taken(detail: str) -> Refusal:
    return AlreadyExists("quality code", _value(detail).partition(", ")[2])


def _urgent_twice(detail: str) -> Refusal:
    return AlreadyUrgent(given=_value(detail))


def _number_taken(detail: str) -> Refusal:
    return AlreadyExists("inspection plan", _value(detail))


def _plan_taken(detail: str) -> Refusal:
    return AlreadyExists("inspection plan", "for the same goods 适用对象相同")


CONSTRAINTS = {
    "inspections_inspectionplan_number_key": _number_taken,
    "inspections_plan_once": _plan_taken,
    "inspections_lot_open_once": _open_twice,
    "inspections_quality_code_once": _code_taken,
    "inspections_urgent_once": _urgent_twice,
}
