"""The front door of nonconformance."""

from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report
from zhiliu.contexts.nonconformance.operations import (
    Allowed,
    Units,
    Wanted,
    approve_concession,
    close_report,
    dispose,
    open_report,
    report_escape,
)
from zhiliu.contexts.nonconformance.queries import (
    find_concession,
    find_disposition,
    find_report,
)
from zhiliu.contexts.nonconformance.states import DispositionKind

KINDS = {
    Report.kind: find_report,
    Disposition.kind: find_disposition,
    Concession.kind: find_concession,
}

__all__ = [
    "KINDS",
    "Allowed",
    "DispositionKind",
    "Units",
    "Wanted",
    "approve_concession",
    "close_report",
    "dispose",
    "open_report",
    "report_escape",
]
