"""The front door of inspections."""

from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.operations import (
    Decided,
    Defect,
    Judged,
    Units,
    accept,
    add_quality_code,
    cancel,
    change_quality_code,
    judge_units,
    not_accept,
    open_inspection,
    record_result,
)
from zhiliu.contexts.inspections.queries import find_inspection
from zhiliu.contexts.inspections.states import Catalogue, InspectionReason, InspectionState

KINDS = {Inspection.kind: find_inspection}

__all__ = [
    "KINDS",
    "Catalogue",
    "Decided",
    "Defect",
    "InspectionReason",
    "InspectionState",
    "Judged",
    "Units",
    "accept",
    "add_quality_code",
    "cancel",
    "change_quality_code",
    "judge_units",
    "not_accept",
    "open_inspection",
    "record_result",
]
