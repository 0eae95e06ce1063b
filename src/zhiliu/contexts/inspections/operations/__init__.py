"""Writes of inspections, one function a verb."""

from zhiliu.contexts.inspections.operations.codes import (
    QualityCodeChanges,
    add_quality_code,
    change_quality_code,
)
from zhiliu.contexts.inspections.operations.counting import count_characteristic
from zhiliu.contexts.inspections.operations.drawing import drawing_from
from zhiliu.contexts.inspections.operations.opening import open_inspection
from zhiliu.contexts.inspections.operations.plans import (
    PlanChanges,
    add_plan,
    add_plan_version,
    approve_plan_version,
    change_plan_version,
    end_plan_version,
)
from zhiliu.contexts.inspections.operations.readings import ReadingIn, record_readings
from zhiliu.contexts.inspections.operations.results import record_result
from zhiliu.contexts.inspections.operations.sampled import Recorded, Shown
from zhiliu.contexts.inspections.operations.sampling import (
    PostedSample,
    SamplePart,
    post_sample,
)
from zhiliu.contexts.inspections.operations.switching import (
    declare_steady,
    facts_of_state,
    resume_sampling,
)
from zhiliu.contexts.inspections.operations.urgent import (
    approve_urgent_release,
    refuse_urgent_release,
    request_urgent_release,
)
from zhiliu.contexts.inspections.operations.verdicts import (
    Decided,
    Judged,
    Units,
    accept,
    cancel,
    judge_units,
    not_accept,
)
from zhiliu.contexts.inspections.rules import Defect

__all__ = [
    "Decided",
    "Defect",
    "Judged",
    "PlanChanges",
    "PostedSample",
    "QualityCodeChanges",
    "ReadingIn",
    "Recorded",
    "SamplePart",
    "Shown",
    "Units",
    "accept",
    "add_plan",
    "add_plan_version",
    "add_quality_code",
    "approve_plan_version",
    "approve_urgent_release",
    "cancel",
    "change_plan_version",
    "change_quality_code",
    "count_characteristic",
    "declare_steady",
    "drawing_from",
    "end_plan_version",
    "facts_of_state",
    "judge_units",
    "not_accept",
    "open_inspection",
    "post_sample",
    "record_readings",
    "record_result",
    "refuse_urgent_release",
    "request_urgent_release",
    "resume_sampling",
]
