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
from zhiliu.contexts.nonconformance.permissions import READ
from zhiliu.contexts.nonconformance.queries import (
    find_concession,
    find_disposition,
    find_report,
    list_concessions,
    list_dispositions,
    list_reports,
)
from zhiliu.contexts.nonconformance.states import DispositionKind
from zhiliu.platform.access.public import Searcher

KINDS = {
    Report.kind: find_report,
    Disposition.kind: find_disposition,
    Concession.kind: find_concession,
}
SEARCHERS = (
    Searcher(
        Report.kind,
        READ,
        list_reports,
        ("number",),
        title="material__name",
        detail="description",
        status="state",
    ),
    Searcher(
        Disposition.kind,
        READ,
        list_dispositions,
        ("number",),
        title="disposition_kind",
        detail="lot__number",
        status="state",
    ),
    Searcher(
        Concession.kind,
        READ,
        list_concessions,
        ("number",),
        title="concession_kind",
        detail="lot__number",
        status="state",
    ),
)

__all__ = [
    "KINDS",
    "SEARCHERS",
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
