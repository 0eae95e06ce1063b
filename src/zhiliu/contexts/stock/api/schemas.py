"""What goes over the wire for stock. Quantities are decimals as text in the stock unit."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, PlainSerializer, StringConstraints

from zhiliu.contexts.stock import models
from zhiliu.contexts.stock.operations import Bounds, Part
from zhiliu.contexts.stock.states import HoldCause, LotStatus, PlaceKind
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act

Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[Line, Field(max_length=60)]
Named = Annotated[Text, Field(min_length=1)]
Serials = Annotated[list[Named], Field(max_length=20_000)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]


class Direction(StrEnum):
    """Which way a trace runs."""

    FORWARD = "forward"
    BACKWARD = "backward"


class ReferenceIn(Schema):
    """The order (or other record) that wants the goods."""

    kind: Named
    id: UUID
    number: Named
    customer_id: UUID | None = None

    def value(self) -> Reference:
        return Reference(self.kind, self.id, self.number, customer_id=self.customer_id)


class PartOfLot(Schema):
    """A part of a lot: where, whose, how much, which serials."""

    place_id: UUID
    owner_id: UUID
    quantity: Amount
    serials: Serials = []

    def part(self) -> Part:
        return Part(self.place_id, self.owner_id, self.quantity, tuple(self.serials))


class PartIn(PartOfLot, Act):
    """A part of a lot that the act is about."""


class UseIn(PartIn):
    """Goods to issue, ship, reserve or take back, and for whom."""

    reference: ReferenceIn


class ReserveIn(Act):
    """Goods to keep for an order."""

    place_id: UUID
    owner_id: UUID
    quantity: Amount
    reference: ReferenceIn


class MaterialIssueIn(Act):
    """A material without lot control, issued by its name."""

    material_id: UUID
    place_id: UUID
    owner_id: UUID
    quantity: Amount
    reference: ReferenceIn


class CustomerReturnIn(Act):
    """Goods that a customer sends back."""

    place_id: UUID
    quantity: Amount
    reference: ReferenceIn
    serials: Serials = []


class MoveIn(PartIn):
    """Goods to another internal place."""

    to_place_id: UUID


class SampleIn(PartIn):
    """A sample to a laboratory."""

    laboratory_id: UUID


class RetainIn(PartIn):
    """A sample to keep."""

    retention_id: UUID
    expires_at: Moment | None = None


class DisposeIn(PartIn):
    """Goods that leave; without the verdict as voucher a reason is needed."""

    voucher_kind: Text = "inspections.inspection"
    voucher_id: UUID | None = None
    voucher_number: Text = ""

    def voucher(self) -> Reference | None:
        if self.voucher_id is None:
            return None
        return Reference(self.voucher_kind, self.voucher_id, self.voucher_number)


class CountIn(Act):
    """What was counted of a labelled lot at a place."""

    place_id: UUID
    owner_id: UUID
    counted: Amount
    serials_missing: Serials = []


class FoundIn(Act):
    """Goods found without a label."""

    material_id: UUID
    place_id: UUID
    owner_id: UUID
    quantity: Amount
    serials: Serials = []


class OpeningIn(FoundIn):
    """Stock that was there before Zhiliu."""

    supplier_lot: Text = ""
    expires_at: Moment | None = None


class HoldIn(Act):
    """A hold on a lot or, with `part`, on a part of it."""

    cause: HoldCause = HoldCause.MANUAL
    responsible_id: UUID | None = None
    review_date: Day | None = None
    part: PartOfLot | None = None


class MergePartIn(PartOfLot):
    """A part that goes into a merge."""

    lot_id: UUID


class MergeIn(Act):
    """Parts of several lots that become one."""

    parts: Annotated[list[MergePartIn], Field(min_length=2, max_length=100)]
    to_place_id: UUID


class RegradeIn(PartIn):
    """A part that becomes another material."""

    to_material_id: UUID


class OwnerIn(PartIn):
    """Goods that get another owner."""

    to_owner_id: UUID


class RestrictIn(Act):
    """Bounds within which a lot may be used."""

    quantity: Amount | None = None
    until: Moment | None = None
    reference_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)] | None = None
    customer_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)] | None = None

    def bounds(self) -> Bounds:
        return Bounds(self.quantity, self.until, self.reference_ids, self.customer_ids)


class ExpiryIn(Act):
    """A lot's new expiry; null means it does not expire."""

    expires_at: Moment | None


class ObserveIn(Act):
    """A move of another system."""

    lot_id: UUID
    from_place_id: UUID
    to_place_id: UUID
    owner_id: UUID
    quantity: Amount
    system: Annotated[Line, Field(min_length=1, max_length=30)]
    document: Annotated[Line, Field(min_length=1, max_length=100)]
    reference: ReferenceIn | None = None


class PlaceIn(Act):
    """A new internal place."""

    site_id: UUID
    code: Annotated[Line, Field(min_length=1, max_length=40)]
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    kind: PlaceKind
    parent_id: UUID | None = None


class ContainerMoveIn(Act):
    """Where a container goes; null takes it out of its parent."""

    parent_id: UUID | None


