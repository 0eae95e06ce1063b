from zhiliu.contexts.inspections.models.defects import DefectCode
from zhiliu.contexts.inspections.models.inspections import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
)
from zhiliu.contexts.inspections.models.plans import (
    InspectionPlan,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
)
from zhiliu.contexts.inspections.models.readings import Reading
from zhiliu.contexts.inspections.models.sampling import (
    InspectionSample,
    SampleDraw,
    SamplingChange,
    SamplingState,
)

__all__ = [
    "DefectCode",
    "DefectCount",
    "Inspection",
    "InspectionLot",
    "InspectionPlan",
    "InspectionResult",
    "InspectionSample",
    "PlanCharacteristic",
    "PlanClass",
    "PlanVersion",
    "Reading",
    "SampleDraw",
    "SamplingChange",
    "SamplingState",
]
