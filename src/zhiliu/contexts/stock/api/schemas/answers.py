"""What stock answers about places and goods. Quantities are text in the stock unit."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock import models
from zhiliu.contexts.stock.api.schemas.values import (
    Shown,
)
from zhiliu.contexts.stock.states import LotStatus, PlaceKind
from zhiliu.platform.commands.http import AllowedAction, Schema


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


class BalanceOut(Schema):
    """What one place holds of one lot for one owner."""

    id: UUID
    lot_id: UUID
    lot: str
    material_id: UUID
    material_number: str
    material_name: str
    unit: str
    status: LotStatus
    place_id: UUID
    place: str
    place_kind: PlaceKind
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
            material_name=b.lot.material.name,
            unit=b.lot.material.unit.code,
            status=LotStatus(b.lot.status),
            place_id=b.place_id,
            place=b.place.code,
            place_kind=PlaceKind(b.place.place_kind),
            owner_id=b.owner_id,
            owner=b.owner.name,
            quantity=b.quantity,
            reserved=b.reserved,
            free=b.quantity - b.reserved,
        )


class PlaceDetailOut(PlaceOut):
    """A place and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, p: models.Place, actions: list[AllowedAction]) -> "PlaceDetailOut":
        """Everything about one place."""
        return cls(**PlaceOut.of(p).model_dump(), allowed_actions=actions)


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
    """What a count did: nothing when it was right; else `difference` is what is there more (above
    zero) or less than was booked."""

    lot_id: UUID
    adjusted: bool
    difference: Shown
    move_id: UUID | None

    @classmethod
    def of(cls, lot_id: UUID, place_id: UUID, move: models.Move | None) -> "CountOut":
        """From the adjustment, if one was needed."""
        if move is None:
            return cls(lot_id=lot_id, adjusted=False, difference=Decimal(0), move_id=None)
        sign = 1 if move.to_place_id == place_id else -1
        return cls(lot_id=lot_id, adjusted=True, difference=sign * move.quantity, move_id=move.pk)


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


class ReservationDetailOut(ReservationOut):
    """A reservation and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, r: models.Reservation, actions: list[AllowedAction]) -> "ReservationDetailOut":
        """Everything about one reservation."""
        return cls(**dict(ReservationOut.of(r)), allowed_actions=actions)


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


class PeriodDetailOut(PeriodOut):
    """A period and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, p: models.Period, actions: list[AllowedAction]) -> "PeriodDetailOut":
        """Everything about one period."""
        return cls(**PeriodOut.of(p).model_dump(), allowed_actions=actions)
