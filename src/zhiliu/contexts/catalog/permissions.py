"""What may be granted in the catalogue, and who may change what all companies share."""

from zhiliu.contexts.catalog.errors import SharedByAll
from zhiliu.contexts.catalog.models import (
    BillLine,
    Company,
    ControlProfile,
    Material,
    MaterialRevision,
    Site,
    Specification,
    Unit,
    UnitConversion,
)
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import Permission, Visibility

READ = "catalog.read"

PERMISSIONS = (
    Permission(READ, "See companies, sites and materials", "查看公司、工厂和物料"),
    Permission("catalog.add_company", "Add companies", "新增公司"),
    Permission("catalog.add_site", "Add sites", "新增工厂"),
    Permission("catalog.add_unit", "Add units", "新增单位"),
    Permission("catalog.add_unit_conversion", "Add unit conversions", "新增单位换算"),
    Permission("catalog.change_unit_conversion", "Correct unit conversions", "更正单位换算"),
    Permission("catalog.add_control_profile", "Add control profiles", "新增控制策略"),
    Permission("catalog.change_control_profile", "Change control profiles", "修改控制策略"),
    Permission("catalog.add_material", "Add materials", "新增物料"),
    Permission("catalog.change_material", "Change materials", "修改物料"),
    Permission("catalog.add_material_revision", "Add material revisions", "新增物料版本"),
    Permission("catalog.add_bill_line", "Add lines to bills of material", "新增物料清单行"),
    Permission("catalog.end_bill_line", "End lines of bills of material", "终止物料清单行"),
    Permission("catalog.add_specification", "Draft specifications", "编制规格书"),
    Permission("catalog.change_specification", "Change drafts of specifications", "修改规格书草稿"),
    Permission("catalog.approve_specification", "Approve specifications", "批准规格书"),
    Permission("catalog.end_specification", "End specifications", "终止规格书"),
)

COMPANIES = Visibility(Company.kind, Company, READ, company="id")
SITES = Visibility(Site.kind, Site, READ, company="company_id", site="id")
# What belongs to no company: staff see all of it, partners' people none.
UNITS = Visibility(Unit.kind, Unit, READ, is_shared=True)
CONVERSIONS = Visibility(UnitConversion.kind, UnitConversion, READ, is_shared=True)
PROFILES = Visibility(ControlProfile.kind, ControlProfile, READ, is_shared=True)
MATERIALS = Visibility(Material.kind, Material, READ, is_shared=True)
REVISIONS = Visibility(MaterialRevision.kind, MaterialRevision, READ, is_shared=True)
BILL_LINES = Visibility(BillLine.kind, BillLine, READ, is_shared=True)
SPECIFICATIONS = Visibility(Specification.kind, Specification, READ, is_shared=True)
VISIBLE = (
    COMPANIES,
    SITES,
    UNITS,
    CONVERSIONS,
    PROFILES,
    MATERIALS,
    REVISIONS,
    BILL_LINES,
    SPECIFICATIONS,
)


def is_permitted(command: Command, where: Scope, context: str = "catalog") -> bool:
    """True when the command's grant covers `where`.

    An operation of another context that calls down into `context` was permitted there.
    """
    is_own = command.operation.startswith(f"{context}.")
    return not is_own or command.actor.may(command.operation, where)


def access_shared(command: Command, context: str = "catalog") -> None:
    """Let only an unlimited grant change what belongs to no company; raises SharedByAll."""
    if not is_permitted(command, Scope(), context):
        raise SharedByAll(operation=command.operation)
