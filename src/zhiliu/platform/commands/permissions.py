"""What may be granted for the records that platform keeps of everything."""

from zhiliu.platform.access.public import Permission

CHECK = "evidence.check"
PERMISSIONS = (
    Permission(
        "evidence.read",
        "Search the audit entries of all records, and see check results",
        "检索所有记录的审计条目，查看检查结果",
    ),
    Permission(CHECK, "Have all invariants checked", "发起全部不变量检查"),
    Permission("outbox.read", "See events and parked deliveries", "查看事件与隔离的投递"),
    Permission("outbox.retry", "Retry parked deliveries", "重试隔离的投递"),
)
