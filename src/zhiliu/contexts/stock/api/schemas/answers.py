"""What stock answers. Quantities are decimals as text in the stock unit."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock import models
from zhiliu.contexts.stock.api.schemas.values import (
    Shown,
)
from zhiliu.contexts.stock.operations import bracketed
from zhiliu.contexts.stock.states import HoldCause, LabelFormat, LabelSize, LotStatus, PlaceKind
from zhiliu.platform.commands.http import Schema


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
    """Labels that were printed; `code` is what their GS1 DataMatrix says."""

    id: UUID
    lot_id: UUID
    lot: str
    copies: int
    size: LabelSize
    file_format: LabelFormat
    code: str
    printed_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, x: models.LabelPrint) -> "LabelsOut":
        return cls(
            id=x.pk,
            lot_id=x.lot_id,
            lot=x.lot.number,
            copies=x.copies,
            size=LabelSize(x.size),
            file_format=LabelFormat(x.file_format),
            code=bracketed(x.elements),
            printed_by=x.printed_by,
            occurred_at=x.occurred_at,
        )
