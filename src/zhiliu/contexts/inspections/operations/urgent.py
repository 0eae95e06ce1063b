"""Urgent release 紧急放行: goods are used before their inspection ends (ISO 9001:2015 8.6).

One person asks, another approves; the lot becomes restricted, with a mark that what is made of it
inherits, until the inspection ends. What was used stays under the inspection.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections.errors import (
    NotFound,
    NotUrgent,
    ReasonMissing,
    TooMuchUrgent,
)
from zhiliu.contexts.inspections.events import (
    UrgentReleaseApproved,
    UrgentReleaseEnded,
    UrgentReleaseRefused,
    UrgentReleaseRequested,
)
from zhiliu.contexts.inspections.models import Inspection, InspectionLot, UrgentRelease
from zhiliu.contexts.inspections.permissions import where_urgent
from zhiliu.contexts.inspections.queries import urgent_facts
from zhiliu.contexts.inspections.queries.urgent import used_urgently
from zhiliu.contexts.inspections.rules import can_urgent
from zhiliu.contexts.inspections.states import URGENT_RELEASE, UrgentReleaseState
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import (
    Bounds,
    LotStatus,
    lock_lots,
    restrict_lot,
    with_parts,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.signatures.public import sign

URGENT_RANGE = "inspections.urgent_release"
LIVE = (UrgentReleaseState.REQUESTED, UrgentReleaseState.APPROVED)


def request_urgent_release(
    *,
    lot_id: UUID,
    quantity: Decimal,
    reference: Reference,
    until: datetime | None = None,
    command: Command,
    at: datetime,
) -> UrgentRelease:
    """Ask that `quantity` (stock unit) of a lot under inspection may be issued for one order.

    The command's reason says why it cannot wait. Signed by who asks. Raises NotFound,
    ReasonMissing, NotUrgent (the lot waits for no inspection), TooMuchUrgent, signatures'
    SecretNeeded; emits UrgentReleaseRequested.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="ask for an urgent release")
    lot = lock_lots([lot_id], command, exclusive=True)[lot_id]
    if not command.actor.may(command.operation, where_urgent(lot)):
        raise NotFound(what="lot", given=str(lot_id))
    under = InspectionLot.objects.filter(lot_id=lot_id, open__gt=0).first()
    if under is None or lot.status != LotStatus.AWAITING_INSPECTION:
        raise NotUrgent(lot=lot.number, lot_status=lot.status)
    if quantity > under.open:
        raise TooMuchUrgent(lot=lot.number, quantity=quantity, open=under.open)

    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=under.inspection_id)
    if not inspection.is_urgent:
        record_changed(inspection, command, is_urgent=True)
    (number,) = take_numbers(company_id=lot.company_id, kind=URGENT_RANGE, count=1)
    asked = record_created(
        UrgentRelease(
            number=number,
            company_id=lot.company_id,
            site_id=lot.site_id,
            lot_id=lot.pk,
            inspection_id=under.inspection_id,
            quantity=quantity,
            until=until,
            reference_kind=reference.kind,
            reference_id=reference.id,
            reference_number=reference.number,
            reason=command.reason,
            state=UrgentReleaseState.REQUESTED,
            requested_at=at,
            requested_by=command.actor.id,
        ),
        command,
    )
    sign(
        subject=_reference(asked),
        verb="request",
        content=signed_content(asked),
        command=command,
        at=at,
    )
    record_event(
        UrgentReleaseRequested(
            *_head(asked, lot), quantity=quantity, until=until, order=reference.number
        ),
        command,
        at,
    )
    return asked


def approve_urgent_release(
    *, urgent_release_id: UUID, command: Command, at: datetime
) -> UrgentRelease:
    """Approve what another person asked for: the lot becomes restricted, with the urgent mark.

    Raises NotFound, UrgentReleaseDecided, NotUrgent, TooLittleLeft, signatures' SecretNeeded and
    SamePerson; emits UrgentReleaseApproved (and stock's LotRestricted).
    """
    asked, lot = _load("approve", urgent_release_id, command)
    _decide(asked, "approve", command, at)
    sign(
        subject=_reference(asked),
        verb="approve",
        content=signed_content(asked),
        command=command,
        at=at,
    )
    restrict_lot(
        lot_id=lot.pk,
        bounds=Bounds(asked.quantity, asked.until, [asked.reference_id]),
        voucher=_reference(asked),
        command=command,
        at=at,
        is_urgent=True,
    )
    record_event(
        UrgentReleaseApproved(
            *_head(asked, lot),
            quantity=asked.quantity,
            until=asked.until,
            order=asked.reference_number,
        ),
        command,
        at,
    )
    return asked