class PeriodIn(Act):
    """A span of days, the last one exclusive."""

    company_id: UUID
    starts_on: Day
    ends_on: Day


class LabelsIn(Act):
    """How many labels."""

    copies: int = Field(default=1, ge=1, le=1000)


class PlaceOut(Schema):
    """A place."""

    id: UUID
    version: int
    site_id: UUID
    code: str
    name: str
    kind: PlaceKind
    is_internal: bool
    parent_id: UUID | None

    @classmethod
    def of(cls, p: models.Place) -> "PlaceOut":
        return cls(
            id=p.pk,
            version=p.version,
            site_id=p.site_id,
            code=p.code,
            name=p.name,
            kind=PlaceKind(p.place_kind),
            is_internal=p.is_internal,
            parent_id=p.parent_id,
        )


class LotOut(Schema):
    """A lot as it stands."""

    id: UUID
    version: int
    number: str
    material_id: UUID
    material_number: str
    material_name: str
    unit: str
    status: LotStatus
    open_holds: int
    is_urgent: bool
    quantity: Shown
    reserved: Shown
    places: list[str]
    site_id: UUID
    supplier_id: UUID | None
    supplier_lot: str
    maker: str
    manufactured_date: date | None
    expires_at: datetime | None
    initial_quantity: Shown
    origin: str
    origin_number: str
    split_from_id: UUID | None

    @classmethod
    def of(cls, lot: models.Lot) -> "LotOut":
        quantity, reserved, places = getattr(lot, "on_hand", (Decimal(0), Decimal(0), ()))
        return cls(
            id=lot.pk,
            version=lot.version,
            number=lot.number,
            material_id=lot.material_id,
            material_number=lot.material.number,
            material_name=lot.material.name,
            unit=lot.material.unit.code,
            status=LotStatus(lot.status),
            open_holds=lot.open_holds,
            is_urgent=lot.is_urgent,
            quantity=quantity,
            reserved=reserved,
            places=list(places),
            site_id=lot.site_id,
            supplier_id=lot.supplier_id,
            supplier_lot=lot.supplier_lot,
            maker=lot.maker,
            manufactured_date=lot.manufactured_date,
            expires_at=lot.expires_at,
            initial_quantity=lot.initial_quantity,
            origin=lot.origin,
            origin_number=lot.origin_number,
            split_from_id=lot.split_from_id,
        )


class VersionOut(Schema):
    """What a lot's gate said at one version."""

    version: int
    status: LotStatus
    holds: list[str]
    expires_at: datetime | None
    is_urgent: bool
    bounds: dict[str, Any] | None
    voucher_kind: str
    voucher_number: str
    voucher_version: int | None
    occurred_at: datetime
    recorded_at: datetime

    @classmethod
    def of(cls, v: models.LotVersion) -> "VersionOut":
        return cls.model_validate(v, from_attributes=True)


class MeasureOut(Schema):
    """A lot's own conversion: one unit is `factor` stock units."""

    unit: str
    factor: Shown


class BoundOut(Schema):
    """A quantity bound."""

    quantity: Shown
    remaining: Shown


class HoldOut(Schema):
    """A hold."""

    id: UUID
    version: int
    number: str
    lot_id: UUID
    lot: str
    cause: HoldCause
    cause_kind: str
    cause_number: str
    reason: str
    responsible_id: UUID
    review_date: date | None
    state: str
    placed_at: datetime
    placed_by: UUID
    lifted_at: datetime | None
    lift_reason: str

    @classmethod
    def of(cls, h: models.Hold) -> "HoldOut":
        names = [n for n in cls.model_fields if n not in ("id", "lot", "cause")]
        values = {n: getattr(h, n) for n in names}
        return cls(id=h.pk, lot=h.lot.number, cause=HoldCause(h.cause), **values)


class HoldPlacedOut(Schema):
    """A hold, the lot it stands on and the orders whose reservations it broke."""

    hold: HoldOut
    lot_id: UUID
    lot: str
    broken_orders: list[str]


class LotDetailOut(Schema):
    """A lot with its history, and what may be done with it now."""

    lot: LotOut
    versions: list[VersionOut]
    holds: list[HoldOut]
    measures: list[MeasureOut]
    bound: BoundOut | None
    usable_quantity: Shown
    refused_uses: dict[str, list[str]]


class UsableOut(Schema):
    """How much of a lot may be issued now."""

    lot_id: UUID
    usable_quantity: Shown


class BalanceOut(Schema):
    """What one place holds of one lot for one owner."""

    id: UUID
    lot_id: UUID
    lot: str
    material_id: UUID
    material_number: str
    unit: str
    status: LotStatus
    place_id: UUID
    place: str
    owner_id: UUID
    owner: str
    quantity: Shown
    reserved: Shown
    free: Shown

    @classmethod
    def of(cls, b: models.Balance) -> "BalanceOut":
        return cls(
            id=b.pk,
            lot_id=b.lot_id,
            lot=b.lot.number,
            material_id=b.lot.material_id,
            material_number=b.lot.material.number,
            unit=b.lot.material.unit.code,
            status=LotStatus(b.lot.status),
            place_id=b.place_id,
            place=b.place.code,
            owner_id=b.owner_id,
            owner=b.owner.name,
            quantity=b.quantity,
            reserved=b.reserved,
            free=b.quantity - b.reserved,
        )


