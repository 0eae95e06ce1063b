"""Loading and locking: lots first, then reports, then their lots' totals, then dispositions.

Whatever changes the goods of a lot holds the lot's row (stock.operations.locks). The operations
here take the lots that they change exclusively before the report, so nobody waits in a circle.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from zhiliu.contexts.nonconformance.errors import NotFound, TooEarly
from zhiliu.contexts.nonconformance.models import Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.permissions import where
from zhiliu.contexts.nonconformance.states import REPORT, ReportState
from zhiliu.contexts.stock.public import lock_lots
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import flush, record_changed


def lock_report(report_id: UUID, command: Command) -> Report:
    """A report, locked; raises NotFound, also when the actor may not act there."""
    flush()
    found = Report.objects.select_for_update(no_key=True).filter(pk=report_id).first()
    if found is None or not command.actor.may(command.operation, where(found)):
        raise NotFound(what="report", given=str(report_id))
    return found


def lock_disposition(disposition_id: UUID, command: Command) -> Disposition:
    """A disposition with its lot and report, all locked in key order; raises NotFound."""
    flush()
    seen = Disposition.objects.filter(pk=disposition_id).select_related("report").first()
    if seen is None or not command.actor.may(command.operation, where(seen.report)):
        raise NotFound(what="disposition", given=str(disposition_id))
    lots = lock_lots([seen.lot_id], command, exclusive=True)
    report = lock_report(seen.report_id, command)
    found = Disposition.objects.select_for_update(no_key=True).get(pk=disposition_id)
    found.report, found.lot = report, lots[seen.lot_id]
    return found


def lock_rows(lot_ids: Collection[UUID]) -> list[ReportLot]:
    """The totals of lots in reports that still decide about them, with both, locked by lot.

    Nothing of the totals is ever left in the queue, so there is no need to flush.
    """
    rows = ReportLot.objects.filter(lot_id__in=lot_ids).exclude(open=0, disposed=0)
    rows = rows.select_related("report", "lot", "disposition").order_by("lot_id", "report_id")
    return [row for row in rows.select_for_update(of=("self",), no_key=True) if is_undone(row)]


def is_undone(row: ReportLot) -> bool:
    """True while the goods of a row wait: for a disposition, or for what theirs is done by."""
    return row.open > 0 or (row.disposition is not None and row.disposition.state == "decided")


def reference(report: Report) -> Reference:
    """The report as a subject or voucher, at its present version."""
    return Reference(report.kind, report.pk, report.number, report.version)


def settle_state(report: Report, command: Command) -> None:
    """Make a locked report open or disposed, as its lots say."""
    flush()
    left = ReportLot.objects.filter(report_id=report.pk).aggregate(s=Sum("open"))["s"] or ZERO
    verb = "take_back" if left else "dispose"
    target = REPORT.verbs[verb].target
    if report.state != target and report.state != ReportState.CLOSED:
        record_changed(report, command, state=target)


def check_not_before(report: Report, at: datetime) -> None:
    """Raise TooEarly when something would happen to a report before it was opened."""
    if at < report.opened_at:
        raise TooEarly("report", report.number, at, report.opened_at)
