"""What may be granted for inspections."""

from zhiliu.contexts.catalog.errors import SharedByAll
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionPlan,
    PlanVersion,
    QualityCode,
    SamplingState,
    UrgentRelease,
)
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import Permission, Visibility

READ = "inspections.read"
PERMISSIONS = (
    Permission(READ, "See inspections, plans and quality codes", "查看检验单、检验方案和质量代码"),
    Permission("inspections.add_quality_code", "Add quality codes", "新增质量代码"),
    Permission("inspections.change_quality_code", "Change quality codes", "修改质量代码"),
    Permission("inspections.add_plan", "Add inspection plans", "新增检验方案"),
    Permission("inspections.add_plan_version", "Draft plan versions", "编制检验方案版本"),
    Permission("inspections.change_plan_version", "Change drafts of plans", "修改检验方案草稿"),
    Permission("inspections.approve_plan_version", "Approve inspection plans", "批准检验方案"),
    Permission("inspections.end_plan_version", "End inspection plans", "终止检验方案"),
    Permission("inspections.open_inspection", "Open re-inspections and retests", "开立复检和重检"),
    Permission("inspections.record_result", "Record results", "录入检验结果"),
    Permission("inspections.record_readings", "Record readings", "录入检测值"),
    Permission("inspections.post_sample", "Post samples of inspections", "登记样本取用和消耗"),
    Permission(
        "inspections.declare_steady", "Authorise reduced inspection", "声明生产稳定并批准放宽检验"
    ),
    Permission("inspections.resume_sampling", "Resume sampling inspection", "恢复抽样检验"),
    Permission("inspections.accept", "Accept inspected goods", "判定接收"),
    Permission("inspections.not_accept", "Not accept inspected goods", "判定不接收"),
    Permission("inspections.judge", "Judge goods unit by unit", "逐件判定"),
    Permission("inspections.print_report", "Print inspection reports", "打印检验报告"),
    Permission("inspections.cancel", "Cancel inspections", "取消检验单"),
    Permission("inspections.request_urgent_release", "Ask for urgent releases", "申请紧急放行"),
    Permission("inspections.approve_urgent_release", "Approve urgent releases", "批准紧急放行"),
    Permission("inspections.refuse_urgent_release", "Refuse urgent releases", "拒绝紧急放行"),
)

INSPECTIONS = Visibility(
    Inspection.kind, Inspection, READ, company="company_id", site="site_id", supplier="supplier_id"
)
# Suppliers see none.
URGENT_RELEASES = Visibility(
    UrgentRelease.kind, UrgentRelease, READ, company="company_id", site="site_id"
)
# What belongs to no company: staff of any site see all, a supplier's people their own states only.
PLANS = Visibility(InspectionPlan.kind, InspectionPlan, READ, is_shared=True)
PLAN_VERSIONS = Visibility(PlanVersion.kind, PlanVersion, READ, is_shared=True)
QUALITY_CODES = Visibility(QualityCode.kind, QualityCode, READ, is_shared=True)
SAMPLING_STATES = Visibility(
    SamplingState.kind, SamplingState, READ, supplier="supplier_id", is_shared=True
)
VISIBLE = (
    INSPECTIONS,
    URGENT_RELEASES,
    PLANS,
    PLAN_VERSIONS,
    QUALITY_CODES,
    SAMPLING_STATES,
)


def access_shared(command: Command) -> None:
    """Let only an unlimited grant change plans and codes, which belong to no company.

    Raises SharedByAll.
    """
    if not command.actor.may(command.operation, Scope()):
        raise SharedByAll(operation=command.operation)


def where(inspection: Inspection) -> Scope:
    """Where an inspection belongs, for the question whether an actor may act on it."""
    return Scope(
        company_id=inspection.company_id,
        site_id=inspection.site_id,
        supplier_id=inspection.supplier_id,
    )


def where_urgent(row: UrgentRelease | Inspection | Lot) -> Scope:
    """Where an urgent release of a lot belongs; its supplier has no part in it."""
    return Scope(company_id=row.company_id, site_id=row.site_id)


def where_state(state: SamplingState) -> Scope:
    """Where a sampling state belongs: to no company or site, only to its supplier."""
    return Scope(supplier_id=state.supplier_id)
