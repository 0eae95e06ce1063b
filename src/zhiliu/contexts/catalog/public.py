"""The front door of the catalogue."""

from zhiliu.contexts.catalog.models import Material, Specification
from zhiliu.contexts.catalog.operations import (
    add_bill_line,
    add_company,
    add_control_profile,
    add_material,
    add_material_revision,
    add_site,
    add_specification,
    add_unit,
    add_unit_conversion,
    approve_specification,
    change_control_profile,
    change_material,
    change_specification,
    change_unit_conversion,
    end_bill_line,
    end_specification,
)
from zhiliu.contexts.catalog.operations.specifications import check_files_of_specification
from zhiliu.contexts.catalog.permissions import READ, access_shared, is_permitted
from zhiliu.contexts.catalog.queries import (
    characteristics_of,
    find_material,
    find_specification,
    get_company,
    get_material,
    get_materials,
    get_profile,
    get_revision,
    get_site,
    get_specification,
    get_unit,
    holding,
    list_materials,
    list_specifications,
    names_of_companies,
    names_of_sites,
    to_stock_unit,
)
from zhiliu.contexts.catalog.rules import SpecifiedCharacteristic, check_characteristics
from zhiliu.contexts.catalog.states import (
    CharacteristicKind,
    InspectionNeed,
    LotControl,
    SeverityClass,
    SpecificationState,
)
from zhiliu.platform.access.public import Searcher

KINDS = {Material.kind: find_material, Specification.kind: find_specification}
FILE_CHECKS = {Specification.kind: check_files_of_specification}
SCOPE_NAMES = {"company_id": names_of_companies, "site_id": names_of_sites}
SEARCHERS = (
    Searcher(
        Material.kind,
        READ,
        list_materials,
        ("number", "name", "gtin"),
        title="name",
        detail="group",
    ),
    Searcher(
        Specification.kind,
        READ,
        list_specifications,
        ("number",),
        title="material__name",
        detail="material__number",
        status="state",
    ),
)

__all__ = [
    "FILE_CHECKS",
    "KINDS",
    "SCOPE_NAMES",
    "SEARCHERS",
    "CharacteristicKind",
    "InspectionNeed",
    "LotControl",
    "SeverityClass",
    "SpecificationState",
    "SpecifiedCharacteristic",
    "access_shared",
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
    "characteristics_of",
    "check_characteristics",
    "end_bill_line",
    "end_specification",
    "get_company",
    "get_material",
    "get_materials",
    "get_profile",
    "get_revision",
    "get_site",
    "get_specification",
    "get_unit",
    "holding",
    "is_permitted",
    "to_stock_unit",
]
