"""What goes over the wire for receiving."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.receiving.models import (
    Arrival,
    ArrivalLine,
    GateRefusal,
    SupplierReturn,
    SupplierReturnLine,
)
from zhiliu.contexts.receiving.operations import (
    DeliveryLine,
    ReceivedGoods,
    ReturnedGoods,
    ReturnLine,
)
from zhiliu.contexts.receiving.queries import ArrivalView, SupplierReturnView
from zhiliu.contexts.receiving.states import ArrivalLineKind
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act, Schema
from zhiliu.platform.outbox.public import events_so_far

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Serials = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=60)]], Field(max_length=20_000)
]


class DeliveryLineIn(Schema):
    """Goods of one material and supplier lot on the dock.

    An order line, a material, or both: then the material came instead of what was ordered. The unit
    is the ordered one unless said; `measured` is what the quantity measures in the stock unit.
    """

    quantity: Amount
    order_line_id: UUID | None = None
    material_id: UUID | None = None
    revision_id: UUID | None = None
    unit_id: UUID | None = None
    measured: Amount | None = None
    supplier_lot: Annotated[Line, Field(max_length=60)] = ""
    maker: Annotated[Line, Field(max_length=100)] = ""
    manufactured_date: Day | None = None
    expires_date: Day | None = None
    owner_id: UUID | None = None
    serials: Serials = []


class ArrivalIn(Act):
    """A delivery for an order, or without one from a supplier."""

    place_id: UUID
    lines: Annotated[list[DeliveryLineIn], Field(min_length=1, max_length=1000)]
    order_id: UUID | None = None
    supplier_id: UUID | None = None
    delivery_note: Annotated[Line, Field(max_length=60)] = ""
    carrier_id: UUID | None = None

    def given(self) -> list[DeliveryLine]:
        """The lines as the operation takes them."""
        return [DeliveryLine(**line.model_dump()) for line in self.lines]


class ArrivalLineOut(Schema):
    """One lot of an arrival. `quantity` in `unit` is what was given for `delivery_line`;
    `stock_quantity` in `stock_unit` is what this lot got of it."""

    id: UUID
    line: int
    delivery_line: int
    line_kind: ArrivalLineKind
    order_line_id: UUID | None
    material_id: UUID
    material: str
    material_name: str
    revision_id: UUID | None
    quantity: Shown
    unit_id: UUID
    unit: str
    stock_quantity: Shown
    rounding_difference: Shown
    stock_unit: str
    owner_id: UUID
    supplier_lot: str
    maker: str
    manufactured_date: date | None
    expires_date: date | None
    lot_id: UUID
    lot: str
    is_on_hold: bool

    @classmethod
    def of(cls, line: ArrivalLine) -> "ArrivalLineOut":
        material = line.material
        return cls.shown(
            line,
            (material.number, material.name, line.unit.code, material.unit.code),
            (line.lot.number, line.lot.open_holds > 0),
        )

    @classmethod
    def shown(
        cls, line: ArrivalLine, codes: tuple[str, str, str, str], lot: tuple[str, bool]
    ) -> "ArrivalLineOut":
        """From a row, its (material, its name, unit, stock unit) and (lot, is on hold)."""
        material, material_name, unit, stock_unit = codes
        return cls(
            id=line.pk,
            line=line.line,
            delivery_line=line.delivery_line,
            line_kind=ArrivalLineKind(line.line_kind),
            order_line_id=line.order_line_id,
            material_id=line.material_id,
            material=material,
            material_name=material_name,
            revision_id=line.revision_id,
            quantity=line.quantity,
            unit_id=line.unit_id,
            unit=unit,
            stock_quantity=line.stock_quantity,
            rounding_difference=line.rounding_difference,
            stock_unit=stock_unit,
            owner_id=line.owner_id,
            supplier_lot=line.supplier_lot,
            maker=line.maker,
            manufactured_date=line.manufactured_date,
            expires_date=line.expires_date,
            lot_id=line.lot_id,
            lot=lot[0],
            is_on_hold=lot[1],
        )


class ArrivalOut(Schema):
    """An arrival without its lines."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    supplier_id: UUID
    supplier: str
    supplier_name: str
    order_id: UUID | None
    order: str | None
    place_id: UUID
    carrier_id: UUID | None
    delivery_note: str
    arrived_at: datetime
    received_by: UUID

    @classmethod
    def of(cls, arrival: Arrival) -> "ArrivalOut":
        order = arrival.order.number if arrival.order is not None else None
        return cls(**_header(arrival, (arrival.supplier.number, arrival.supplier.name), order))


def _consequences() -> list["ConsequenceOut"]:
    own = ("receiving.arrival", "stock.lot")
    subjects = {e.subject.id: e.subject for e in events_so_far() if e.subject.kind not in own}
    return [ConsequenceOut(kind=s.kind, id=s.id, number=s.number) for s in subjects.values()]


class ConsequenceOut(Schema):
    """A record that an act led to in a context above, such as an inspection that opened."""

    kind: str
    id: UUID
    number: str


class ArrivalDetailOut(ArrivalOut):
    """An arrival with its lots; `consequences` only in the answer to the booking itself."""

    lines: list[ArrivalLineOut]
    consequences: list[ConsequenceOut] = []

    @classmethod
    def view(cls, view: ArrivalView) -> "ArrivalDetailOut":
        head = ArrivalOut.of(view.arrival).model_dump()
        return cls(**head, lines=[ArrivalLineOut.of(line) for line in view.lines])

    @classmethod
    def received(cls, received: ReceivedGoods) -> "ArrivalDetailOut":
        """From what the operation holds, without a query."""
        order = received.delivery.order
        number = order.order.number if order else None
        return cls(
            consequences=_consequences(),
            **_header(
                received.arrival,
                (received.delivery.supplier, received.delivery.supplier_name),
                number,
            ),
            lines=[
                ArrivalLineOut.shown(
                    one.line,
                    (
                        one.planned.material.number,
                        one.planned.material.name,
                        one.planned.material.unit.code,
                        one.planned.material.stock_unit.code,
                    ),
                    (one.lot.number, bool(one.planned.holds)),
                )
                for one in received.lots
            ],
        )


