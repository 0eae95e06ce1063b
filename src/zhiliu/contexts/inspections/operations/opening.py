"""How inspections are opened: by the birth of a lot, or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from zhiliu.contexts.inspections.errors import (
    AlreadyUnderInspection,
    LotEmpty,
    LotsDiffer,
    NotFound,
    ReasonMissing,
)
from zhiliu.contexts.inspections.events import InspectionOpened
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.operations.locks import reference
from zhiliu.contexts.inspections.operations.totals import present
from zhiliu.contexts.inspections.rules import reason_of
from zhiliu.contexts.inspections.states import (
    InspectionOrigin,
    InspectionReason,
    InspectionState,
    Stage,
)
from zhiliu.contexts.stock.models import Balance, Lot
from zhiliu.contexts.stock.public import lock_lots
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

INSPECTION_RANGE = "inspections.inspection"


@dataclass(frozen=True)
class Presented:
    """A lot and how much of it is presented, in the stock unit."""

    lot_id: UUID
    lot: str
    quantity: Decimal


@dataclass(frozen=True)
class Population:
    """What all lots of one inspection share, and the lots."""

    company_id: UUID
    site_id: UUID
    material_id: UUID
    revision_id: UUID | None
    supplier_id: UUID | None
    lots: Sequence[Presented]


def open_inspections(
    *,
    populations: Sequence[Population],
    origin: InspectionOrigin,
    reason: InspectionReason | None = None,
    command: Command,
    at: datetime,
) -> list[Inspection]:
    """Open an inspection for each population, all of one company; nothing is read but numbers.

    The reason is that of the origin unless said. Emits InspectionOpened.
    """
    if not populations:
        return []
    numbers = take_numbers(
        company_id=populations[0].company_id, kind=INSPECTION_RANGE, count=len(populations)
    )
    return [
        _open(population, number, origin, reason or reason_of(origin), command, at)
        for population, number in zip(populations, numbers, strict=True)
    ]


def open_inspection(
    *, lot_ids: Sequence[UUID], kind: InspectionReason, command: Command, at: datetime
) -> Inspection:
    """Open a re-inspection or retest of all that is on hand of some lots, with a stated reason.

    The lots are of one material, supplier, revision and site; their status stays until the verdict.
    Raises ReasonMissing, stock's NotFound, LotsDiffer, LotEmpty, AlreadyUnderInspection; emits
    InspectionOpened.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="open an inspection")
    if not lot_ids:
        raise NotFound(what="lot", given="-")
    lots = list(lock_lots(sorted(set(lot_ids)), command, exclusive=True).values())
    _check_alike(lots)
    ids = [lot.pk for lot in lots]
    busy = InspectionLot.objects.filter(lot_id__in=ids, open__gt=0)
    for row in busy.select_related("lot", "inspection").order_by("lot_id")[:1]:
        raise AlreadyUnderInspection(lot=row.lot.number, inspection=row.inspection.number)
    sums = Balance.objects.filter(lot_id__in=ids).values_list("lot_id").annotate(Sum("quantity"))
    on_hand = dict(sums)
    for lot in lots:
        if not on_hand.get(lot.pk):
            raise LotEmpty(lot=lot.number)

    first = lots[0]
    population = Population(
        company_id=first.company_id,
        site_id=first.site_id,
        material_id=first.material_id,
        revision_id=first.revision_id,
        supplier_id=first.supplier_id,
        lots=[Presented(lot.pk, lot.number, on_hand[lot.pk]) for lot in lots],
    )
    (inspection,) = open_inspections(
        populations=[population],
        origin=InspectionOrigin.BY_HAND,
        reason=kind,
        command=command,
        at=at,
    )
    return inspection


def _check_alike(lots: list[Lot]) -> None:
    for what in ("material", "supplier", "revision", "site"):
        if len({getattr(lot, f"{what}_id") for lot in lots}) > 1:
            raise LotsDiffer(what=what)


def _open(
    population: Population,
    number: str,
    origin: InspectionOrigin,
    reason: InspectionReason,
    command: Command,
    at: datetime,
) -> Inspection:
    inspection = record_created(
        Inspection(
            number=number,
            company_id=population.company_id,
            site_id=population.site_id,
            stage=Stage.INCOMING,
            material_id=population.material_id,
            revision_id=population.revision_id,
            supplier_id=population.supplier_id,
            reason=reason,
            origin=origin,
            state=InspectionState.OPEN,
            lot_count=len(population.lots),
            opened_at=at,
            opened_by=command.actor.id,
        ),
        command,
    )
    for lot in population.lots:
        present(inspection.pk, lot.lot_id, lot.quantity)
    record_event(
        InspectionOpened(
            subject=reference(inspection),
            company_id=population.company_id,
            site_id=population.site_id,
            stage=Stage.INCOMING,
            reason=reason,
            origin=origin,
            material_id=population.material_id,
            revision_id=population.revision_id,
            supplier_id=population.supplier_id,
            lots=tuple(
                {"lot_id": lot.lot_id, "lot": lot.lot, "quantity": lot.quantity}
                for lot in population.lots
            ),
        ),
        command,
        at,
    )
    return inspection
