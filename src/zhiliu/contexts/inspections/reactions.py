"""What inspections does when goods arrive, are born otherwise, or change under inspection."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.catalog.public import InspectionNeed
from zhiliu.contexts.equipment.events import CalibrationFailed
from zhiliu.contexts.equipment.public import CALIBRATION_KIND
from zhiliu.contexts.inspections.operations.exempting import Exemption, exempt_lots
from zhiliu.contexts.inspections.operations.following import join_part, recount, settle_sample
from zhiliu.contexts.inspections.operations.opening import (
    INSPECTION_RANGE,
    Population,
    Presented,
    open_inspections,
)
from zhiliu.contexts.inspections.operations.recalling import hold_measured_lots
from zhiliu.contexts.inspections.operations.urgent import URGENT_RANGE
from zhiliu.contexts.inspections.states import InspectionOrigin
from zhiliu.contexts.receiving.events import GoodsArrived
from zhiliu.contexts.stock.events import (
    GoodsMoved,
    LotCreated,
    LotRegraded,
    LotsMerged,
    LotSplit,
    SampleConsumed,
    SampleRetained,
)
from zhiliu.contexts.stock.models import GenealogyEdge, Lot
from zhiliu.contexts.stock.public import LotStatus, MoveKind
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate

# Births that no receipt announces; what a receipt announces comes by GoodsArrived.
_BORN = {
    origin: InspectionOrigin(origin) for origin in ("customer_return", "found", "merge", "regrade")
}
# Moves after which a lot has more or less on hand. Samples have events of their own.
_CHANGES_ON_HAND = frozenset(
    {
        MoveKind.ISSUE,
        MoveKind.RETURN_ISSUE,
        MoveKind.SHIP,
        MoveKind.SCRAP,
        MoveKind.RETURN_TO_VENDOR,
        MoveKind.COUNT,
        MoveKind.OBSERVE,
    }
)


@immediate(CompanyAdded)
def open_number_range(event: CompanyAdded, command: Command, at: datetime) -> None:
    """Open the company's ranges of inspections and urgent releases."""
    open_range(company_id=event.subject.id, kind=INSPECTION_RANGE, prefix="INS")
    open_range(company_id=event.subject.id, kind=URGENT_RANGE, prefix="UR")


@immediate(GoodsArrived)
def inspect_arrived_goods(event: GoodsArrived, command: Command, at: datetime) -> None:
    """Open an inspection a lot, or release the lot where its material is exempt.

    A lot on hold is treated alike: its hold stays and stops it whatever the verdict.
    """
    assert event.company_id is not None and event.site_id is not None
    populations, exemptions = [], []
    for lot in event.lots:
        if lot["inspection"] == InspectionNeed.EXEMPT:
            exemptions.append(
                Exemption(lot["lot_id"], lot["profile_id"], lot["profile"], lot["profile_version"])
            )
            continue
        populations.append(
            Population(
                company_id=event.company_id,
                site_id=event.site_id,
                material_id=lot["material_id"],
                revision_id=lot["revision_id"],
                supplier_id=lot["supplier_id"],
                lots=[Presented(lot["lot_id"], lot["lot"], lot["quantity"])],
            )
        )
    open_inspections(
        populations=populations, origin=InspectionOrigin.RECEIPT, command=command, at=at
    )
    exempt_lots(exemptions=exemptions, command=command, at=at)


@immediate(LotCreated)
def inspect_lot_born_otherwise(event: LotCreated, command: Command, at: datetime) -> None:
    """Open an inspection of what a customer returned, was found, merged or regraded.

    An exemption holds for a supplier's receipts only.
    """
    origin = _BORN.get(event.origin)
    if origin is None or event.status != LotStatus.AWAITING_INSPECTION:
        return
    assert event.company_id is not None and event.site_id is not None
    flush()
    revision_id = Lot.objects.values_list("revision_id", flat=True).get(pk=event.subject.id)
    population = Population(
        company_id=event.company_id,
        site_id=event.site_id,
        material_id=event.material_id,
        revision_id=revision_id,
        supplier_id=event.supplier_id,
        lots=[Presented(event.subject.id, event.subject.number, event.quantity)],
    )
    open_inspections(populations=[population], origin=origin, command=command, at=at)


@immediate(LotSplit)
def part_joins_inspection(event: LotSplit, command: Command, at: datetime) -> None:
    """A part stays under the inspection of the lot that it left."""
    join_part(
        lot_id=event.subject.id, part_id=event.part_id, quantity=event.quantity, command=command
    )


@immediate(SampleConsumed)
def sample_was_consumed(event: SampleConsumed, command: Command, at: datetime) -> None:
    """What was destroyed in test is not open any more."""
    settle_sample(lot_id=event.subject.id, quantity=event.quantity, to="consumed")


@immediate(SampleRetained)
def sample_was_retained(event: SampleRetained, command: Command, at: datetime) -> None:
    """A retained sample is a part, split off just before; no verdict touches it."""
    settle_sample(lot_id=event.subject.id, quantity=event.quantity, to="retained")


@immediate(GoodsMoved)
def goods_left_or_came(event: GoodsMoved, command: Command, at: datetime) -> None:
    """Only what is on hand is decided on."""
    if event.move_kind in _CHANGES_ON_HAND:
        recount(lot_id=event.subject.id, command=command, at=at)


@immediate(LotsMerged)
def sources_were_merged(event: LotsMerged, command: Command, at: datetime) -> None:
    """What went into the merged lot is inspected there."""
    flush()
    edges = GenealogyEdge.objects.filter(target_id=event.subject.id, edge_kind="merged")
    for lot_id in edges.order_by("source_id").values_list("source_id", flat=True):
        recount(lot_id=lot_id, command=command, at=at)


@immediate(LotRegraded)
def part_was_regraded(event: LotRegraded, command: Command, at: datetime) -> None:
    """What became another material is inspected as such."""
    recount(lot_id=event.source_id, command=command, at=at)


@immediate(CalibrationFailed)
def gauge_was_found_bad(event: CalibrationFailed, command: Command, at: datetime) -> None:
    """Hold what rests on its readings since it was last known to be good."""
    hold_measured_lots(
        gauge=event.subject,
        since=event.since,
        until=event.until,
        calibration=Reference(CALIBRATION_KIND, event.calibration_id, event.calibration, 1),
        command=command,
        at=at,
    )
