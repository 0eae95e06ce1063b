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
from zhiliu.contexts.inspections.operations.totals import adjust, settle
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

    Nonconforming units found in the sample are named, split off and blocked. Raises NotFound,
    AlreadyDecided, NothingOpen, ResultMissing, TooEarly, UnitsNotNamed, PartTooLarge,
    LotNotCovered, PlaceNeeded, what a split refuses and what signing refuses; emits
    InspectionAccepted (and stock's LotReleased, LotSplit, LotBlocked).
    """
    return _decide("accept", inspection_id, parts, command, at)


def not_accept(*, inspection_id: UUID, command: Command, at: datetime) -> Decided:
    """Not accept what is open: its lots are blocked.

    Raises NotFound, AlreadyDecided, NothingOpen, ResultMissing, TooEarly, ReasonMissing; emits
    InspectionNotAccepted (and stock's LotBlocked).
    """
    return _decide("not_accept", inspection_id, (), command, at)


def judge_units(
    *, inspection_id: UUID, parts: Sequence[Units] = (), command: Command, at: datetime
) -> Decided:
    """Judge unit by unit what was inspected in full: the bad units are blocked, the rest released.

    A lot that is bad as a whole is blocked without a split. Raises as `accept` and
    NotEveryUnitInspected; emits UnitsJudged (and stock's LotReleased, LotSplit, LotBlocked).
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
    if verb == "not_accept":
        for refusal in rules.check_not_accept(facts, command.reason):
            raise refusal
        bad: Collection[UUID] = {under.lot.pk for under in loaded.open_lots}
    else:
        bad = _take_out(loaded, parts, command, at)
        if bad:  # parts may have left their lots: read the lots and the inspection as they are now
            loaded = load_for_verdict(inspection_id, command)
    return _settle(verb, loaded, bad, command, at)


def _take_out(loaded: Loaded, parts: Sequence[Units], command: Command, at: datetime) -> set[UUID]:
    """The ids of the lots that hold exactly the nonconforming units, split off where needed."""
    lots = {under.lot.pk: under for under in loaded.open_lots}
    by_lot: dict[UUID, list[Units]] = defaultdict(list)
    for unit in parts:
        by_lot[_lot_of(unit, lots, loaded.inspection.number)].append(unit)
    named = {lot_id: sum((u.quantity for u in us), ZERO) for lot_id, us in by_lot.items()}
    for refusal in rules.check_named(
        loaded.facts,
        {lots[lot_id].lot.number: quantity for lot_id, quantity in named.items()},
        {under.lot.number: under.totals.open for under in lots.values()},
    ):
        raise refusal

    bad = set()
    for lot_id in sorted(by_lot):
        if named[lot_id] == lots[lot_id].totals.open:
            bad.add(lot_id)
            continue
        for unit in by_lot[lot_id]:
            part = _part_of(unit, lots[lot_id].lot)
            bad.add(split_lot(lot_id=lot_id, part=part, command=command, at=at).pk)
    return bad


def _lot_of(unit: Units, lots: Mapping[UUID, LotUnder], inspection: str) -> UUID:
    if unit.lot_id is None and len(lots) == 1:
        return next(iter(lots))
    if unit.lot_id is None or unit.lot_id not in lots:
        listed = ", ".join(under.lot.number for under in lots.values())
        raise LotNotCovered(given=str(unit.lot_id or "-"), inspection=inspection, lots=listed)
    return unit.lot_id


def _part_of(unit: Units, lot: Lot) -> Part:
    if unit.place_id is not None and unit.owner_id is not None:
        return Part(unit.place_id, unit.owner_id, unit.quantity, unit.serials)
    rows = [
        row
        for row in lock_balances_of_lot(lot.pk)
        if row.quantity > 0
        and unit.place_id in (None, row.place_id)
        and unit.owner_id in (None, row.owner_id)
    ]
    if len(rows) != 1:
        places = ", ".join(get_place(row.place_id).code for row in rows)
        raise PlaceNeeded(lot=lot.number, places=places or "-")
    return Part(rows[0].place_id, rows[0].owner_id, unit.quantity, unit.serials)


def _settle(
    verb: str, loaded: Loaded, bad: Collection[UUID], command: Command, at: datetime
) -> Decided:
    inspection = loaded.inspection
    _end(inspection, verb, command, at)
    judged = [
        Judged(under.lot, under.totals.open, under.lot.pk not in bad) for under in loaded.open_lots
    ]
    _sign(verb, inspection, judged, command, at)
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
    transition = INSPECTION.verbs[verb]
    record_changed(
        inspection,
        command,
        state=transition.target,
        decided_at=at,
        decided_by=command.actor.id,
    )


def _sign(
    verb: str, inspection: Inspection, judged: Sequence[Judged], command: Command, at: datetime
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
    )
