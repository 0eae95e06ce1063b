from zhiliu.contexts.catalog.models.materials import (
    BillLine,
    ControlProfile,
    Material,
    MaterialRevision,
    Unit,
    UnitConversion,
)
from zhiliu.contexts.catalog.models.sites import Company, Site
from zhiliu.contexts.catalog.models.specifications import (
    Specification,
    SpecificationCharacteristic,
)

__all__ = [
    "BillLine",
    "Company",
    "ControlProfile",
    "Material",
    "MaterialRevision",
    "Site",
    "Specification",
    "SpecificationCharacteristic",
    "Unit",
    "UnitConversion",
]
