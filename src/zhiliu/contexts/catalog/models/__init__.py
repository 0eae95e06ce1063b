from zhiliu.contexts.catalog.models.materials import (
    BillLine,
    ControlProfile,
    Material,
    MaterialRevision,
    Unit,
    UnitConversion,
)
from zhiliu.contexts.catalog.models.sites import Company, Site

__all__ = [
    "BillLine",
    "Company",
    "ControlProfile",
    "Material",
    "MaterialRevision",
    "Site",
    "Unit",
    "UnitConversion",
]
