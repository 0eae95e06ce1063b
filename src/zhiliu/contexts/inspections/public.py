"""The front door of inspections."""

from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.operations import (
    Decided,
    Defect,
    Judged,
    Units,
    accept,
    add_defect_code,
    cancel,
    change_defect_code,
    judge_units,
    not_accept,
    open_inspection,
    record_result,
)
from zhiliu.contexts.inspections.queries import find_inspection
from zhiliu.contexts.inspections.states import InspectionReason, InspectionState

KINDS = {Inspection.kind: find_inspection}

__all__ = [
    "KINDS",
    "Decided",
    "Defect",
    "InspectionReason",
    "InspectionState",
    "Judged",
    "Units",
    "accept",
    "add_defect_code",
    "cancel",
    "change_defect_code",
    "judge_units",
    "not_accept",
    "open_inspection",
    "record_result",
]
