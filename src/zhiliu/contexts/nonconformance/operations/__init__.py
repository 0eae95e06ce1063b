"""Writes of nonconformance, one function a verb."""

from zhiliu.contexts.nonconformance.operations.cancelling import cancel_disposition
from zhiliu.contexts.nonconformance.operations.concessions import (
    Allowed,
    approve_concession,
    end_if_expired,
)
from zhiliu.contexts.nonconformance.operations.dispositions import (
    Wanted,
    carry_out_disposition,
    dispose,
    dispose_parts,
)
from zhiliu.contexts.nonconformance.operations.opening import Units, open_report, report_escape
from zhiliu.contexts.nonconformance.operations.reports import (
    ReportChanges,
    change_report,
    close_report,
    reopen_report,
)

__all__ = [
    "Allowed",
    "ReportChanges",
    "Units",
    "Wanted",
    "approve_concession",
    "cancel_disposition",
    "carry_out_disposition",
    "change_report",
    "close_report",
    "dispose",
    "dispose_parts",
    "end_if_expired",
    "open_report",
    "reopen_report",
    "report_escape",
]
