from zhiliu.contexts.inspections.models.codes import QualityCode
from zhiliu.contexts.inspections.models.inspections import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
)
from zhiliu.contexts.inspections.models.plans import (
    NEAR_PERCENT,
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
    SkipDraw,
)
from zhiliu.contexts.inspections.models.urgent import UrgentRelease

__all__ = [
    "NEAR_PERCENT",
    "DefectCount",
    "Inspection",
    "InspectionLot",
    "InspectionPlan",
    "InspectionResult",
    "InspectionSample",
    "PlanCharacteristic",
    "PlanClass",
    "PlanVersion",
    "QualityCode",
    "Reading",
    "SampleDraw",
    "SamplingChange",
    "SamplingState",
    "SkipDraw",
    "UrgentRelease",
]
