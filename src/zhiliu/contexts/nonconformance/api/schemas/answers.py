"""What callers get."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import PlainSerializer

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections.public import FoundDefect, UsedUrgently
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.queries.exposure import Exposure
from zhiliu.contexts.nonconformance.states import (
    ConcessionState,
    DispositionKind,
    DispositionState,
    ReportState,
    Source,
)
from zhiliu.contexts.stock.models import Balance, Lot, Reservation
from zhiliu.contexts.stock.public import LotStatus, MoveKind, PlaceKind
from zhiliu.kernel.money import Money
from zhiliu.kernel.quantity import ZERO, plain
from zhiliu.platform.commands.http import AllowedAction, Schema

Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]


class ReportStateOut(Schema):
    """A report after an act."""

    id: UUID
    version: int
    number: str
    state: ReportState

    @classmethod
    def of(cls, report: Report) -> "ReportStateOut":
        return cls.model_validate(report, from_attributes=True)


class ReportOut(Schema):
    """A nonconformance report; the cost is at order price when it was opened.

    `lot_numbers` are those of its first lots, `quantity` and `open` are of all of them.
    """

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    material_id: UUID
    material: str
    material_name: str
    unit: str
    supplier_id: UUID | None
    supplier: str | None
    supplier_name: str | None
    lot_numbers: list[str]
    lot_count: int
    quantity: Shown
    open: Shown
    source: Source
    severity_class: SeverityClass | None
    inspection_id: UUID | None
    inspection: str | None
    state: ReportState
    opened_at: datetime
    opened_by: UUID
    due_at: datetime
    due_rule: str
    description: str
    containment: str
    cause_code: str
    cause_text: str
    estimated_cost: Shown | None
    currency: str
    review_board: str
    rule: str
    closed_at: datetime | None
    closed_by: UUID | None

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        return cls(**_shown(report))


def _shown(report: Report) -> dict[str, Any]:
    own = {f.attname for f in Report._meta.concrete_fields}
    added = ("lot_numbers", "lot_count", "quantity", "open")  # by queries.with_lots
    return {
        **{n: getattr(report, n) for n in ReportOut.model_fields if n in own or n in added},
        "severity_class": report.severity_class or None,
        "material": report.material.number,
        "material_name": report.material.name,
        "unit": report.material.unit.code,
        "supplier": report.supplier.number if report.supplier else None,
        "supplier_name": report.supplier.name if report.supplier else None,
        "inspection": report.inspection.number if report.inspection else None,
    }


class ReportPlaceOut(Schema):
    """So much of a lot lies here, of this owner."""

    place_id: UUID
    place: str
    place_name: str
    place_kind: PlaceKind
    owner_id: UUID
    owner: str
    quantity: Shown

    @classmethod
    def of(cls, row: Balance) -> "ReportPlaceOut":
        return cls(
            place_id=row.place_id,
            place=row.place.code,
            place_name=row.place.name,
            place_kind=PlaceKind(row.place.place_kind),
            owner_id=row.owner_id,
            owner=row.owner.number,
            quantity=row.quantity,
        )


class ReportLotOut(Schema):
    """A lot of a report: quantity = open + disposed + cleared; where it lies now."""

    lot_id: UUID
    lot: str
    status: LotStatus
    is_on_hold: bool
    has_serials: bool
    supplier_lot: str
    quantity: Shown
    open: Shown
    disposed: Shown
    cleared: Shown
    disposition_id: UUID | None
    places: list[ReportPlaceOut]

    @classmethod
    def of(cls, row: ReportLot, places: list[Balance]) -> "ReportLotOut":
        return cls(
            lot_id=row.lot_id,
            lot=row.lot.number,
            status=LotStatus(row.lot.status),
            is_on_hold=row.lot.open_holds > 0,
            has_serials=row.lot.has_serials,
            supplier_lot=row.lot.supplier_lot,
            quantity=row.quantity,
            open=row.open,
            disposed=row.disposed,
            cleared=row.cleared,
            disposition_id=row.disposition_id,
            places=[ReportPlaceOut.of(place) for place in places],
        )


class SiblingLotOut(Schema):
    """Another lot of the same supplier lot number, maker and supplier."""

    lot_id: UUID
    lot: str
    site: str
    status: LotStatus
    is_on_hold: bool
    quantity: Shown

    @classmethod
    def of(cls, lot: Lot, on_hand: Decimal) -> "SiblingLotOut":
        return cls(
            lot_id=lot.pk,
            lot=lot.number,
            site=lot.site.code,
            status=LotStatus(lot.status),
            is_on_hold=lot.open_holds > 0,
            quantity=on_hand,
        )


class OrderHitOut(Schema):
    """An order that goods of the report are reserved for, that lost them (`is_broken`), or that
    used them under an urgent release (`is_used`), which no reservation names."""

    lot_id: UUID
    lot: str
    reservation: str | None
    reference_kind: str
    reference_id: UUID
    reference: str
    quantity: Shown
    is_broken: bool
    is_used: bool

    @classmethod
    def of(cls, row: Reservation) -> "OrderHitOut":
        return cls(
            lot_id=row.lot_id,
            lot=row.lot.number,
            reservation=row.number,
            reference_kind=row.reference_kind,
            reference_id=row.reference_id,
            reference=row.reference_number,
            quantity=row.open_quantity or row.quantity,
            is_broken=row.state == "broken",
            is_used=False,
        )

    @classmethod
    def used(cls, row: UsedUrgently) -> "OrderHitOut":
        return cls(**asdict(row), reservation=None, is_broken=False, is_used=True)


class GoneOut(Schema):
    """So much of the report's goods left by this kind of move and did not come back unused."""

    kind: MoveKind
    quantity: Shown