def _header(arrival: Arrival, supplier: tuple[str, str], order: str | None) -> dict[str, Any]:
    number, name = supplier
    return {
        "id": arrival.pk,
        "version": arrival.version,
        "number": arrival.number,
        "company_id": arrival.company_id,
        "site_id": arrival.site_id,
        "supplier_id": arrival.supplier_id,
        "supplier": number,
        "supplier_name": name,
        "order_id": arrival.order_id,
        "order": order,
        "place_id": arrival.place_id,
        "carrier_id": arrival.carrier_id,
        "delivery_note": arrival.delivery_note,
        "arrived_at": arrival.arrived_at,
        "received_by": arrival.received_by,
    }


class GateRefusalIn(Act):
    """Goods turned away: for an order, or from a supplier at a site; `reason` is needed."""

    order_id: UUID | None = None
    supplier_id: UUID | None = None
    site_id: UUID | None = None
    material_id: UUID | None = None
    description: Annotated[Line, Field(max_length=200)] = ""
    quantity: Amount | None = None
    unit_id: UUID | None = None
    delivery_note: Annotated[Line, Field(max_length=60)] = ""


class GateRefusalOut(Schema):
    """Goods that were turned away at the gate."""

    id: UUID
    number: str
    company_id: UUID
    site_id: UUID
    supplier_id: UUID
    order_id: UUID | None
    material_id: UUID | None
    description: str
    quantity: Shown | None
    unit_id: UUID | None
    delivery_note: str
    reason: str
    refused_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, refused: GateRefusal) -> "GateRefusalOut":
        return cls.model_validate(refused, from_attributes=True)


class VoucherIn(Schema):
    """The disposition that sends a blocked lot back."""

    kind: Annotated[Line, Field(min_length=1, max_length=60)]
    id: UUID
    number: Annotated[Line, Field(min_length=1, max_length=60)]


class ReturnLineIn(Schema):
    """Goods of one lot at one place; quantity in the stock unit, owner the company unless said."""

    lot_id: UUID
    place_id: UUID
    quantity: Amount
    owner_id: UUID | None = None
    serials: Serials = []
    voucher: VoucherIn | None = None


class SupplierReturnIn(Act):
    """Goods that go back to one supplier; of blocked goods each line has its disposition as
    voucher, for others `reason` signs."""

    lines: Annotated[list[ReturnLineIn], Field(min_length=1, max_length=200)]

    def given(self) -> list[ReturnLine]:
        """The lines as the operation takes them."""
        return [
            ReturnLine(
                lot_id=line.lot_id,
                place_id=line.place_id,
                quantity=line.quantity,
                owner_id=line.owner_id,
                serials=line.serials,
                voucher=Reference(**line.voucher.model_dump()) if line.voucher else None,
            )
            for line in self.lines
        ]


class SupplierReturnLineOut(Schema):
    """What of one lot went back, in the stock unit."""

    id: UUID
    line: int
    lot_id: UUID
    lot: str
    place_id: UUID
    owner_id: UUID
    quantity: Shown
    order_line_id: UUID | None
    voucher_kind: str
    voucher_id: UUID | None
    voucher_number: str

    @classmethod
    def shown(cls, line: SupplierReturnLine, lot: str) -> "SupplierReturnLineOut":
        """From a row and its lot's number."""
        return cls(
            id=line.pk,
            line=line.line,
            lot_id=line.lot_id,
            lot=lot,
            place_id=line.place_id,
            owner_id=line.owner_id,
            quantity=line.quantity,
            order_line_id=line.order_line_id,
            voucher_kind=line.voucher_kind,
            voucher_id=line.voucher_id,
            voucher_number=line.voucher_number,
        )


class SupplierReturnOut(Schema):
    """A supplier return without its lines."""

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    supplier_id: UUID
    supplier: str
    supplier_name: str
    reason: str
    returned_at: datetime
    returned_by: UUID

    @classmethod
    def of(cls, row: SupplierReturn) -> "SupplierReturnOut":
        return cls(**_return_header(row, row.supplier.number, row.supplier.name))


class SupplierReturnDetailOut(SupplierReturnOut):
    """A supplier return with its lines."""

    lines: list[SupplierReturnLineOut]

    @classmethod
    def view(cls, view: SupplierReturnView) -> "SupplierReturnDetailOut":
        row = view.supplier_return
        lines = [SupplierReturnLineOut.shown(line, line.lot.number) for line in view.lines]
        return cls(**_return_header(row, row.supplier.number, row.supplier.name), lines=lines)

    @classmethod
    def returned(cls, goods: ReturnedGoods) -> "SupplierReturnDetailOut":
        """From what the operation holds, without a query."""
        lines = [SupplierReturnLineOut.shown(line, goods.lots[line.lot_id]) for line in goods.lines]
        return cls(
            **_return_header(goods.supplier_return, goods.supplier, goods.supplier_name),
            lines=lines,
        )


def _return_header(row: SupplierReturn, supplier: str, supplier_name: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "company_id": row.company_id,
        "site_id": row.site_id,
        "supplier_id": row.supplier_id,
        "supplier": supplier,
        "supplier_name": supplier_name,
        "reason": row.reason,
        "returned_at": row.returned_at,
        "returned_by": row.returned_by,
    }
