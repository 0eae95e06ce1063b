from zhiliu.contexts.inspections.models.defects import DefectCode
from zhiliu.contexts.inspections.models.inspections import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
)

__all__ = ["DefectCode", "DefectCount", "Inspection", "InspectionLot", "InspectionResult"]
