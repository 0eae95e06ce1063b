"""A plant with goods that were bought, inspected and not accepted; and the people for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from tests.buying import Plant, build_plant, line
from tests.support import run

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.nonconformance import operations
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.operations import Units, Wanted
from zhiliu.contexts.nonconformance.states import DispositionKind
from zhiliu.contexts.partners.public import get_own_partner_id
from zhiliu.contexts.receiving.public import (
    DeliveryLine,
    ReturnedGoods,
    ReturnLine,
    receive_goods,
    return_goods,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Balance, Lot
from zhiliu.contexts.stock.public import PlaceKind, add_place
from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Proof, Reference
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.outbox.models import OutboxEvent

D = Decimal
LATER = server_time() + timedelta(days=30)


def person(name: str) -> Actor:
    """Somebody who may do everything everywhere, but is somebody."""
    rights = {p.operation: (EVERYWHERE,) for p in all_permissions()}
    return Actor(uuid4(), name, {**rights, "tests.run": (EVERYWHERE,)})


@dataclass
class Floor:
    """A plant, its dock and store, a material at 2 CNY, an inspector and somebody who disposes."""

    plant: Plant
    dock: UUID
    store: UUID
    material: Material
    defect: str
    inspector: Actor = field(default_factory=lambda: person("inspector"))
    board: Actor = field(default_factory=lambda: person("board"))

    @property
    def own(self) -> UUID:
        """The company as owner of goods."""
        return get_own_partner_id(self.plant.company.pk)

    def arrive(
        self, *quantities: int, price: Any = 2, supplier_lot: str = "H-1", **values: Any
    ) -> list[Lot]:
        """Bought and received: a lot a quantity, each waiting for its inspection."""
        order = self.plant.order(line(self.material, sum(quantities), price=price), **values)
        lines = [
            DeliveryLine(
                quantity=D(q), order_line_id=order.lines[0].line.pk, supplier_lot=supplier_lot
            )
            for q in quantities
        ]
        received = run(
            lambda command, at: receive_goods(
                order_id=order.order.pk, place_id=self.dock, lines=lines, command=command, at=at
            )
        )
        return [one.lot for one in received.lots]

    def inspection(self, lot: Lot) -> Inspection:
        """The latest inspection of a lot."""
        rows = InspectionLot.objects.filter(lot_id=lot.pk).order_by("-inspection_id")
        return Inspection.objects.get(pk=rows[0].inspection_id)

    def count(self, lot: Lot, inspected: int, nonconforming: int = 0) -> Inspection:
        """The inspector counts."""
        inspection = self.inspection(lot)
        defects = [inspections.Defect(self.defect, D(nonconforming))] if nonconforming else []
        self.by(
            self.inspector,
            inspections.record_result,
            inspection_id=inspection.pk,
            inspected=D(inspected),
            nonconforming=D(nonconforming),
            defects=defects,
        )
        return inspection

    def decide(self, lot: Lot, verb: str, **values: Any) -> Any:
        """The inspector decides: accept, not_accept or judge_units."""
        inspection = self.inspection(lot)
        verbs = {
            "accept": inspections.accept,
            "not_accept": inspections.not_accept,
            "judge": inspections.judge_units,
        }
        return self.by(
            self.inspector,
            verbs[verb],
            reason="found so",
            inspection_id=inspection.pk,
            **values,
        )

    def rejected(self, quantity: int = 100, **values: Any) -> tuple[Lot, Report]:
        """A lot that was not accepted, and its report."""
        (lot,) = self.arrive(quantity, **values)
        self.count(lot, 10, 3)
        self.decide(lot, "not_accept")
        return fresh(lot), report_of(lot)

    def released(self, quantity: int = 100) -> Lot:
        """A lot that was accepted."""
        (lot,) = self.arrive(quantity)
        self.count(lot, min(quantity, 10))
        self.decide(lot, "accept")
        return fresh(lot)

    def by(self, actor: Actor, call: Callable[..., Any], *, reason: str = "", **values: Any) -> Any:
        """Somebody performs an operation, and proves identity where it is signed again."""
        return run(
            lambda command, at: call(**values, command=command, at=at),
            actor=actor,
            reason=reason,
            proof=Proof("password", server_time()),
        )

    def dispose(
        self,
        lot: Lot,
        kind: str,
        quantity: int | None = None,
        *,
        report: Report | None = None,
        to_material_id: UUID | None = None,
        actor: Actor | None = None,
        reason: str = "board of Monday",
        **units: Any,
    ) -> Disposition:
        """The board decides what happens to a lot, or so much of it."""
        wanted = Wanted(
            Units(lot.pk, None if quantity is None else D(quantity), **units),
            DispositionKind(kind),
            to_material_id,
        )
        return self.by(
            actor or self.board,
            operations.dispose,
            reason=reason,
            report_id=(report or report_of(lot)).pk,
            wanted=wanted,
        )

    def concede(
        self, disposition: Disposition, reason: str = "agreed", **values: Any
    ) -> Concession:
        """The board approves a concession, for a month unless said."""
        return self.by(
            self.board,
            operations.approve_concession,
            reason=reason,
            disposition_id=disposition.pk,
            allowed=operations.Allowed(**{"until": LATER, **values}),
        )

    def by_hand(self, *lots: Lot) -> Report:
        """The board puts lots under a report."""
        return self.by(
            self.board,
            operations.open_report,
            reason="dented",
            parts=[Units(lot.pk) for lot in lots],
            description="dented",
        )

    def retest(self, lot: Lot) -> None:
        """A retest of a lot accepts it."""
        self.by(
            self.inspector,
            inspections.open_inspection,
            reason="gauge was wrong",
            lot_ids=[lot.pk],
            kind=inspections.InspectionReason.RETEST,
        )
        self.count(lot, 5)
        self.decide(lot, "accept")

    def carry_out(self, disposition: Disposition, unusable: bool = True) -> Disposition:
        """Somebody confirms it."""
        return self.by(
            self.board,
            operations.carry_out_disposition,
            disposition_id=disposition.pk,
            is_rendered_unusable=unusable,
        )

    def cancel(self, disposition: Disposition, reason: str = "mistaken") -> Disposition:
        """The board takes it back."""
        return self.by(
            self.board,
            operations.cancel_disposition,
            reason=reason,
            disposition_id=disposition.pk,
        )

    def send_back(
        self, lot: Lot, quantity: int, voucher: Disposition | None, reason: str = ""
    ) -> ReturnedGoods:
        """The warehouse sends goods back to their supplier from the dock."""
        reference = None
        if voucher is not None:
            reference = Reference(voucher.kind, voucher.pk, voucher.number)
        back = ReturnLine(lot.pk, self.dock, D(quantity), voucher=reference)
        return self.by(self.inspector, return_goods, reason=reason, lines=[back])

    def close(self, report: Report) -> Report:
        """The board closes a report."""
        return self.by(self.board, operations.close_report, report_id=report.pk)

    def move(self, lot: Lot, quantity: int) -> None:
        """Goods of a lot go from the dock to the store."""
        self.by(
            self.board,
            stock.move_goods,
            lot_id=lot.pk,
            part=stock.Part(self.dock, self.own, D(quantity)),
            to_place_id=self.store,
        )


def build_floor() -> Floor:
    """A fresh plant with a dock, a store, a material and a defect code."""
    plant = build_plant()
    places = [
        run(
            lambda command, at, c=code, k=kind: add_place(
                site_id=plant.site.pk, code=c, name=c, kind=k, command=command, at=at
            )
        ).pk
        for code, kind in (("DOCK", PlaceKind.ARRIVAL), ("A-01", PlaceKind.BIN))
    ]
    defect = f"CRACK-{uuid4().hex[:6]}"
    run(
        lambda command, at: inspections.add_quality_code(
            catalogue=inspections.Catalogue.DEFECT,
            code=defect,
            name_en="crack",
            name_zh="裂纹",
            severity_class=SeverityClass.MAJOR,
            command=command,
            at=at,
        )
    )
    return Floor(plant, places[0], places[1], plant.material(), defect)


def fresh(lot: Lot) -> Lot:
    """The lot as it is now."""
    return Lot.objects.get(pk=lot.pk)


def again(row: Any) -> Any:
    """A record as it is now."""
    return type(row).objects.get(pk=row.pk)


def report_of(lot: Lot) -> Report:
    """The latest report about a lot."""
    row = ReportLot.objects.filter(lot_id=lot.pk).order_by("-report_id").first()
    assert row is not None
    return Report.objects.get(pk=row.report_id)


def totals(report: Report) -> dict[str, dict[str, int]]:
    """The totals of a report's lots that are not zero, by lot."""
    rows = ReportLot.objects.filter(report_id=report.pk).select_related("lot")
    names = ("quantity", "open", "disposed", "cleared")
    return {
        row.lot.number: {n: int(getattr(row, n)) for n in names if getattr(row, n)} for row in rows
    }


def on_hand(lot: Lot) -> int:
    """How much of a lot is here."""
    return int(sum(b.quantity for b in Balance.objects.filter(lot_id=lot.pk)))


def events_of(row: Any) -> list[str]:
    """The types of a record's events, oldest first, without context and version."""
    rows = OutboxEvent.objects.filter(subject_id=row.pk).order_by("id")
    return [t.split(".")[1] for t in rows.values_list("type", flat=True)]
