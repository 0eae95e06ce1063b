"""The front door of inspections."""

from zhiliu.contexts.inspections.models import Inspection, PlanVersion, UrgentRelease
from zhiliu.contexts.inspections.operations import (
    Decided,
    Defect,
    Judged,
    PlanChanges,
    PostedSample,
    ReadingIn,
    Recorded,
    SamplePart,
    Units,
    accept,
    add_plan,
    add_plan_version,
    add_quality_code,
    approve_plan_version,
    cancel,
    change_plan_version,
    change_quality_code,
    count_characteristic,
    declare_steady,
    drawing_from,
    end_plan_version,
    judge_units,
    not_accept,
    open_inspection,
    post_sample,
    record_readings,
    record_result,
    resume_sampling,
)
from zhiliu.contexts.inspections.operations.plans import check_files_of_plan_version
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.queries import (
    find_inspection,
    find_urgent_release,
    list_inspections,
    list_urgent_releases,
)
from zhiliu.contexts.inspections.queries.defects import FoundDefect, list_defects_found
from zhiliu.contexts.inspections.queries.plans import find_plan_version
from zhiliu.contexts.inspections.queries.urgent import UsedUrgently, list_used_urgently
from zhiliu.contexts.inspections.rules import plan_for
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanLine
from zhiliu.contexts.inspections.states import (
    Catalogue,
    CountingBasis,
    InspectionReason,
    InspectionState,
    Scheme,
)
from zhiliu.platform.access.public import Searcher

KINDS = {
    Inspection.kind: find_inspection,
    PlanVersion.kind: find_plan_version,
    UrgentRelease.kind: find_urgent_release,
}
FILE_CHECKS = {PlanVersion.kind: check_files_of_plan_version}
SEARCHERS = (
    Searcher(
        Inspection.kind,
        READ,
        list_inspections,
        ("number",),
        title="material__name",
        detail="supplier__name",
        status="state",
    ),
    Searcher(
        UrgentRelease.kind,
        READ,
        list_urgent_releases,
        ("number", "reference_number"),
        title="lot__number",
        detail="reference_number",
        status="state",
    ),
)

__all__ = [
    "FILE_CHECKS",
    "KINDS",
    "SEARCHERS",
    "Catalogue",
    "ClassLine",
    "CountingBasis",
    "Decided",
    "Defect",
    "FoundDefect",
    "InspectionReason",
    "InspectionState",
    "Judged",
    "PlanChanges",
    "PlanLine",
    "PostedSample",
    "ReadingIn",
    "Recorded",
    "SamplePart",
    "Scheme",
    "Units",
    "UsedUrgently",
    "accept",
    "add_plan",
    "add_plan_version",
    "add_quality_code",
    "approve_plan_version",
    "cancel",
    "change_plan_version",
    "change_quality_code",
    "count_characteristic",
    "declare_steady",
    "drawing_from",
    "end_plan_version",
    "judge_units",
    "list_defects_found",
    "list_used_urgently",
    "not_accept",
    "open_inspection",
    "plan_for",
    "post_sample",
    "record_readings",
    "record_result",
    "resume_sampling",
]
