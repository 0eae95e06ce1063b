"""Installing the tables that this build brings."""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction

from zhiliu.platform.evidence.public import open_write_set, record_appended
from zhiliu.platform.rules.models import RuleState, RuleVersion
from zhiliu.platform.rules.queries import all_tables, forget_decisions


def install_tables(at: datetime) -> list[str]:
    """Enforce the built-in content of every table that differs from its latest version.

    Part of `zhiliu migrate`, hence no command of an actor and no event; a version is its own
    record. Returns what was installed, as code@version.
    """
    latest = {row.code: row for row in RuleVersion.objects.order_by("version")}
    installed = []
    with transaction.atomic(), open_write_set():
        for table in all_tables():
            content = table.built_in.content
            digest = digest_of(content)
            before = latest.get(table.code)
            if before is not None and before.sha256 == digest:
                continue
            row = RuleVersion(
                code=table.code,
                version=before.version + 1 if before else 1,
                content=content,
                sha256=digest,
                state=RuleState.ENFORCED,
                valid_from=at,
            )
            installed.append(f"{record_appended(row).code}@{row.version}")
    forget_decisions()
    return installed


def digest_of(content: Any) -> str:
    """The SHA-256 of the content's canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
