"""The front door of evidence."""

from zhiliu.platform.database import execute
from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel, AuditEntry
from zhiliu.platform.evidence.operations import record_appended, record_changed, record_created
from zhiliu.platform.evidence.writes import (
    LostUpdate,
    current,
    flush,
    open_write_set,
)

__all__ = [
    "AppendOnlyModel",
    "AuditEntry",
    "AuditedModel",
    "LostUpdate",
    "current",
    "execute",
    "flush",
    "open_write_set",
    "record_appended",
    "record_changed",
    "record_created",
]
