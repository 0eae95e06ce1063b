"""The front door of inspections."""

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
from zhiliu.contexts.inspections.states import InspectionReason, InspectionState

__all__ = [
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
