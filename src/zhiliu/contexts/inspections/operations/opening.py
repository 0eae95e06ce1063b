"""How inspections are opened: by the birth of a lot, or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionLot,
    InspectionSample,
    SampleDraw,
)
from zhiliu.contexts.inspections.operations.drawing import draw_units
from zhiliu.contexts.inspections.operations.locks import reference
from zhiliu.contexts.inspections.operations.planning import Goods, Planned, plan_inspections
from zhiliu.contexts.inspections.operations.skipping import (
    draw_skip,
    record_skip_draw,
    skip_lots,
)
from zhiliu.contexts.inspections.operations.totals import present
from zhiliu.contexts.inspections.rules import reason_of
from zhiliu.contexts.inspections.rules.decision_tables import INSPECTION_DUE
from zhiliu.contexts.inspections.rules.samples import size_sample, units_of
from zhiliu.contexts.inspections.states import (
    InspectionOrigin,
    InspectionReason,
    InspectionState,
    Stage,
)
from zhiliu.contexts.stock.models import Balance, Lot, Reservation
from zhiliu.contexts.stock.public import lock_lots
from zhiliu.kernel.command import Command
from zhiliu.kernel.ids import new_id
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current, record_appended, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.rules.public import decide

INSPECTION_RANGE = "inspections.inspection"


@dataclass(frozen=True)
class Presented:
    """A lot and how much of it is presented, in the stock unit."""

    lot_id: UUID
    lot: str
    quantity: Decimal


@dataclass(frozen=True)
class Population:
    """What all lots of one inspection share, and the lots.

    `is_reserved`: an order has reserved goods of them.
    """

    company_id: UUID
    site_id: UUID
    material_id: UUID
    revision_id: UUID | None
    supplier_id: UUID | None
    lots: Sequence[Presented]
    is_reserved: bool = False


def open_inspections(
    *,
    populations: Sequence[Population],
    origin: InspectionOrigin,
    reason: InspectionReason | None = None,
    command: Command,
    at: datetime,
) -> list[Inspection]:
    """Open an inspection for each population, all of one company, in a constant number of reads.

    Where a plan applies, its samples are drawn and recorded; a receipt whose classes are all in
    skip-lot is inspected or skipped as an unpredictable draw says. The reason is that of the origin
    unless said. Raises rules.Undecided; emits InspectionOpened, LotSkipped (and stock's
    LotReleased).
    """
    if not populations:
        return []
    plans = plan_inspections(
        [Goods(p.material_id, p.supplier_id) for p in populations], command=command, at=at
    )
    wanted, skipped = [], []
    for population, plan in zip(populations, plans, strict=True):
        drawn = draw_skip(plan) if plan and origin is InspectionOrigin.RECEIPT else None
        if drawn is None or drawn.is_inspected:
            wanted.append((population, plan, drawn))
        else:
            skipped += [(lot.lot_id, drawn) for lot in population.lots]
    numbers = take_numbers(
        company_id=populations[0].company_id, kind=INSPECTION_RANGE, count=len(wanted)
    )
    found = []
    for (population, plan, drawn), number in zip(wanted, numbers, strict=True):
        why = reason or reason_of(origin)
        inspection = _open(population, plan, number, origin, why, command, at)
        found.append(inspection)
        if drawn is not None:
            for lot in population.lots:
                record_skip_draw(lot.lot_id, drawn, inspection.pk, command, at)
    skip_lots(skipped=skipped, command=command, at=at)
    return found


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
        is_reserved=Reservation.objects.filter(lot_id__in=ids, state="open").exists(),
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
    plan: Planned | None,
    number: str,
    origin: InspectionOrigin,
    reason: InspectionReason,
    command: Command,
    at: datetime,
) -> Inspection:
    due_at, due_rule = _due(population, reason, at)
    inspection = record_created(
        Inspection(
            number=number,
            company_id=population.company_id,
            site_id=population.site_id,
            stage=Stage.INCOMING,
            material_id=population.material_id,
            revision_id=population.revision_id,
            supplier_id=population.supplier_id,
            plan_version_id=plan.content.version_id if plan else None,
            plan_rule=plan.rule if plan else "",
            reason=reason,
            origin=origin,
            state=InspectionState.OPEN,
            lot_count=len(population.lots),
            opened_at=at,
            opened_by=command.actor.id,
            due_at=due_at,
            due_rule=due_rule,
        ),
        command,
    )
    for lot in population.lots:
        present(inspection.pk, lot.lot_id, lot.quantity)
    if plan is not None:
        _take_samples(inspection, population, plan, command)
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
            plan_version_id=plan.content.version_id if plan else None,
            plan=plan.content.plan if plan else "",
            plan_rule=plan.rule if plan else "",
            due_at=due_at,
            due_rule=due_rule,
            lots=tuple(
                {"lot_id": lot.lot_id, "lot": lot.lot, "quantity": lot.quantity}
                for lot in population.lots
            ),
        ),
        command,
        at,
    )
    return inspection


def _due(population: Population, reason: InspectionReason, at: datetime) -> tuple[datetime, str]:
    """When a verdict is due, and the row of the table that says so."""
    due = decide(
        INSPECTION_DUE.code,
        stage=Stage.INCOMING,
        reason=reason,
        is_reserved=population.is_reserved,
    )
    return at + timedelta(hours=due["hours"]), due.rule


def _take_samples(
    inspection: Inspection, population: Population, plan: Planned, command: Command
) -> None:
    """Queue n, Ac and Re of each class and override, and the units that were drawn for them all.

    The samples of an inspection share their units: that of a class are the first n drawn.
    """
    lot_size = units_of(sum((lot.quantity for lot in population.lots), ZERO))
    drawn = 0
    for sampling in plan.content.samplings:
        size = size_sample(sampling, lot_size, plan.status_of(sampling.severity_class))
        if size.to_inspect < lot_size:
            drawn = max(drawn, size.to_inspect)
        current().insert_values(
            InspectionSample,
            id=new_id(),
            inspection_id=inspection.pk,
            severity_class=sampling.severity_class,
            characteristic_id=sampling.characteristic_id,
            scheme=sampling.scheme,
            level=sampling.level,
            aql=sampling.aql,
            severity=size.severity,
            code_letter=size.code_letter,
            plan_letter=size.plan_letter,
            sample_size=size.sample_size,
            to_inspect=size.to_inspect,
            accept=size.accept,
            reject=size.reject,
            basis=sampling.basis,
            cells=size.to_inspect * sampling.entered,
            read=0,
            found=0,
        )
    record_appended(
        SampleDraw(
            inspection_id=inspection.pk,
            ordinal=1,
            lot_size=lot_size,
            units=draw_units(lot_size, drawn),
            drawn_by=command.actor.id,
            command_id=command.id,
        )
    )
