"""Deciding what happens to nonconforming goods, carrying it out, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.inspections.public import InspectionReason, open_inspection
from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import (
    NotInReport,
    NotRenderedUnusable,
    ReasonMissing,
)
from zhiliu.contexts.nonconformance.events import (
    AboutDisposition,
    DispositionCarriedOut,
    DispositionDone,
    GoodsDisposed,
)
from zhiliu.contexts.nonconformance.models import Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.operations.locks import (
    check_not_before,
    lock_disposition,
    lock_report,
    settle_state,
)
from zhiliu.contexts.nonconformance.operations.opening import Units, take_apart
from zhiliu.contexts.nonconformance.queries import (
    disposition_facts,
    facts_of,
    lot_facts,
    table_facts,
)
from zhiliu.contexts.nonconformance.states import (
    DISPOSITION,
    DispositionKind,
    DispositionState,
)
from zhiliu.contexts.stock.models import Balance, Lot, Serial
from zhiliu.contexts.stock.public import Part, lock_lots, regrade_lot, scrap
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.rules.public import Decision, decide
from zhiliu.platform.signatures.public import sign

DISPOSITION_RANGE = "nonconformance.disposition"


@dataclass(frozen=True)
class Wanted:
    """What shall happen to goods of one lot; all that waits of it unless `units` names less.

    `reason` is said of these goods alone; without one the act's own holds.
    """

    units: Units
    kind: DispositionKind
    to_material_id: UUID | None = None
    reason: str = ""


def dispose(*, report_id: UUID, wanted: Wanted, command: Command, at: datetime) -> Disposition:
    """Decide what happens to a lot of a report, or to a part of it; as `dispose_parts`."""
    (found,) = dispose_parts(report_id=report_id, parts=[wanted], command=command, at=at)
    return found


def dispose_parts(
    *, report_id: UUID, parts: Sequence[Wanted], command: Command, at: datetime
) -> list[Disposition]:
    """Decide, all or nothing, what happens to parts of the lots of a report, in the order given.

    A part of a lot is split off first. A sort opens the inspection that judges every unit; a
    regrade is posted at once; the others wait for what does them. Raises ReasonMissing, NotFound,
    NotInReport, TooEarly, NotInState, OwnInspection, NothingLeft, KindNotPossible, KindNotAllowed,
    PlaceNeeded, rules' Undecided and what stock refuses; emits GoodsDisposed for each (and
    DispositionDone for a regrade).
    """
    commands = [replace(command, reason=w.reason or command.reason) for w in parts]
    if not all(one.reason.strip() for one in commands):
        raise ReasonMissing(act="dispose of goods")
    lots = lock_lots(sorted({w.units.lot_id for w in parts}), command, exclusive=True)
    report = lock_report(report_id, command)
    check_not_before(report, at)
    for refusal in rules.can("dispose", facts_of(report), command.actor.id):
        raise refusal
    allowed = decide(rules.ALLOWED_DISPOSITIONS.code, **table_facts(report))
    found = [
        _dispose_part(report, lots[wanted.units.lot_id], wanted, allowed, own, at)
        for wanted, own in zip(parts, commands, strict=True)
    ]
    settle_state(report, command)
    for disposition, own in zip(found, commands, strict=True):
        _begin(disposition, own, at)
    return found


def _dispose_part(
    report: Report, lot: Lot, wanted: Wanted, allowed: Decision, command: Command, at: datetime
) -> Disposition:
    row = _row_of(report, lot)
    quantity = row.open if wanted.units.quantity is None else wanted.units.quantity
    has_target = wanted.to_material_id is not None
    for refusal in rules.check_disposition(
        wanted.kind, lot_facts(row), quantity, has_target=has_target
    ):
        raise refusal
    for refusal in rules.check_allowed(report.number, wanted.kind, allowed["kinds"]):
        raise refusal
    bad = take_apart(lot, wanted.units, command, at)
    return _decide(report, bad.lot, wanted, allowed.rule, command, at)


def _row_of(report: Report, lot: Lot) -> ReportLot:
    flush()
    rows = ReportLot.objects.filter(report_id=report.pk).select_related("lot")
    found = rows.filter(lot_id=lot.pk).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        listed = ", ".join(row.lot.number for row in rows.order_by("lot_id"))
        raise NotInReport(lot=lot.number, report=report.number, lots=listed)
    return found


def _decide(
    report: Report, lot: Lot, wanted: Wanted, rule: str, command: Command, at: datetime
) -> Disposition:
    flush()
    row = ReportLot.objects.get(report_id=report.pk, lot_id=lot.pk)
    (number,) = take_numbers(company_id=report.company_id, kind=DISPOSITION_RANGE)
    is_sort = wanted.kind is DispositionKind.SORT
    disposition = record_created(
        Disposition(
            number=number,
            company_id=report.company_id,
            report=report,
            lot=lot,
            disposition_kind=wanted.kind,
            quantity=row.open,
            posted=ZERO,
            state=DispositionState.DECIDED,
            reason=command.reason.strip(),
            rule=rule,
            to_material_id=wanted.to_material_id,
            decided_at=at,
            decided_by=command.actor.id,
            carried_out_at=at if is_sort else None,
            carried_out_by=command.actor.id if is_sort else None,
        ),
        command,
    )
    sign_disposition(disposition, "decide", command, at)
    flush()
    ReportLot.objects.filter(pk=row.pk).update(
        open=ZERO, disposed=row.disposed + row.open, disposition=disposition
    )
    tell(GoodsDisposed, disposition, command, at)
    return disposition


def _begin(disposition: Disposition, command: Command, at: datetime) -> None:
    """What a decision does at once: a sort opens its inspection, a regrade is posted."""
    if disposition.disposition_kind == DispositionKind.SORT:
        _inspect(disposition, command, at)
    if disposition.disposition_kind == DispositionKind.REGRADE:
        assert disposition.to_material_id is not None
        for part in _parts(disposition):
            regrade_lot(
                lot_id=disposition.lot_id,
                part=part,
                to_material_id=disposition.to_material_id,
                voucher=reference(disposition),
                command=command,
                at=at,
            )
        disposition.refresh_from_db()


def carry_out_disposition(
    *, disposition_id: UUID, is_rendered_unusable: bool, command: Command, at: datetime
) -> Disposition:
    """Confirm that scrap was rendered unusable, which posts it, or that rework or repair is done.

    What was reworked or repaired gets a re-inspection, which decides what may be used of it.
    Raises NotFound, TooEarly, NotInState, NothingToCarryOut, NotRenderedUnusable and what stock
    refuses; emits DispositionCarriedOut (and DispositionDone for scrap).
    """
    disposition = lock_disposition(disposition_id, command)
    check_not_before(disposition.report, at)
    for refusal in rules.can_disposition("carry_out", disposition_facts(disposition)):
        raise refusal
    is_scrap = disposition.disposition_kind == DispositionKind.SCRAP
    if is_scrap and not is_rendered_unusable:
        raise NotRenderedUnusable(disposition=disposition.number)
    record_changed(disposition, command, carried_out_at=at, carried_out_by=command.actor.id)
    sign_disposition(disposition, "carry_out", command, at)
    if is_scrap:
        tell(DispositionCarriedOut, disposition, command, at, inspection_id=None)
        for part in _parts(disposition):
            scrap(
                lot_id=disposition.lot_id,
                part=part,
                voucher=reference(disposition),
                command=command,
                at=at,
            )
        flush()
        disposition.refresh_from_db()
        return disposition
    inspection_id = _inspect(disposition, command, at)
    tell(DispositionCarriedOut, disposition, command, at, inspection_id=inspection_id)
    return disposition


def give_back(disposition: Disposition, command: Command) -> None:
    """Open again what a disposition covered, and with it its report."""
    for row in ReportLot.objects.filter(disposition_id=disposition.pk, disposed__gt=0):
        ReportLot.objects.filter(pk=row.pk).update(open=row.open + row.disposed, disposed=ZERO)
    settle_state(disposition.report, command)


def _inspect(disposition: Disposition, command: Command, at: datetime) -> UUID:
    """Open the inspection that decides; the reaction to its opening names it in the disposition."""
    flush()
    inspection = open_inspection(
        lot_ids=[disposition.lot_id],
        kind=InspectionReason.REINSPECTION,
        command=replace(command, reason=command.reason or disposition.number),
        at=at,
    )
    flush()
    disposition.refresh_from_db()
    return inspection.pk


def _parts(disposition: Disposition) -> list[Part]:
    """All of the disposition's lot, part by part, with the serials of each."""
    flush()
    rows = Balance.objects.filter(lot_id=disposition.lot_id, quantity__gt=0)
    parts = []
    for row in rows.order_by("place_id", "owner_id"):
        serials = Serial.objects.filter(
            lot_id=row.lot_id, place_id=row.place_id, owner_id=row.owner_id
        )
        numbers = list(serials.order_by("id").values_list("number", flat=True))
        parts.append(Part(row.place_id, row.owner_id, row.quantity, numbers))
    return parts