def refuse_urgent_release(
    *, urgent_release_id: UUID, command: Command, at: datetime
) -> UrgentRelease:
    """Refuse what was asked for, with a reason; the goods wait for their inspection.

    Raises NotFound, UrgentReleaseDecided, ReasonMissing; emits UrgentReleaseRefused.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="refuse an urgent release")
    asked, lot = _load("refuse", urgent_release_id, command)
    _decide(asked, "refuse", command, at)
    sign(
        subject=_reference(asked),
        verb="refuse",
        content=signed_content(asked),
        command=command,
        at=at,
    )
    record_event(UrgentReleaseRefused(*_head(asked, lot)), command, at)
    return asked


def end_urgent_releases(
    inspection: Inspection, accepted: Mapping[UUID, bool], *, command: Command, at: datetime
) -> None:
    """End what was asked for or approved ahead of an inspection that ends now; its lots are locked.

    `accepted` says of each lot what was decided; a lot that is not in it was not decided on. Emits
    UrgentReleaseEnded with what had been used, which is accepted too, or must be found again. Costs
    one query, and nothing where nobody ever asked.
    """
    if not inspection.is_urgent:
        return
    flush()
    live = UrgentRelease.objects.filter(inspection_id=inspection.pk, state__in=LIVE)
    rows = live.select_related("lot").order_by("lot_id")
    for asked in rows.select_for_update(no_key=True, of=("self",)):
        decided = accepted.get(asked.lot_id)
        outcome = {True: "accepted", False: "not_accepted", None: "cancelled"}[decided]
        drawn = ZERO if asked.state == UrgentReleaseState.REQUESTED else _drawn_of(asked.lot_id)
        record_changed(
            asked,
            command,
            state=UrgentReleaseState.ENDED,
            ended_at=at,
            outcome=outcome,
            drawn=drawn,
        )
        record_event(
            UrgentReleaseEnded(
                *_head(asked, asked.lot),
                outcome=outcome,
                drawn=drawn,
                order=asked.reference_number,
            ),
            command,
            at,
        )


def _drawn_of(lot_id: UUID) -> Decimal:
    """What of a lot, and of the parts split from it, has been used, in the stock unit."""
    return sum((row["used"] for row in used_urgently(with_parts([lot_id]))), ZERO)


def signed_content(asked: UrgentRelease) -> dict[str, object]:
    """The urgent release as its signers saw it."""
    return {
        "number": asked.number,
        "lot_id": asked.lot_id,
        "quantity": asked.quantity,
        "until": asked.until,
        "order": asked.reference_number,
        "reason": asked.reason,
        "state": asked.state,
    }


def _load(verb: str, urgent_release_id: UUID, command: Command) -> tuple[UrgentRelease, Lot]:
    """The lot exclusively locked, then the urgent release, in which `verb` is allowed."""
    flush()
    found = UrgentRelease.objects.filter(pk=urgent_release_id).first()
    if found is None or not command.actor.may(command.operation, where_urgent(found)):
        raise NotFound(what="urgent release", given=str(urgent_release_id))
    lot = lock_lots([found.lot_id], command, exclusive=True)[found.lot_id]
    asked = UrgentRelease.objects.select_for_update(no_key=True).get(pk=urgent_release_id)
    for refusal in can_urgent(verb, urgent_facts(asked, lot), command.actor):
        raise refusal
    return asked, lot


def _decide(asked: UrgentRelease, verb: str, command: Command, at: datetime) -> None:
    record_changed(
        asked,
        command,
        state=URGENT_RELEASE.verbs[verb].target,
        decided_at=at,
        decided_by=command.actor.id,
        decision_reason=command.reason,
    )


def _reference(asked: UrgentRelease) -> Reference:
    return Reference(asked.kind, asked.pk, asked.number, asked.version)


def _head(asked: UrgentRelease, lot: Lot) -> tuple[Reference, UUID, UUID, UUID, str, UUID]:
    """How each of its events begins: subject, company, site, lot, its number, inspection."""
    return (
        _reference(asked),
        asked.company_id,
        asked.site_id,
        lot.pk,
        lot.number,
        asked.inspection_id,
    )
