"""What may be granted for the records that platform keeps of everything."""

from zhiliu.platform.access.public import Permission, Visibility
from zhiliu.platform.evidence.public import CheckRun
from zhiliu.platform.outbox.public import Delivery

READ_EVIDENCE = "evidence.read"
READ_OUTBOX = "outbox.read"
CHECK = "evidence.check"
PERMISSIONS = (
    Permission(
        READ_EVIDENCE,
        "Search the audit entries of all records, and see check results",
        "检索所有记录的审计条目，查看检查结果",
    ),
    Permission(CHECK, "Have all invariants checked", "发起全部不变量检查"),
    Permission(READ_OUTBOX, "See events and parked deliveries", "查看事件与隔离的投递"),
    Permission("outbox.retry", "Retry parked deliveries", "重试隔离的投递"),
)

DELIVERIES = Visibility(
    "outbox.delivery",
    Delivery,
    READ_OUTBOX,
    company="event__company_id",
    site="event__site_id",
)
CHECK_RUNS = Visibility(CheckRun.kind, CheckRun, READ_EVIDENCE)
VISIBLE = (CHECK_RUNS, DELIVERIES)
