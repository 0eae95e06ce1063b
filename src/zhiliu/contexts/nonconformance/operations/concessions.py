"""Concessions: leave to use nonconforming goods within bounds, which stock counts down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import ReasonMissing
from zhiliu.contexts.nonconformance.events import (
    AboutConcession,
    ConcessionApproved,
    ConcessionEnded,
    ConcessionInForce,
)
from zhiliu.contexts.nonconformance.models import Concession, Disposition
from zhiliu.contexts.nonconformance.operations.dispositions import complete
from zhiliu.contexts.nonconformance.operations.locks import check_not_before, lock_disposition
from zhiliu.contexts.nonconformance.queries import disposition_facts
from zhiliu.contexts.nonconformance.states import (
    CONCESSION,
    ConcessionEnd,
    ConcessionState,
    DispositionKind,
)
from zhiliu.contexts.stock.public import Bounds, restrict_lot
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.signatures.public import sign

CONCESSION_RANGE = "nonconformance.concession"


@dataclass(frozen=True)
class Allowed:
    """What a concession allows: until when, how much (all of it unless said), for whom.

    None of `reference_ids` or `customer_ids` means every order or customer.
    """

    until: datetime
    quantity: Decimal | None = None
    reference_ids: Sequence[UUID] | None = None
    customer_ids: Sequence[UUID] | None = None


def approve_concession(
    *, disposition_id: UUID, allowed: Allowed, command: Command, at: datetime
) -> Concession:
    """Approve, with a reason, that a lot disposed of as use as is or repair is used within bounds.

    Use as is: the lot is restricted at once and the disposition is done. Repair: it is restricted
    when the re-inspection accepts it. Raises ReasonMissing, NotFound, TooEarly, NotInState,
    NoConcessionNeeded, ConcessionTooLarge, ConcessionOver, signatures' SecretNeeded; emits
    ConcessionApproved (and ConcessionInForce, DispositionDone, stock's LotRestricted).
    """
    if not command.reason.strip():
        raise ReasonMissing(act="approve a concession")
    disposition = lock_disposition(disposition_id, command)
    check_not_before(disposition.report, at)
    for refusal in rules.can_disposition("approve_concession", disposition_facts(disposition)):
        raise refusal
    quantity = disposition.quantity if allowed.quantity is None else allowed.quantity
    unit = disposition.report.material.unit
    for refusal in rules.check_concession(
        disposition.number,
        disposition.quantity,
        quantity,
        (unit.code, unit.decimals),
        allowed.until,
        max(at, command.recorded_at),
    ):
        raise refusal

    concession = _approve(disposition, quantity, allowed, command, at)
    if disposition.disposition_kind == DispositionKind.USE_AS_IS:
        enter_force(concession, disposition.lot_id, quantity, command, at)
        complete(disposition, command, at, disposition.quantity)
    return concession


def _approve(
    disposition: Disposition, quantity: Decimal, allowed: Allowed, command: Command, at: datetime
) -> Concession:
    (number,) = take_numbers(company_id=disposition.company_id, kind=CONCESSION_RANGE)
    concession = record_created(
        Concession(
            number=number,
            company_id=disposition.company_id,
            report=disposition.report,
            disposition=disposition,
            lot=disposition.lot,
            concession_kind=disposition.disposition_kind,
            quantity=quantity,
            until=allowed.until,
            references=_texts(allowed.reference_ids),
            customers=_texts(allowed.customer_ids),
            reason=command.reason.strip(),
            state=ConcessionState.APPROVED,
            approved_at=at,
            approved_by=command.actor.id,
        ),
        command,
    )
    sign(
        subject=_reference(concession),
        verb="approve",
        content={
            "number": concession.number,
            "report": concession.report.number,
            "lot": concession.lot.number,
            "concession_kind": concession.concession_kind,
            "quantity": concession.quantity,
            "until": concession.until,
            "references": concession.references,
            "customers": concession.customers,
            "reason": concession.reason,
            "state": concession.state,
        },
        command=command,
        at=at,
    )
    _tell(ConcessionApproved, concession, command, at)
    return concession


def enter_force(
    concession: Concession, lot_id: UUID, quantity: Decimal, command: Command, at: datetime
) -> None:
    """Restrict a lot to so much of a concession, its voucher; emits ConcessionInForce."""
    voucher = _reference(concession)
    restrict_lot(
        lot_id=lot_id,
        bounds=Bounds(
            quantity=quantity,
            until=concession.until,
            reference_ids=_ids(concession.references),
            customer_ids=_ids(concession.customers),
        ),
        voucher=voucher,
        command=command,
        at=at,
    )
    if concession.state == ConcessionState.APPROVED:
        target = CONCESSION.verbs["enter_force"].target
        record_changed(concession, command, state=target, in_force_at=at)
        _tell(ConcessionInForce, concession, command, at)


def end_concession(
    concession: Concession, cause: ConcessionEnd, command: Command, at: datetime
) -> None:
    """End a locked concession that is used up, expired or taken back; emits ConcessionEnded.

    Nothing moves: what is left of the goods stays restricted to nothing, until a new report
    disposes of it.
    """
    target = CONCESSION.verbs["end"].target
    record_changed(concession, command, state=target, ended_at=at, end_cause=cause)
    _tell(ConcessionEnded, concession, command, at, end_cause=cause)


def resume_concession(concession: Concession, command: Command, at: datetime) -> None:
    """What was used up came back unused, so a locked concession is in force again."""
    target = CONCESSION.verbs["resume"].target
    record_changed(concession, command, state=target, ended_at=None, end_cause="")
    _tell(ConcessionInForce, concession, command, at)


def end_if_expired(*, concession_id: UUID, command: Command, at: datetime) -> Concession | None:
    """End a concession whose time is over, unless somebody did; emits ConcessionEnded."""
    rows = Concession.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("report", "lot").exclude(state=ConcessionState.ENDED)
    found = rows.filter(pk=concession_id, until__lte=command.recorded_at).first()
    if found is not None:
        end_concession(found, ConcessionEnd.EXPIRED, command, at)
    return found


def _tell(
    event: type[AboutConcession],
    concession: Concession,
    command: Command,
    at: datetime,
    **more: str,
) -> None:
    report = concession.report
    record_event(
        event(
            subject=_reference(concession),
            company_id=report.company_id,
            site_id=report.site_id,
            report_id=report.pk,
            report=report.number,
            lot_id=concession.lot_id,
            lot=concession.lot.number,
            concession_kind=concession.concession_kind,
            quantity=concession.quantity,
            until=concession.until,
            references=tuple(concession.references or ()),
            customers=tuple(concession.customers or ()),
            **more,
        ),
        command,
        at,
    )


def _reference(concession: Concession) -> Reference:
    return Reference(concession.kind, concession.pk, concession.number, concession.version)


def _texts(ids: Sequence[UUID] | None) -> list[str] | None:
    return None if ids is None else [str(i) for i in ids]


def _ids(texts: Sequence[str] | None) -> list[UUID] | None:
    return None if texts is None else [UUID(t) for t in texts]
