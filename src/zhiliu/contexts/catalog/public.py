"""The front door of the catalogue."""

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.catalog.operations import (
    add_bill_line,
    add_company,
    add_control_profile,
    add_material,
    add_material_revision,
    add_site,
    add_unit,
    add_unit_conversion,
    change_control_profile,
    change_material,
    change_unit_conversion,
    end_bill_line,
)
from zhiliu.contexts.catalog.permissions import access_shared, is_permitted
from zhiliu.contexts.catalog.queries import (
    find_material,
    get_company,
    get_material,
    get_materials,
    get_profile,
    get_revision,
    get_site,
    get_unit,
    to_stock_unit,
)
from zhiliu.contexts.catalog.states import (
    CharacteristicKind,
    InspectionNeed,
    LotControl,
    SeverityClass,
)

KINDS = {Material.kind: find_material}

__all__ = [
    "KINDS",
    "CharacteristicKind",
    "InspectionNeed",
    "LotControl",
    "SeverityClass",
    "access_shared",
    "add_bill_line",
    "add_company",
    "add_control_profile",
    "add_material",
    "add_material_revision",
    "add_site",
    "add_unit",
    "add_unit_conversion",
    "change_control_profile",
    "change_material",
    "change_unit_conversion",
    "end_bill_line",
    "get_company",
    "get_material",
    "get_materials",
    "get_profile",
    "get_revision",
    "get_site",
    "get_unit",
    "is_permitted",
    "to_stock_unit",
]
