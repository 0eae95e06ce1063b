"""What may be granted for rules."""

from zhiliu.platform.access.public import Permission

READ = "rules.read"
TRY = "rules.try"
PERMISSIONS = (
    Permission(READ, "See rule tables and their versions", "查看规则表及其版本"),
    Permission(TRY, "Try rule tables without effect", "试算规则表"),
)
