"""What may be granted for signatures."""

from zhiliu.platform.access.public import Permission

READ = "signatures.read"
PERMISSIONS = (Permission(READ, "Read the signed texts of records", "查看记录的签名原文"),)
