"""A plant with goods that arrived, defect codes, and what the ledger says about them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.plant import Plant, build_plant
from tests.support import run

from zhiliu.contexts.catalog.public import InspectionNeed, get_material
from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.states import Catalogue, InspectionReason
from zhiliu.contexts.receiving.events import GoodsArrived
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.outbox.public import record_event

ARRIVED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def hours(count: int) -> datetime:
    """So many hours after the goods arrived."""
    return ARRIVED + timedelta(hours=count)


@dataclass
class Dock:
    """Books goods in as receiving does."""

    plant: Plant
    moment: datetime = ARRIVED
    told: list[GoodsArrived] = field(default_factory=list)

    def arrive(
        self,
        *quantities: str | int,
        material: str = "bearing",
        need: InspectionNeed = InspectionNeed.REQUIRED,
        serials: tuple[str, ...] = (),
        is_on_hold: bool = False,
    ) -> list[Lot]:
        """One arrival with a lot a quantity, in the arrival place, and its event."""

        def book(command: Command, at: datetime) -> list[Lot]:
            return self.book(command, at, quantities, material, need, serials, is_on_hold)

        return run(book, at=self.moment)

    def book(
        self,
        command: Command,
        at: datetime,
        quantities: tuple[str | int, ...],
        material: str = "bearing",
        need: InspectionNeed = InspectionNeed.REQUIRED,
        serials: tuple[str, ...] = (),
        is_on_hold: bool = False,
    ) -> list[Lot]:
        plant, row = self.plant, get_material(self.plant.material(material))
        place, line = (
            plant.places["ARRIVAL"],
            Reference("receiving.arrival_line", uuid4(), "AR-1/1"),
        )
        hold = stock.LotHold(stock.HoldCause.SURPLUS, "more than ordered") if is_on_hold else None
        incoming = [
            stock.Incoming(
                stock.Birth(
                    company_id=plant.company,
                    site_id=plant.site,
                    material_id=row.pk,
                    lot_control=row.profile.lot_control,
                    quantity=Decimal(quantity),
                    origin=stock.LotOrigin.RECEIPT,
                    voucher=line,
                    supplier_id=plant.supplier,
                ),
                place,
                plant.own,
                line,
                hold=hold,
                serials=serials,
            )
            for quantity in quantities
        ]
        lots = stock.receive_lots(
            incoming=incoming, kind=stock.MoveKind.RECEIVE, command=command, at=at
        )
        event = GoodsArrived(
            subject=Reference("receiving.arrival", uuid4(), "AR-1", 1),
            company_id=plant.company,
            site_id=plant.site,
            order_id=None,
            order="",
            supplier_id=plant.supplier,
            place_id=place,
            lots=tuple(self._told(lot, row, need, is_on_hold) for lot in lots),
        )
        self.told.append(event)
        record_event(event, command, at)
        return lots

    def _told(self, lot: Lot, material: Any, need: InspectionNeed, is_on_hold: bool) -> Any:
        return {
            "lot_id": lot.pk,
            "lot": lot.number,
            "lot_version": lot.version,
            "material_id": material.pk,
            "revision_id": None,
            "supplier_id": self.plant.supplier,
            "quantity": lot.initial_quantity,
            "unit": material.unit.code,
            "is_on_hold": is_on_hold,
            "profile_id": material.profile_id,
            "profile": material.profile.code,
            "profile_version": material.profile.version,
            "inspection": str(need),
        }


@pytest.fixture
def plant(db: None) -> Plant:
    return build_plant()


@pytest.fixture
def dock(plant: Plant) -> Dock:
    return Dock(plant)


@pytest.fixture
def codes(db: None) -> tuple[str, str]:
    return make_codes()


def make_codes() -> tuple[str, str]:
    """Two defect codes in use: crack and scratch."""
    tag = uuid4().hex[:6]
    for name, zh in (("crack", "裂纹"), ("scratch", "划伤")):
        run(
            lambda command, at, n=name, z=zh: operations.add_quality_code(
                catalogue=Catalogue.DEFECT,
                code=f"{n}-{tag}",
                name_en=n,
                name_zh=z,
                command=command,
                at=at,
            )
        )
    return f"crack-{tag}", f"scratch-{tag}"


def inspection_of(lot: Lot) -> Inspection:
    """The only inspection that covers a lot."""
    return Inspection.objects.get(
        pk__in=InspectionLot.objects.filter(lot_id=lot.pk).values("inspection_id")
    )


def totals_of(lot: Lot) -> dict[str, int]:
    """The totals of a lot in its only inspection that are not zero."""
    row = InspectionLot.objects.get(lot_id=lot.pk)
    names = ("presented", "open", "accepted", "not_accepted", "consumed", "retained")
    return {n: int(getattr(row, n)) for n in names if getattr(row, n)}


def act(operation: Callable[..., Any], *, hour: int, reason: str = "", **arguments: Any) -> Any:
    """Perform one operation so many hours after arrival."""
    return run(
        lambda command, at: operation(**arguments, command=command, at=at),
        at=hours(hour),
        reason=reason,
    )


def record(
    inspection_id: UUID,
    inspected: str | int,
    nonconforming: str | int = 0,
    *defects: tuple[str, int],
    hour: int = 1,
    reason: str = "",
) -> Inspection:
    """Record a counted result; `defects` are (code, count)."""
    return act(
        operations.record_result,
        hour=hour,
        reason=reason,
        inspection_id=inspection_id,
        inspected=Decimal(inspected),
        nonconforming=Decimal(nonconforming),
        defects=[operations.Defect(code, Decimal(count)) for code, count in defects],
    )


def events_of(inspection: Inspection) -> list[str]:
    """The types of an inspection's events, oldest first."""
    rows = OutboxEvent.objects.filter(subject_id=inspection.pk).order_by("id")
    return list(rows.values_list("type", flat=True))


def open_again(
    *lots: Lot,
    reason: str = "complaint",
    kind: InspectionReason = InspectionReason.REINSPECTION,
) -> Inspection:
    """Open a re-inspection of lots by hand, five hours after arrival."""
    return act(
        operations.open_inspection,
        hour=5,
        reason=reason,
        lot_ids=[lot.pk for lot in lots],
        kind=kind,
    )