class MoveOut(Schema):
    """One posted move."""

    id: UUID
    line: int
    kind: str
    lot_id: UUID
    lot: str
    lot_version: int
    from_place: str
    to_place: str
    owner_id: UUID
    quantity: Shown
    reference_kind: str
    reference_number: str
    reason: str
    origin: str
    origin_document: str
    actor_id: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, m: models.Move) -> "MoveOut":
        names = ("line", "lot_id", "lot_version", "owner_id", "quantity", "reference_kind")
        more = ("reference_number", "reason", "origin", "origin_document", "actor_id")
        values = {n: getattr(m, n) for n in (*names, *more, "occurred_at")}
        return cls(
            id=m.pk,
            kind=m.move_kind,
            lot=m.lot.number,
            from_place=m.from_place.code,
            to_place=m.to_place.code,
            **values,
        )


class PostedOut(Schema):
    """What a posting did: the lot, its version at the gate, and the quantity."""

    move_id: UUID
    lot_id: UUID
    lot_version: int
    quantity: Shown

    @classmethod
    def of(cls, m: models.Move) -> "PostedOut":
        return cls(move_id=m.pk, lot_id=m.lot_id, lot_version=m.lot_version, quantity=m.quantity)


class PostedListOut(Schema):
    """Several postings of one act."""

    postings: list[PostedOut]


class CountOut(Schema):
    """What a count did: nothing when it was right."""

    lot_id: UUID
    adjusted: bool
    move_id: UUID | None


class LotRefOut(Schema):
    """A lot that an act made or changed."""

    id: UUID
    version: int
    number: str
    status: LotStatus

    @classmethod
    def of(cls, lot: models.Lot) -> "LotRefOut":
        return cls(id=lot.pk, version=lot.version, number=lot.number, status=LotStatus(lot.status))


class ReservationOut(Schema):
    """A reservation."""

    id: UUID
    version: int
    number: str
    lot_id: UUID
    place_id: UUID
    owner_id: UUID
    quantity: Shown
    open_quantity: Shown
    reference_kind: str
    reference_number: str
    customer_id: UUID | None
    state: str

    @classmethod
    def of(cls, r: models.Reservation) -> "ReservationOut":
        return cls.model_validate(r, from_attributes=True)


class SerialOut(Schema):
    """A serial, its lot and where it is."""

    id: UUID
    number: str
    maker: str
    material_id: UUID
    lot_id: UUID
    lot: str
    status: LotStatus
    place_id: UUID
    place: str
    owner_id: UUID

    @classmethod
    def of(cls, s: models.Serial) -> "SerialOut":
        return cls(
            id=s.pk,
            number=s.number,
            maker=s.maker,
            material_id=s.material_id,
            lot_id=s.lot_id,
            lot=s.lot.number,
            status=LotStatus(s.lot.status),
            place_id=s.place_id,
            place=s.place.code,
            owner_id=s.owner_id,
        )


class FindingOut(Schema):
    """A foreign move that our gate would have refused."""

    id: UUID
    lot_id: UUID
    lot: str
    move_id: UUID
    origin: str
    origin_document: str
    code: str
    sentence: str

    @classmethod
    def of(cls, f: models.Finding) -> "FindingOut":
        return cls(
            id=f.pk,
            lot_id=f.lot_id,
            lot=f.lot.number,
            move_id=f.move_id,
            origin=f.move.origin,
            origin_document=f.move.origin_document,
            code=f.code,
            sentence=f.sentence,
        )


class PeriodOut(Schema):
    """A period."""

    id: UUID
    version: int
    company_id: UUID
    starts_on: date
    ends_on: date
    state: str
    closed_at: datetime | None

    @classmethod
    def of(cls, p: models.Period) -> "PeriodOut":
        return cls.model_validate(p, from_attributes=True)


class LabelsOut(Schema):
    """Labels that were printed."""

    id: UUID
    lot_id: UUID
    lot: str
    copies: int
    printed_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, x: models.LabelPrint) -> "LabelsOut":
        return cls(
            id=x.pk,
            lot_id=x.lot_id,
            lot=x.lot.number,
            copies=x.copies,
            printed_by=x.printed_by,
            occurred_at=x.occurred_at,
        )


class EdgeOut(Schema):
    """One step of a trace."""

    depth: int
    kind: str
    quantity: Shown
    is_assumed: bool
    source_id: UUID
    source: str
    target_id: UUID | None
    target: str | None
    reference_kind: str | None
    reference_number: str | None


class TraceOut(Schema):
    """Everything reached from a lot."""

    edges: list[EdgeOut]


class StockAtOut(Schema):
    """What lay at one place at a past moment."""

    lot_id: UUID
    lot: str
    place: str
    owner_id: UUID
    quantity: Shown
    status: LotStatus
    is_usable: bool


class StockAtListOut(Schema):
    """What lay where at a past moment."""

    items: list[StockAtOut]
