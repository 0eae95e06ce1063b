"""What may be granted for nonconformance."""

from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report
from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.public import Permission, Visibility

READ = "nonconformance.read"
PERMISSIONS = (
    Permission(
        READ, "See nonconformance reports, dispositions and concessions", "查看不合格品报告和处置"
    ),
    Permission("nonconformance.open_report", "Open nonconformance reports", "开立不合格品报告"),
    Permission("nonconformance.report_escape", "Report escapes", "报告漏检"),
    Permission(
        "nonconformance.change_report", "Record containment and cause", "填写遏制措施和原因"
    ),
    Permission("nonconformance.close_report", "Close nonconformance reports", "关闭不合格品报告"),
    Permission(
        "nonconformance.reopen_report", "Reopen nonconformance reports", "重新打开不合格品报告"
    ),
    Permission("nonconformance.dispose", "Decide dispositions", "决定处置"),
    Permission(
        "nonconformance.carry_out_disposition",
        "Confirm scrap, rework and repair",
        "确认报废毁形、返工和返修完成",
    ),
    Permission("nonconformance.cancel_disposition", "Cancel dispositions", "取消处置"),
    Permission("nonconformance.approve_concession", "Approve concessions", "批准让步"),
    Permission("nonconformance.print_report", "Print nonconformance reports", "打印不合格品处理单"),
    Permission("nonconformance.print_concession", "Print concessions", "打印让步接收单"),
)

REPORTS = Visibility(
    Report.kind, Report, READ, company="company_id", site="site_id", supplier="supplier_id"
)
DISPOSITIONS, CONCESSIONS = (
    Visibility(
        model.kind,
        model,
        READ,
        company="company_id",
        site="report__site_id",
        supplier="report__supplier_id",
    )
    for model in (Disposition, Concession)
)
VISIBLE = (REPORTS, DISPOSITIONS, CONCESSIONS)


def where(report: Report) -> Scope:
    """Where a report belongs, for the question whether an actor may act on it."""
    return Scope(
        company_id=report.company_id, site_id=report.site_id, supplier_id=report.supplier_id
    )
