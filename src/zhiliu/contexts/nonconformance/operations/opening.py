"""How reports are opened: by a verdict, by an escape, or by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections.events import VerdictGiven
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import (
    LotEmpty,
    LotsDiffer,
    NotAnEscape,
    NotFound,
    PlaceNeeded,
    ReasonMissing,
    UnderInspection,
    UnderReport,
)
from zhiliu.contexts.nonconformance.events import ReportOpened
from zhiliu.contexts.nonconformance.models import Report, ReportLot
from zhiliu.contexts.nonconformance.operations.locks import lock_rows, reference
from zhiliu.contexts.nonconformance.queries import table_facts, worst_class
from zhiliu.contexts.nonconformance.states import ReportState, Source
from zhiliu.contexts.purchasing.public import get_prices
from zhiliu.contexts.receiving.public import get_order_lines
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import (
    LotStatus,
    Part,
    block_locked,
    get_place,
    lock_balances_of_lot,
    lock_lots,
    split_lot,
)
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current, flush, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.rules.public import decide

REPORT_RANGE = "nonconformance.report"


@dataclass(frozen=True)
class Units:
    """So much of a lot, at one place of one owner; all of the lot when no quantity is named.

    Place and owner need not be named where the lot lies at only one. `serials` name the pieces of a
    serial-controlled lot.
    """

    lot_id: UUID
    quantity: Decimal | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: Sequence[str] = ()


@dataclass(frozen=True)
class Bad:
    """A lot that is nonconforming as a whole, and how much of it there is."""

    lot: Lot
    quantity: Decimal


def open_by_verdict(
    *,
    event: VerdictGiven,
    source: Source,
    lots: Mapping[UUID, Decimal],
    command: Command,
    at: datetime,
) -> Report:
    """Open the report of what a verdict found nonconforming; emits ReportOpened."""
    flush()
    rows = Lot.objects.filter(pk__in=lots).order_by("pk")
    return _open(
        source=source,
        bad=[Bad(lot, lots[lot.pk]) for lot in rows],
        inspection=Inspection.objects.get(pk=event.subject.id),
        severity_class=worst_class(event.subject.id),
        description=command.reason,
        command=command,
        at=at,
    )


def open_report(
    *,
    parts: Sequence[Units],
    description: str,
    severity_class: SeverityClass | None = None,
    command: Command,
    at: datetime,
) -> Report:
    """Put goods of any status under a report by hand, with a reason; what was usable is blocked.

    A part is split off first. Raises ReasonMissing, stock's NotFound, LotsDiffer, LotEmpty,
    UnderReport, UnderInspection, PlaceNeeded, Undecided and what a split refuses; emits
    ReportOpened (and
    stock's LotSplit, LotBlocked, ReservationsBroken).
    """
    if not command.reason.strip():
        raise ReasonMissing(act="open a report")
    lots = _lock_free(parts, command)
    return _contain(
        Source.BY_HAND, lots, parts, None, description, severity_class, command=command, at=at
    )


def report_escape(
    *,
    parts: Sequence[Units],
    description: str,
    severity_class: SeverityClass | None = None,
    command: Command,
    at: datetime,
) -> Report:
    """Report nonconforming goods found in stock that quality had let through; they are blocked.

    Raises as `open_report` and NotAnEscape; emits ReportOpened. The report names the inspection
    that had accepted the first lot, if there was one.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="open a report")
    lots = _lock_free(parts, command)
    for lot in lots.values():
        if lot.status not in (LotStatus.RELEASED, LotStatus.RESTRICTED):
            raise NotAnEscape(lot=lot.number, lot_status=lot.status)
    let_through = _accepted_by(lots[parts[0].lot_id])
    return _contain(
        Source.ESCAPE, lots, parts, let_through, description, severity_class, command=command, at=at
    )


def _lock_free(parts: Sequence[Units], command: Command) -> dict[UUID, Lot]:
    """The lots, exclusively locked, of which no report and no open inspection decides."""
    if not parts:
        raise NotFound(what="lot", given="-")
    lots = lock_lots(sorted({unit.lot_id for unit in parts}), command, exclusive=True)
    for what in ("material", "supplier", "site"):
        if len({getattr(lot, f"{what}_id") for lot in lots.values()}) > 1:
            raise LotsDiffer(what=what)
    for row in lock_rows(list(lots)):
        raise UnderReport(lot=row.lot.number, report=row.report.number)
    waiting = InspectionLot.objects.filter(lot_id__in=list(lots), open__gt=0)
    for busy in waiting.select_related("lot", "inspection").order_by("lot_id")[:1]:
        raise UnderInspection(lot=busy.lot.number, inspection=busy.inspection.number)
    return lots


def _contain(
    source: Source,
    lots: dict[UUID, Lot],
    parts: Sequence[Units],
    inspection: Inspection | None,
    description: str,
    severity_class: SeverityClass | None,
    *,
    command: Command,
    at: datetime,
) -> Report:
    """Split off what is named and block it, in one act with the report as the voucher."""
    bad: list[Bad] = []
    for unit in parts:
        if unit.lot_id in (one.lot.pk for one in bad):
            raise LotEmpty(lot=lots[unit.lot_id].number)  # all of it was named before
        bad.append(take_apart(lots[unit.lot_id], unit, command, at))
    report = _open(
        source=source,
        bad=bad,
        inspection=inspection,
        severity_class=severity_class,
        description=description,
        command=command,
        at=at,
    )
    ids = sorted(one.lot.pk for one in bad)
    named = lock_lots(ids, command, exclusive=True)
    usable = [lot for lot in named.values() if lot.status != LotStatus.BLOCKED]
    block_locked(lots=usable, voucher=reference(report), command=command, at=at)
    return report


