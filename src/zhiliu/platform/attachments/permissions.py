"""What may be granted for files. Each also asks whether the caller may see the record there."""

from zhiliu.platform.access.public import Permission

READ = "attachments.read"
ATTACH = "attachments.attach"
WITHDRAW = "attachments.withdraw"

PERMISSIONS = (
    Permission(READ, "Download files of records", "下载记录的附件"),
    Permission(ATTACH, "Attach files to records", "为记录添加附件"),
    Permission(WITHDRAW, "Withdraw files of records", "撤回记录的附件"),
)
