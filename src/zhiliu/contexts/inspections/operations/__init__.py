"""Writes of inspections, one function a verb."""

from zhiliu.contexts.inspections.operations.defects import (
    DefectCodeChanges,
    add_defect_code,
    change_defect_code,
)
from zhiliu.contexts.inspections.operations.opening import open_inspection
from zhiliu.contexts.inspections.operations.results import Defect, record_result
from zhiliu.contexts.inspections.operations.verdicts import (
    Decided,
    Judged,
    Units,
    accept,
    cancel,
    judge_units,
    not_accept,
)

__all__ = [
    "Decided",
    "Defect",
    "DefectCodeChanges",
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
