"""Posting the sample of an inspection: to the laboratory, destroyed there, kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import (
    NotFound,
    SampleQuantityMissing,
    SampleTooSmall,
)
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.operations.locks import (
    Loaded,
    LotUnder,
    load_for_verdict,
    reference,
)
from zhiliu.contexts.inspections.operations.sampled import load_sampled, sample_of
from zhiliu.contexts.inspections.operations.verdicts import lot_named, part_named
from zhiliu.contexts.stock.errors import WrongPlace
from zhiliu.contexts.stock.models import Lot, Move
from zhiliu.contexts.stock.public import (
    MoveKind,
    Part,
    PlaceKind,
    consume_sample,
    get_place,
    retain_sample,
    take_sample,
)
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO


@dataclass(frozen=True)
class SamplePart:
    """How much of which lot becomes the sample, in the stock unit; None follows the plan.

    Lot, place and owner need not be named where there is only one. `serials` name the pieces of a
    serial-controlled lot, first those destroyed, then those kept.
    """

    quantity: Decimal | None = None
    destroyed: Decimal | None = None
    retained: Decimal = ZERO
    lot_id: UUID | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: Sequence[str] = ()


@dataclass(frozen=True)
class PostedSample:
    """What was taken, destroyed and kept of one lot; `kept` is the lot of the retained sample."""

    inspection: Inspection
    lot_id: UUID
    lot: str
    quantity: Decimal
    destroyed: Decimal
    retained: Decimal
    kept: Lot | None


def post_sample(
    *,
    inspection_id: UUID,
    laboratory_id: UUID,
    sample: SamplePart,
    retention_id: UUID | None = None,
    expires_at: datetime | None = None,
    command: Command,
    at: datetime,
) -> PostedSample:
    """Take the sample of an inspection to a laboratory place; destroy and keep parts of it there.

    Under a plan what is still to be taken of the drawn units is taken and those of the destructive
    characteristics destroyed, unless quantities are stated; more than the plan needs, beside what
    is kept, takes a reason. The rest of the sample comes back by a move. Raises NotFound,
    AlreadyDecided, NothingOpen, TooEarly, SampleQuantityMissing, SampleTaken, SampleTooSmall,
    LotNotCovered, PlaceNeeded and what stock refuses of samples; emits what stock emits of them.
    """
    loaded = load_for_verdict(inspection_id, command)
    inspection = loaded.inspection
    for refusal in (
        *rules.can("post_sample", loaded.facts),
        *rules.check_time("post_sample", loaded.facts, at),
    ):
        raise refusal
    lots = {under.lot.pk: under for under in loaded.open_lots}
    lot_id = lot_named(sample.lot_id, lots, inspection.number)
    lot = lots[lot_id].lot
    part = part_named(
        sample.quantity or ZERO, sample.place_id, sample.owner_id, sample.serials, lot
    )
    is_there = part.place_id == laboratory_id
    quantity, destroyed = _quantities(loaded, sample, lots[lot_id], is_there, command)
    if destroyed + sample.retained > quantity:
        raise SampleTooSmall(inspection.number, quantity, destroyed, sample.retained)
    if sample.retained and retention_id is None:
        raise NotFound(what="retention place", given="-")

    part = replace(part, quantity=quantity)
    if not is_there:
        take_sample(lot_id=lot_id, part=part, laboratory_id=laboratory_id, command=command, at=at)
    elif (place := get_place(laboratory_id)).kind is not PlaceKind.LABORATORY:
        raise WrongPlace(place=place.code, needed="a laboratory")
    kept = None
    if sample.retained:
        assert retention_id is not None
        kept = retain_sample(
            lot_id=lot_id,
            part=_piece(part, laboratory_id, sample.retained, int(destroyed)),
            retention_id=retention_id,
            expires_at=expires_at,
            voucher=reference(inspection),
            command=command,
            at=at,
        )
    if destroyed:
        consume_sample(
            lot_id=lot_id,
            part=_piece(part, laboratory_id, destroyed, 0),
            command=command,
            at=at,
        )
    return PostedSample(inspection, lot_id, lot.number, quantity, destroyed, sample.retained, kept)


def _quantities(
    loaded: Loaded, sample: SamplePart, under: LotUnder, is_there: bool, command: Command
) -> tuple[Decimal, Decimal]:
    """What is taken and destroyed: as stated, else by the plan's samples, at most what is open.

    Of what lies in the laboratory already nothing is taken any more.
    """
    inspection, quantity, destroyed = loaded.inspection, sample.quantity, sample.destroyed
    if inspection.plan_version_id is not None:
        needed, burnt = _needed(inspection)
        taken = ZERO if is_there else _taken(loaded)
        if quantity is None:
            quantity = min(needed - taken, under.totals.open)
        if not is_there:
            kept = sum((one.totals.retained for one in loaded.lots), sample.retained)
            for refusal in rules.check_sample(
                inspection.number, needed, taken, quantity, kept, command.reason
            ):
                raise refusal
        if destroyed is None:
            destroyed = min(max(burnt - loaded.facts.consumed, ZERO), quantity)
    if not quantity:
        raise SampleQuantityMissing(inspection=inspection.number)
    return quantity, destroyed or ZERO


def _needed(inspection: Inspection) -> tuple[Decimal, Decimal]:
    """How many units the plan's samples look at, and how many of them they destroy."""
    sampled = load_sampled(inspection)
    places = sample_of(sampled.content, sampled.samples)
    sizes = [facts.to_inspect for _, _, facts in sampled.samples]
    burnt = [
        sizes[places[c.id]]
        for c in sampled.content.characteristics.values()
        if c.is_destructive and c.id in places
    ]
    return Decimal(max(sizes, default=0)), Decimal(max(burnt, default=0))


def _taken(loaded: Loaded) -> Decimal:
    """What went to a laboratory of the lots of an inspection since it was opened."""
    moves = Move.objects.filter(
        lot_id__in=[under.lot.pk for under in loaded.lots],
        move_kind=MoveKind.TAKE_SAMPLE,
        pk__gt=loaded.inspection.pk,  # ids rise with time
    )
    return moves.aggregate(s=Sum("quantity"))["s"] or ZERO


def _piece(part: Part, place_id: UUID, quantity: Decimal, skipped: int) -> Part:
    serials = tuple(part.serials)[skipped : skipped + int(quantity)]
    return Part(place_id, part.owner_id, quantity, serials)
