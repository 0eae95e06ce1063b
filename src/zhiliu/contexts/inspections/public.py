"""The front door of inspections."""

from zhiliu.contexts.inspections.models import Inspection, PlanVersion
from zhiliu.contexts.inspections.operations import (
    Decided,
    Defect,
    Judged,
    PlanChanges,
    Units,
    accept,
    add_plan,
    add_plan_version,
    add_quality_code,
    approve_plan_version,
    cancel,
    change_plan_version,
    change_quality_code,
    end_plan_version,
    judge_units,
    not_accept,
    open_inspection,
    record_result,
)
from zhiliu.contexts.inspections.queries import find_inspection
from zhiliu.contexts.inspections.queries.plans import find_plan_version
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanLine
from zhiliu.contexts.inspections.states import (
    Catalogue,
    CountingBasis,
    InspectionReason,
    InspectionState,
    Scheme,
)

KINDS = {Inspection.kind: find_inspection, PlanVersion.kind: find_plan_version}

__all__ = [
    "KINDS",
    "Catalogue",
    "ClassLine",
    "CountingBasis",
    "Decided",
    "Defect",
    "InspectionReason",
    "InspectionState",
    "Judged",
    "PlanChanges",
    "PlanLine",
    "Scheme",
    "Units",
    "accept",
    "add_plan",
    "add_plan_version",
    "add_quality_code",
    "approve_plan_version",
    "cancel",
    "change_plan_version",
    "change_quality_code",
    "end_plan_version",
    "judge_units",
    "not_accept",
    "open_inspection",
    "record_result",
]