def take_apart(lot: Lot, unit: Units, command: Command, at: datetime) -> Bad:
    """The named quantity of an exclusively locked lot as a lot: itself, or a part split off.

    Raises LotEmpty, PlaceNeeded and what a split refuses.
    """
    rows = [row for row in lock_balances_of_lot(lot.pk) if row.quantity > 0]
    on_hand = sum((row.quantity for row in rows), ZERO)
    if not rows:
        raise LotEmpty(lot=lot.number)
    if unit.quantity in (None, on_hand):
        return Bad(lot, on_hand)
    assert unit.quantity is not None
    found = [
        row
        for row in rows
        if unit.place_id in (None, row.place_id) and unit.owner_id in (None, row.owner_id)
    ]
    if len(found) == 1:
        place_id, owner_id = found[0].place_id, found[0].owner_id
    elif unit.place_id is not None and unit.owner_id is not None:
        place_id, owner_id = unit.place_id, unit.owner_id
    else:
        codes = ", ".join(sorted({get_place(row.place_id).code for row in rows}))
        raise PlaceNeeded(lot=lot.number, places=codes)
    part = Part(place_id, owner_id, unit.quantity, unit.serials)
    child = split_lot(lot_id=lot.pk, part=part, command=command, at=at)
    return Bad(child, unit.quantity)


def _accepted_by(lot: Lot) -> Inspection | None:
    """The latest inspection that accepted a lot, or the lots that it was split from."""
    seen: Lot | None = lot
    while seen is not None:
        rows = InspectionLot.objects.filter(lot_id=seen.pk, accepted__gt=0)
        found = rows.select_related("inspection").order_by("-inspection_id").first()
        if found is not None:
            return found.inspection
        seen = seen.split_from
    return None


def _open(
    *,
    source: Source,
    bad: Sequence[Bad],
    inspection: Inspection | None,
    severity_class: SeverityClass | None,
    description: str,
    command: Command,
    at: datetime,
) -> Report:
    first = bad[0].lot
    lines = get_order_lines([one.lot.pk for one in bad])
    prices = get_prices(lines.values())
    cost = rules.estimate(
        (prices[lines[b.lot.pk]].cost_of(b.quantity), prices[lines[b.lot.pk]].currency)
        if b.lot.pk in lines
        else None
        for b in bad
    )
    (number,) = take_numbers(company_id=first.company_id, kind=REPORT_RANGE)
    report = Report(
        number=number,
        company_id=first.company_id,
        site_id=first.site_id,
        material_id=first.material_id,
        supplier_id=first.supplier_id,
        source=source,
        severity_class=severity_class or "",
        inspection=inspection,
        state=ReportState.OPEN,
        opened_at=at,
        opened_by=command.actor.id,
        description=description.strip(),
        estimated_cost=cost.amount if cost else None,
        currency=cost.currency if cost else "",
    )
    facts = table_facts(report)
    routed = decide(rules.REVIEW_ROUTING.code, **facts)
    report.review_board, report.rule = routed["review_board"], routed.rule
    due = decide(rules.DISPOSITION_DUE.code, **facts)
    report.due_at, report.due_rule = at + timedelta(hours=due["hours"]), due.rule
    record_created(report, command)
    for one in bad:
        _add_row(report.pk, one.lot.pk, one.quantity, lines.get(one.lot.pk))
    flush()
    _tell(report, bad, inspection, command, at)
    return report


def _add_row(report_id: UUID, lot_id: UUID, quantity: Decimal, order_line_id: UUID | None) -> None:
    """Queue a lot's row in a report, all of it open."""
    current().insert(
        ReportLot(
            report_id=report_id,
            lot_id=lot_id,
            quantity=quantity,
            open=quantity,
            disposed=ZERO,
            cleared=ZERO,
            order_line_id=order_line_id,
        )
    )


def _tell(
    report: Report,
    bad: Sequence[Bad],
    inspection: Inspection | None,
    command: Command,
    at: datetime,
) -> None:
    record_event(
        ReportOpened(
            subject=reference(report),
            company_id=report.company_id,
            site_id=report.site_id,
            source=report.source,
            severity_class=report.severity_class,
            material_id=report.material_id,
            supplier_id=report.supplier_id,
            inspection_id=inspection.pk if inspection else None,
            inspection=inspection.number if inspection else "",
            quantity=sum((one.quantity for one in bad), ZERO),
            estimated_cost=report.estimated_cost,
            currency=report.currency,
            due_at=report.due_at,
            due_rule=report.due_rule,
            lots=tuple(
                {"lot_id": one.lot.pk, "lot": one.lot.number, "quantity": one.quantity}
                for one in bad
            ),
        ),
        command,
        at,
        rule_version=report.rule,
    )