def reference(disposition: Disposition) -> Reference:
    """The disposition as a subject or voucher, at its present version."""
    return Reference(disposition.kind, disposition.pk, disposition.number, disposition.version)


def sign_disposition(disposition: Disposition, verb: str, command: Command, at: datetime) -> None:
    """Sign what was decided, or that it was carried out; raises signatures' SecretNeeded."""
    content = {
        "number": disposition.number,
        "report": disposition.report.number,
        "lot": disposition.lot.number,
        "disposition_kind": disposition.disposition_kind,
        "quantity": disposition.quantity,
        "reason": disposition.reason,
        "state": disposition.state,
    }
    sign(subject=reference(disposition), verb=verb, content=content, command=command, at=at)


def complete(disposition: Disposition, command: Command, at: datetime, posted: Decimal) -> None:
    """End a locked disposition of which all is done; emits DispositionDone."""
    end(disposition, "complete", command, at, posted=disposition.posted + posted)
    tell(DispositionDone, disposition, command, at, posted=disposition.posted)


def end(disposition: Disposition, verb: str, command: Command, at: datetime, **values: Any) -> None:
    """Bring a locked disposition to a final state."""
    record_changed(
        disposition,
        command,
        state=DISPOSITION.verbs[verb].target,
        ended_at=at,
        ended_by=command.actor.id,
        end_reason=command.reason,
        **values,
    )


def tell(
    event: type[AboutDisposition],
    disposition: Disposition,
    command: Command,
    at: datetime,
    **more: Any,
) -> None:
    """Record an event about a disposition."""
    report = disposition.report
    record_event(
        event(
            subject=reference(disposition),
            company_id=report.company_id,
            site_id=report.site_id,
            report_id=report.pk,
            report=report.number,
            lot_id=disposition.lot_id,
            lot=disposition.lot.number,
            disposition_kind=disposition.disposition_kind,
            quantity=disposition.quantity,
            material_id=report.material_id,
            supplier_id=report.supplier_id,
            **more,
        ),
        command,
        at,
        rule_version=disposition.rule,
    )
