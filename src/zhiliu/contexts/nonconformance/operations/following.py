"""What a report does when the goods under it are decided on, split, counted, or leave.

Called from reactions, inside an operation of stock or inspections that holds the lots' rows.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum

from zhiliu.contexts.inspections.events import VerdictGiven
from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import (
    ConcessionMissing,
    NotRenderedUnusable,
    SortJudgesEveryUnit,
    UnderReport,
)
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.operations.concessions import (
    end_concession,
    enter_force,
    resume_concession,
)
from zhiliu.contexts.nonconformance.operations.dispositions import complete, reference
from zhiliu.contexts.nonconformance.operations.locks import lock_rows, settle_state
from zhiliu.contexts.nonconformance.queries import list_remaining
from zhiliu.contexts.nonconformance.states import (
    ConcessionEnd,
    ConcessionState,
    DispositionKind,
)
from zhiliu.contexts.stock.models import Balance, Lot, Move
from zhiliu.contexts.stock.public import LotStatus, MoveKind, block_lot
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current, flush, record_changed

_POSTED_BY = {
    DispositionKind.SCRAP: MoveKind.SCRAP,
    DispositionKind.RETURN_TO_VENDOR: MoveKind.RETURN_TO_VENDOR,
    DispositionKind.REGRADE: MoveKind.TRANSFORM,
}


def permits(
    *,
    voucher: Reference | None,
    lot: Lot,
    kind: MoveKind,
    quantity: Decimal,
    command: Command,
    at: datetime,
) -> bool:
    """Whether a disposition lets so much of a locked, blocked lot leave; counts it as posted.

    Answers stock's question at scrap, return and regrade. The disposition is done when nothing of
    its goods is left. Raises NotRenderedUnusable; emits DispositionDone.
    """
    if voucher is None or voucher.kind != Disposition.kind:
        return False
    flush()
    disposition = _lock_disposition(voucher.id)
    rows = [row for row in lock_rows([lot.pk]) if row.disposition_id == voucher.id]
    if disposition is None or not rows or _POSTED_BY.get(_kind(disposition)) is not kind:
        return False
    if _kind(disposition) is DispositionKind.SCRAP and disposition.carried_out_at is None:
        raise NotRenderedUnusable(disposition=disposition.number)
    if _on_hand(disposition) > quantity:
        record_changed(disposition, command, posted=disposition.posted + quantity)
    else:
        complete(disposition, command, at, quantity)
    return True


def follow_split(*, lot_id: UUID, part_id: UUID, quantity: Decimal) -> None:
    """A part that is split off nonconforming goods stays under their report and disposition."""
    for row in lock_rows([lot_id]):
        column = "open" if row.open > 0 else "disposed"
        _change(row, -quantity, column)
        values = dict.fromkeys(("open", "disposed", "cleared"), ZERO)
        current().insert(
            ReportLot(
                report_id=row.report_id,
                lot_id=part_id,
                disposition_id=row.disposition_id,
                order_line_id=row.order_line_id,
                **{**values, "quantity": quantity, column: quantity},
            )
        )
    flush()


def clear(*, lot_id: UUID, quantity: Decimal, command: Command) -> None:
    """So much of a lot needs no disposition any more."""
    for row in lock_rows([lot_id]):
        _clear(row, quantity)
        settle_state(_lock_report(row.report_id), command)


def recount(*, lot_id: UUID, command: Command, at: datetime) -> None:
    """After a count, a destroyed sample or another system's move: only what is here is decided on.

    What is missing is cleared, what was found in the lot is nonconforming like the rest. Locks the
    row first, so that of two that change one lot the second sees what the first did.
    """
    for row in lock_rows([lot_id]):
        flush()
        gone = ZERO
        if row.disposition_id is not None:
            moves = Move.objects.filter(lot_id=lot_id, reference_id=row.disposition_id)
            gone = moves.aggregate(s=Sum("quantity"))["s"] or ZERO
        on_hand = Balance.objects.filter(lot_id=lot_id).aggregate(s=Sum("quantity"))["s"] or ZERO
        difference = on_hand - (row.open + row.disposed - gone)
        if difference < 0:
            _clear(row, -difference)
        elif difference > 0:
            _change(row, difference, "open" if row.open > 0 else "disposed")
        settle_state(_lock_report(row.report_id), command)
        disposition = None if row.open > 0 else _lock_disposition(row.disposition_id)
        if disposition is None:
            continue
        if difference > 0:
            record_changed(disposition, command, quantity=disposition.quantity + difference)
        if not _on_hand(disposition):
            complete(disposition, command, at, ZERO)


def refuse_others(*, lot_ids: list[UUID]) -> None:
    """Raise UnderReport when a report decides about one of these lots."""
    for row in lock_rows(lot_ids):
        raise UnderReport(lot=row.lot.number, report=row.report.number)


def follow_inspection(*, inspection: Reference, lot_ids: list[UUID], command: Command) -> None:
    """An inspection opened: the one that a carried out disposition waits for, or a retest.

    Of goods that have another disposition there is nothing to inspect. Raises UnderReport.
    """
    for row in lock_rows(lot_ids):
        disposition = _lock_disposition(row.disposition_id)
        if disposition is None or row.open > 0:
            continue  # a retest of what has no disposition yet
        if disposition.carried_out_at is None or disposition.inspection_id is not None:
            raise UnderReport(lot=row.lot.number, report=row.report.number)
        record_changed(disposition, command, inspection_id=inspection.id)


def follow_cancelled_inspection(*, inspection_id: UUID, command: Command) -> None:
    """What was reworked, repaired or sorted still waits: another inspection may be opened."""
    flush()
    found = Disposition.objects.filter(inspection_id=inspection_id, state="decided")
    for disposition in found.select_for_update(no_key=True):
        record_changed(disposition, command, inspection_id=None)


def follow_verdict(*, event: VerdictGiven, command: Command, at: datetime) -> set[UUID]:
    """What a verdict says about lots that are under a report already; their ids.

    A retest that accepts clears them. An inspection after sort, rework or repair ends the
    disposition: what it accepts is done with, what it does not accept is open again. Raises
    SortJudgesEveryUnit, ConcessionMissing.
    """
    quantities = {lot["lot_id"]: lot["quantity"] for lot in event.lots}
    accepted = {lot["lot_id"] for lot in event.lots if lot["is_accepted"]}
    rows = {row.lot_id: row for row in lock_rows(list(quantities))}
    disposed: dict[UUID, dict[UUID, Decimal]] = {}
    for lot_id, row in rows.items():
        if row.open > 0:
            if lot_id in accepted:
                _clear(row, row.open)
                settle_state(_lock_report(row.report_id), command)
        else:
            assert row.disposition_id is not None
            disposed.setdefault(row.disposition_id, {})[lot_id] = quantities[lot_id]
    for disposition_id, lots in disposed.items():
        _end_by_verdict(disposition_id, lots, accepted, event, command, at)
    return set(rows)


def _end_by_verdict(
    disposition_id: UUID,
    lots: Mapping[UUID, Decimal],
    accepted: set[UUID],
    event: VerdictGiven,
    command: Command,
    at: datetime,
) -> None:
    disposition = _lock_disposition(disposition_id)
    assert disposition is not None
    total = sum(lots.values(), ZERO)
    is_sort = _kind(disposition) is DispositionKind.SORT
    if is_sort and event.inspected < total:
        raise SortJudgesEveryUnit(event.subject.number, disposition.number, event.inspected, total)
    good = {lot_id: lots[lot_id] for lot_id in lots if lot_id in accepted}
    if good and _kind(disposition) is DispositionKind.REPAIR:
        good = _concede(disposition, good, event, command, at)
    flush()
    for lot_id in lots.keys() - good.keys():
        ReportLot.objects.filter(disposition_id=disposition_id, lot_id=lot_id).update(
            open=F("open") + F("disposed"), disposed=ZERO
        )
    report = _lock_report(disposition.report_id)
    settle_state(report, command)
    disposition.report = report
    complete(disposition, command, at, sum(good.values(), ZERO))


def _concede(
    disposition: Disposition,
    good: Mapping[UUID, Decimal],
    event: VerdictGiven,
    command: Command,
    at: datetime,
) -> dict[UUID, Decimal]:
    """Restrict what was repaired and accepted to its concession; what exceeds it is blocked."""
    rows = Concession.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("report", "lot").filter(
        disposition_id=disposition.pk, until__gt=command.recorded_at
    )
    concession = rows.exclude(state=ConcessionState.ENDED).first()
    if concession is None:
        raise ConcessionMissing(disposition=disposition.number, inspection=event.subject.number)
    lots = sorted(good, key=lambda lot_id: (lot_id != disposition.lot_id, str(lot_id)))
    shares = rules.shares(concession.quantity, [good[lot_id] for lot_id in lots])
    conceded = {}
    for lot_id, share in zip(lots, shares, strict=True):
        if share > 0:
            enter_force(concession, lot_id, share, command, at)
            conceded[lot_id] = good[lot_id]
        else:
            block_lot(lot_id=lot_id, voucher=reference(disposition), command=command, at=at)
    return conceded


def follow_use(*, lot_id: UUID, command: Command, at: datetime) -> None:
    """A restricted lot was used, or gave back: its concession ends when nothing remains of it."""
    lot: Lot | None = Lot.objects.filter(pk=lot_id, status=LotStatus.RESTRICTED).first()
    while lot is not None:
        rows = Concession.objects.filter(lot_id=lot.pk, in_force_at__isnull=False)
        rows = rows.select_related("report", "lot").order_by("-id")
        concession = rows.select_for_update(of=("self",), no_key=True).first()
        if concession is not None:
            _count_down(concession, command, at)
            return
        lot = lot.split_from


def _count_down(concession: Concession, command: Command, at: datetime) -> None:
    in_force = ConcessionState.IN_FORCE
    is_used_up = concession.end_cause == ConcessionEnd.USED_UP
    if concession.state != in_force and not is_used_up:
        return
    asked = concession
    if is_used_up:
        asked = Concession(pk=concession.pk, lot_id=concession.lot_id, state=in_force)
    left = list_remaining([asked])[concession.pk]
    if left == 0 and not is_used_up:
        end_concession(concession, ConcessionEnd.USED_UP, command, at)
    if left > 0 and is_used_up and concession.until > command.recorded_at:
        resume_concession(concession, command, at)


def _kind(disposition: Disposition) -> DispositionKind:
    return DispositionKind(disposition.disposition_kind)


def _lock_disposition(disposition_id: UUID | None) -> Disposition | None:
    if disposition_id is None:
        return None
    flush()
    rows = Disposition.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("report", "lot").filter(pk=disposition_id).first()


def _lock_report(report_id: UUID) -> Report:
    flush()
    return Report.objects.select_for_update(no_key=True).get(pk=report_id)


def _on_hand(disposition: Disposition) -> Decimal:
    """How much of the goods of a disposition is still here."""
    flush()
    lots = ReportLot.objects.filter(disposition_id=disposition.pk).values("lot_id")
    balances = Balance.objects.filter(lot_id__in=lots)
    return balances.aggregate(s=Sum("quantity"))["s"] or ZERO


def _change(row: ReportLot, quantity: Decimal, column: str) -> None:
    """Add to, or take from, a locked row's quantity and one of its parts."""
    ReportLot.objects.filter(pk=row.pk).update(
        **{column: F(column) + quantity}, quantity=F("quantity") + quantity
    )


def _clear(row: ReportLot, quantity: Decimal) -> None:
    column = "open" if row.open > 0 else "disposed"
    ReportLot.objects.filter(pk=row.pk).update(
        **{column: F(column) - quantity}, cleared=F("cleared") + quantity
    )
