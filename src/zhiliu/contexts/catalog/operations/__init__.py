"""Writes of the catalogue, one file per aggregate."""

from zhiliu.contexts.catalog.operations.bills import add_bill_line, end_bill_line
from zhiliu.contexts.catalog.operations.materials import (
    MaterialChanges,
    add_material,
    add_material_revision,
    change_material,
)
from zhiliu.contexts.catalog.operations.profiles import (
    ProfileChanges,
    add_control_profile,
    change_control_profile,
)
from zhiliu.contexts.catalog.operations.sites import add_company, add_site
from zhiliu.contexts.catalog.operations.specifications import (
    SpecificationChanges,
    add_specification,
    approve_specification,
    change_specification,
    end_specification,
)
from zhiliu.contexts.catalog.operations.units import (
    add_unit,
    add_unit_conversion,
    change_unit_conversion,
)

__all__ = [
    "MaterialChanges",
    "ProfileChanges",
    "SpecificationChanges",
    "add_bill_line",
    "add_company",
    "add_control_profile",
    "add_material",
    "add_material_revision",
    "add_site",
    "add_specification",
    "add_unit",
    "add_unit_conversion",
    "approve_specification",
    "change_control_profile",
    "change_material",
    "change_specification",
    "change_unit_conversion",
    "end_bill_line",
    "end_specification",
]
