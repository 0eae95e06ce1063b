"""What people write into a report, closing it and opening it again."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db.models import Sum

from zhiliu.contexts.inspections.models import QualityCode
from zhiliu.contexts.inspections.public import Catalogue
from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import CauseUnknown, ReasonMissing
from zhiliu.contexts.nonconformance.events import ReportChanged, ReportClosed, ReportReopened
from zhiliu.contexts.nonconformance.models import Report, ReportLot
from zhiliu.contexts.nonconformance.operations.locks import (
    check_not_before,
    lock_report,
    reference,
)
from zhiliu.contexts.nonconformance.queries import facts_of
from zhiliu.contexts.nonconformance.states import REPORT
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import record_changed
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.signatures.public import sign


class ReportChanges(TypedDict, total=False):
    """What may change in a report; what is left out stays."""

    description: str
    containment: str
    cause_code: str
    cause_text: str


def change_report(
    *,
    report_id: UUID,
    expected_version: int,
    changes: ReportChanges,
    command: Command,
    at: datetime,
) -> Report:
    """Record containment and cause, each when it is known; also in a closed report.

    Raises NotFound, VersionMismatch, CauseUnknown; emits ReportChanged when something changed.
    """
    report = lock_report(report_id, command)
    same_version(expected_version, report.version)
    cause = changes.get("cause_code", "")
    causes = QualityCode.objects.filter(catalogue=Catalogue.CAUSE, is_active=True)
    if cause not in ("", report.cause_code) and not causes.filter(code=cause).exists():
        raise CauseUnknown(cause=cause)
    record_changed(report, command, **changes)
    if report.version != expected_version:
        record_event(
            ReportChanged(
                subject=reference(report),
                company_id=report.company_id,
                site_id=report.site_id,
                containment=report.containment,
                cause_code=report.cause_code,
                cause_text=report.cause_text,
            ),
            command,
            at,
        )
    return report


def close_report(*, report_id: UUID, command: Command, at: datetime) -> Report:
    """Close a report of which every quantity is disposed of and every disposition done.

    Raises NotFound, TooEarly, StillOpen, StillWaiting, NotInState; emits ReportClosed.
    """
    report = lock_report(report_id, command)
    check_not_before(report, at)
    for refusal in rules.can("close", facts_of(report)):
        raise refusal
    target = REPORT.verbs["close"].target
    record_changed(report, command, state=target, closed_at=at, closed_by=command.actor.id)
    content = {
        "number": report.number,
        "material_id": report.material_id,
        "supplier_id": report.supplier_id,
        "state": report.state,
        "closed_at": report.closed_at,
        "closed_by": report.closed_by,
    }
    sign(subject=reference(report), verb="close", content=content, command=command, at=at)
    rows = ReportLot.objects.filter(report_id=report.pk)
    record_event(
        ReportClosed(
            subject=reference(report),
            company_id=report.company_id,
            site_id=report.site_id,
            source=report.source,
            material_id=report.material_id,
            supplier_id=report.supplier_id,
            quantity=rows.aggregate(s=Sum("quantity"))["s"] or ZERO,
        ),
        command,
        at,
    )
    return report


def reopen_report(*, report_id: UUID, command: Command, at: datetime) -> Report:
    """Open a closed report again, with a reason, as long as nothing was posted because of it.

    Raises NotFound, ReasonMissing, TooEarly, NotInState, AlreadyPosted; emits ReportReopened.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="reopen a report")
    report = lock_report(report_id, command)
    check_not_before(report, at)
    for refusal in rules.can("reopen", facts_of(report)):
        raise refusal
    target = REPORT.verbs["reopen"].target
    record_changed(report, command, state=target, closed_at=None, closed_by=None)
    record_event(
        ReportReopened(
            subject=reference(report), company_id=report.company_id, site_id=report.site_id
        ),
        command,
        at,
    )
    return report
