"""The signed decision of an inspection, and what it does to the goods."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import (
    LotNotCovered,
    PlaceNeeded,
    ReasonMissing,
    UrgentReleaseRuns,
)
from zhiliu.contexts.inspections.events import (
    InspectionAccepted,
    InspectionCancelled,
    InspectionNotAccepted,
    UnitsJudged,
    VerdictGiven,
)
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.operations.locks import (
    Loaded,
    LotUnder,
    load_for_verdict,
    reference,
)
from zhiliu.contexts.inspections.operations.sampled import load_sampled
from zhiliu.contexts.inspections.operations.switching import feed_states
from zhiliu.contexts.inspections.operations.totals import adjust, settle, surely_different
from zhiliu.contexts.inspections.operations.urgent import end_urgent_releases
from zhiliu.contexts.inspections.states import INSPECTION
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import (
    Part,
    block_locked,
    get_place,
    lock_balances_of_lot,
    release_locked,
    split_lot,
)
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import record_changed
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.signatures.public import sign

_EVENTS: dict[str, type[VerdictGiven]] = {
    "accept": InspectionAccepted,
    "not_accept": InspectionNotAccepted,
    "judge": UnitsJudged,
}


# What of the inspection is signed with its verdict, beside what became of each lot.
_SIGNED = (
    "material_id",
    "supplier_id",
    "inspected",
    "nonconforming",
    "state",
    "decided_at",
    "decided_by",
)


@dataclass(frozen=True)
class Units:
    """Nonconforming units that are taken out: so many of a lot, at one place of one owner.

    The lot need not be named when the inspection covers only one, place and owner not when all of
    the lot lies at one. `serials` name the pieces of a serial-controlled lot.
    """

    quantity: Decimal
    lot_id: UUID | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: Sequence[str] = ()


@dataclass(frozen=True)
class Judged:
    """What the verdict made of one lot; `quantity` in the stock unit."""

    lot: Lot
    quantity: Decimal
    is_accepted: bool


@dataclass(frozen=True)
class Decided:
    """An inspection with its verdict, lot by lot."""

    inspection: Inspection
    lots: list[Judged]


def accept(
    *, inspection_id: UUID, parts: Sequence[Units] = (), command: Command, at: datetime
) -> Decided:
    """Accept what is open: its lots are released, holds stay.

    Goods that were destroyed whole in test are accepted too, although nothing is left to release.
    Under a plan each sample must be complete and below its Re. Nonconforming units found in the
    sample are named, split off and blocked. Raises NotFound, AlreadyDecided, NothingOpen,
    ResultMissing, TooEarly, SampleIncomplete, RejectionReached, UnitsNotNamed, PartTooLarge,
    LotNotCovered, PlaceNeeded, what a split refuses and what signing refuses; emits
    InspectionAccepted (and stock's LotReleased, LotSplit, LotBlocked), and what a changed sampling
    state emits.
    """
    return _decide("accept", inspection_id, parts, command, at)


def not_accept(*, inspection_id: UUID, command: Command, at: datetime) -> Decided:
    """Not accept what is open: its lots are blocked; or goods that were destroyed whole in test.

    Under a plan it is due as soon as a sample has reached its Re, or every unit was counted and one
    is nonconforming; before that it is an override, which needs a reason and is signed as one.
    Raises NotFound, AlreadyDecided, NothingOpen,
    ResultMissing, TooEarly, ReasonMissing and what signing refuses; emits InspectionNotAccepted
    (and stock's LotBlocked), and what a changed sampling state emits.
    """
    return _decide("not_accept", inspection_id, (), command, at)


def judge_units(
    *, inspection_id: UUID, parts: Sequence[Units] = (), command: Command, at: datetime
) -> Decided:
    """Judge unit by unit what was inspected in full: the bad units are blocked, the rest released.

    Under a plan with samples of part of the lot these must be acceptable, or every unit counted. A
    lot that is bad as a whole is blocked without a split. Raises as `accept` and
    NotEveryUnitInspected; emits UnitsJudged (and stock's LotReleased, LotSplit, LotBlocked), and
    what a changed sampling state emits.
    """
    return _decide("judge", inspection_id, parts, command, at)


def cancel(*, inspection_id: UUID, command: Command, at: datetime) -> Inspection:
    """End an inspection without a verdict; what was open is taken back, statuses stay.

    Goods that were released urgently need a verdict. Raises NotFound, AlreadyDecided, TooEarly,
    ReasonMissing, UrgentReleaseRuns; emits InspectionCancelled.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="cancel an inspection")
    loaded = load_for_verdict(inspection_id, command)
    facts = loaded.facts
    for refusal in (*rules.can("cancel", facts), *rules.check_time("cancel", facts, at)):
        raise refusal
    for under in loaded.open_lots:
        if under.lot.is_urgent:
            raise UrgentReleaseRuns(inspection=loaded.inspection.number, lot=under.lot.number)
        adjust(inspection_id, under.lot.pk, -under.totals.open)
    return cancel_locked(loaded.inspection, command=command, at=at)


def cancel_locked(inspection: Inspection, *, command: Command, at: datetime) -> Inspection:
    """Cancel a locked inspection under which nothing is open any more."""
    end_urgent_releases(inspection, {}, command=command, at=at)
    _end(inspection, "cancel", command, at)
    record_event(
        InspectionCancelled(
            subject=reference(inspection),
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            material_id=inspection.material_id,
            supplier_id=inspection.supplier_id,
        ),
        command,
        at,
    )
    return inspection


def _decide(
    verb: str, inspection_id: UUID, parts: Sequence[Units], command: Command, at: datetime
) -> Decided:
    loaded = load_for_verdict(inspection_id, command)
    facts = loaded.facts
    for refusal in (*rules.can(verb, facts), *rules.check_time(verb, facts, at)):
        raise refusal
    sampled = load_sampled(loaded.inspection) if facts.follows_plan else None
    samples = [facts for _, _, facts in sampled.samples] if sampled else []
    is_override = rules.is_override(verb, facts, samples)
    if verb == "not_accept":
        is_due = facts.follows_plan and not is_override
        for refusal in rules.check_not_accept(facts, command.reason, is_due=is_due):
            raise refusal
        bad: Collection[UUID] = {under.lot.pk for under in loaded.open_lots}
    else:
        if sampled is not None:
            for refusal in rules.check_samples(verb, facts, sampled.named, sampled.lot_size):
                raise refusal
        certain = (
            surely_different(inspection_id)
            if sampled and sampled.is_counted and not facts.is_counted_whole
            else None
        )
        bad = _take_out(loaded, parts, certain, command, at)
        if bad:  # parts may have left their lots: read the lots and the inspection as they are now
            loaded = load_for_verdict(inspection_id, command)
    decided = _settle(verb, loaded, bad, is_override, command, at)
    if sampled is not None:
        feed_states(decided.inspection, sampled, command=command, at=at)
    return decided


def _take_out(
    loaded: Loaded,
    parts: Sequence[Units],
    certain: Decimal | None,
    command: Command,
    at: datetime,
) -> set[UUID]:
    """The ids of the lots that hold exactly the nonconforming units, split off where needed."""
    lots = {under.lot.pk: under for under in loaded.open_lots}
    by_lot: dict[UUID, list[Units]] = defaultdict(list)
    for unit in parts:
        by_lot[lot_named(unit.lot_id, lots, loaded.inspection.number)].append(unit)
    named = {lot_id: sum((u.quantity for u in us), ZERO) for lot_id, us in by_lot.items()}
    for refusal in rules.check_named(
        loaded.facts,
        {lots[lot_id].lot.number: quantity for lot_id, quantity in named.items()},
        {under.lot.number: under.totals.open for under in lots.values()},
        certain,
    ):
        raise refusal

    bad = set()
    for lot_id in sorted(by_lot):
        if named[lot_id] == lots[lot_id].totals.open:
            bad.add(lot_id)
            continue
        for unit in by_lot[lot_id]:
            part = part_named(
                unit.quantity, unit.place_id, unit.owner_id, unit.serials, lots[lot_id].lot
            )
            bad.add(split_lot(lot_id=lot_id, part=part, command=command, at=at).pk)
    return bad


def lot_named(lot_id: UUID | None, lots: Mapping[UUID, LotUnder], inspection: str) -> UUID:
    """The lot that is meant: the only one, or the one named; raises LotNotCovered."""
    if lot_id is None and len(lots) == 1:
        return next(iter(lots))
    if lot_id is None or lot_id not in lots:
        listed = ", ".join(under.lot.number for under in lots.values())
        raise LotNotCovered(given=str(lot_id or "-"), inspection=inspection, lots=listed)
    return lot_id


def part_named(
    quantity: Decimal,
    place_id: UUID | None,
    owner_id: UUID | None,
    serials: Sequence[str],
    lot: Lot,
) -> Part:
    """A part of a lot, at the only place of the only owner where these are not named.

    Raises PlaceNeeded.
    """
    if place_id is not None and owner_id is not None:
        return Part(place_id, owner_id, quantity, serials)
    rows = [
        row
        for row in lock_balances_of_lot(lot.pk)
        if row.quantity > 0
        and place_id in (None, row.place_id)
        and owner_id in (None, row.owner_id)
    ]
    if len(rows) != 1:
        places = ", ".join(get_place(row.place_id).code for row in rows)
        raise PlaceNeeded(lot=lot.number, places=places or "-")
    return Part(rows[0].place_id, rows[0].owner_id, quantity, serials)


def _settle(
    verb: str,
    loaded: Loaded,
    bad: Collection[UUID],
    is_override: bool,
    command: Command,
    at: datetime,
) -> Decided:
    inspection = loaded.inspection
    judged = [
        Judged(under.lot, under.totals.open, under.lot.pk not in bad) for under in loaded.open_lots
    ]
    _end(inspection, verb, command, at)
    _sign(verb, inspection, judged, is_override, command, at)
    for one in judged:
        to = "accepted" if one.is_accepted else "not_accepted"
        settle(inspection.pk, one.lot.pk, one.quantity, to)
    voucher = reference(inspection)
    outcomes = {j.lot.pk: j.is_accepted for j in judged}
    end_urgent_releases(inspection, outcomes, command=command, at=at)
    release_locked(
        lots=[j.lot for j in judged if j.is_accepted], voucher=voucher, command=command, at=at
    )
    block_locked(
        lots=[j.lot for j in judged if not j.is_accepted], voucher=voucher, command=command, at=at
    )
    assert inspection.inspected is not None and inspection.nonconforming is not None
    record_event(
        _EVENTS[verb](
            subject=voucher,
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            stage=inspection.stage,
            reason=inspection.reason,
            material_id=inspection.material_id,
            revision_id=inspection.revision_id,
            supplier_id=inspection.supplier_id,
            inspected=inspection.inspected,
            nonconforming=inspection.nonconforming,
            lots=tuple(
                {
                    "lot_id": j.lot.pk,
                    "lot": j.lot.number,
                    "quantity": j.quantity,
                    "is_accepted": j.is_accepted,
                }
                for j in judged
            ),
        ),
        command,
        at,
    )
    return Decided(inspection, judged)


def _end(inspection: Inspection, verb: str, command: Command, at: datetime) -> None:
    record_changed(
        inspection,
        command,
        state=INSPECTION.verbs[verb].target,
        decided_at=at,
        decided_by=command.actor.id,
    )


def _sign(
    verb: str,
    inspection: Inspection,
    judged: Sequence[Judged],
    is_override: bool,
    command: Command,
    at: datetime,
) -> None:
    """Sign the verdict as shown: on what, from which count, and what became of each lot."""
    sign(
        subject=reference(inspection),
        verb=verb,
        content={
            **{name: getattr(inspection, name) for name in _SIGNED},
            "because": command.reason,
            "lots": [
                {"lot": j.lot.number, "quantity": j.quantity, "is_accepted": j.is_accepted}
                for j in judged
            ],
        },
        command=command,
        at=at,
        facts={"is_override": is_override},
    )
