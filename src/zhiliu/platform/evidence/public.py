"""The front door of evidence."""

from zhiliu.platform.database import execute
from zhiliu.platform.evidence.checking import (
    Looked,
    NamedRow,
    look_at_invariants,
    register_check,
)
from zhiliu.platform.evidence.models import (
    AppendOnlyModel,
    AuditedModel,
    AuditEntry,
    CheckResult,
    CheckRun,
)
from zhiliu.platform.evidence.operations import record_appended, record_changed, record_created
from zhiliu.platform.evidence.queries import (
    get_check_run,
    list_check_results,
    list_check_runs,
)
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
    "CheckResult",
    "CheckRun",
    "Looked",
    "LostUpdate",
    "NamedRow",
    "current",
    "execute",
    "flush",
    "get_check_run",
    "list_check_results",
    "list_check_runs",
    "look_at_invariants",
    "open_write_set",
    "record_appended",
    "record_changed",
    "record_created",
    "register_check",
]