class ReportDefectOut(Schema):
    """A defect, or a characteristic out of its limits, that the inspection of a report found: how
    often, and at which position on the part (a code and its names, empty where nobody named one).
    """

    code: str
    name_en: str
    name_zh: str
    position: str
    position_en: str
    position_zh: str
    count: Shown

    @classmethod
    def of(cls, defect: FoundDefect, count: Decimal) -> "ReportDefectOut":
        return cls(**defect._asdict(), count=count)


class ReportCostOut(Schema):
    """An amount in one currency."""

    amount: Shown
    currency: str

    @classmethod
    def of(cls, money: Money) -> "ReportCostOut":
        return cls(amount=money.amount, currency=money.currency)


class DispositionOut(Schema):
    """A disposition; `posted` is what left, was regraded or got usable by it."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    report_id: UUID
    report: str
    lot_id: UUID
    lot: str
    unit: str
    kind: DispositionKind
    quantity: Shown
    posted: Shown
    state: DispositionState
    reason: str
    rule: str
    to_material_id: UUID | None
    to_material: str | None
    inspection_id: UUID | None
    inspection: str | None
    decided_at: datetime
    decided_by: UUID
    carried_out_at: datetime | None
    carried_out_by: UUID | None
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str

    @classmethod
    def of(cls, row: Disposition) -> "DispositionOut":
        return cls(**_disposition(row))


def _disposition(row: Disposition) -> dict[str, Any]:
    names = ("report", "lot", "unit", "kind", "to_material", "inspection")
    return {
        **{n: getattr(row, n) for n in DispositionOut.model_fields if n not in names},
        "report": row.report.number,
        "lot": row.lot.number,
        "unit": row.report.material.unit.code,
        "kind": row.disposition_kind,
        "to_material": row.to_material.number if row.to_material else None,
        "inspection": row.inspection.number if row.inspection else None,
    }


class DispositionsOut(Schema):
    """What was decided in one act."""

    items: list[DispositionOut]


class DispositionDetailOut(DispositionOut):
    """A disposition and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, row: Disposition, actions: list[AllowedAction]) -> "DispositionDetailOut":
        """Everything about one disposition."""
        return cls(**_disposition(row), allowed_actions=actions)


class ConcessionOut(Schema):
    """A concession; `remaining` is what may still be used under it."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    report_id: UUID
    report: str
    disposition_id: UUID
    disposition: str
    lot_id: UUID
    lot: str
    unit: str
    kind: DispositionKind
    quantity: Shown
    remaining: Shown
    until: datetime
    reference_ids: list[UUID] | None
    customer_ids: list[UUID] | None
    reason: str
    state: ConcessionState
    approved_at: datetime
    approved_by: UUID
    in_force_at: datetime | None
    ended_at: datetime | None
    end_cause: str

    @classmethod
    def of(cls, row: Concession) -> "ConcessionOut":
        own = {
            n: getattr(row, n)
            for n in cls.model_fields
            if n in {f.attname for f in Concession._meta.concrete_fields}
        }
        return cls(
            **own,
            report=row.report.number,
            disposition=row.disposition.number,
            lot=row.lot.number,
            unit=row.report.material.unit.code,
            kind=DispositionKind(row.concession_kind),
            remaining=getattr(row, "remaining", row.quantity),
            reference_ids=row.references,
            customer_ids=row.customers,
        )


class ConcessionDetailOut(ConcessionOut):
    """A concession and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, row: Concession, actions: list[AllowedAction]) -> "ConcessionDetailOut":
        """Everything about one concession."""
        return cls(**ConcessionOut.of(row).model_dump(), allowed_actions=actions)


class ReportDetailOut(ReportOut):
    """A report with its lots, what they were meant for, what was decided, and what may be done.

    `disposition_kinds` says of each kind whether the goods may be disposed of so.
    """

    lots: list[ReportLotOut]
    gone: list[GoneOut]
    siblings: list[SiblingLotOut]
    orders_hit: list[OrderHitOut]
    defects: list[ReportDefectOut]
    costs: list[ReportCostOut]
    dispositions: list[DispositionDetailOut]
    concessions: list[ConcessionOut]
    disposition_kinds: list[AllowedAction]
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls,
        report: Report,
        lots: list[ReportLot],
        exposure: Exposure,
        defects: Sequence[tuple[FoundDefect, Decimal]],
        dispositions: list[DispositionDetailOut],
        concessions: list[Concession],
        kinds: list[AllowedAction],
        actions: list[AllowedAction],
    ) -> "ReportDetailOut":
        """Everything about one report."""
        on_hand = exposure.on_hand
        return cls(
            **_shown(report),
            lots=[ReportLotOut.of(row, exposure.places.get(row.lot_id, [])) for row in lots],
            gone=[GoneOut(kind=k, quantity=q) for k, q in exposure.gone.items()],
            siblings=[SiblingLotOut.of(x, on_hand.get(x.pk, ZERO)) for x in exposure.siblings],
            orders_hit=[
                *(OrderHitOut.used(row) for row in exposure.used),
                *(OrderHitOut.of(row) for row in exposure.reservations),
            ],
            defects=[ReportDefectOut.of(*one) for one in defects],
            costs=[ReportCostOut.of(money) for money in exposure.costs],
            dispositions=dispositions,
            concessions=[ConcessionOut.of(row) for row in concessions],
            disposition_kinds=kinds,
            allowed_actions=actions,
        )
