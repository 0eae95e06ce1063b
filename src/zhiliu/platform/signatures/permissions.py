"""What may be granted for signatures."""

from zhiliu.platform.access.public import Permission

READ = "signatures.read"
PERMISSIONS = (
    Permission(READ, "See the signatures of records that one may see", "查看有权查看的记录的签名"),
)
