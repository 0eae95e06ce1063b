"""What stock answers about lots. Quantities are decimals as text in the stock unit."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock import models
from zhiliu.contexts.stock.api.schemas.values import (
    Shown,
)
from zhiliu.contexts.stock.operations import bracketed
from zhiliu.contexts.stock.states import HoldCause, LabelFormat, LabelSize, LotStatus
from zhiliu.platform.commands.http import AllowedAction, Schema


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


class HoldDetailOut(HoldOut):
    """A hold and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, h: models.Hold, actions: list[AllowedAction]) -> "HoldDetailOut":
        """Everything about one hold."""
        return cls(**HoldOut.of(h).model_dump(), allowed_actions=actions)


class LotDetailOut(Schema):
    """A lot with its history, and what may be done with it now."""

    lot: LotOut
    versions: list[VersionOut]
    holds: list[HoldDetailOut]
    measures: list[MeasureOut]
    bound: BoundOut | None
    usable_quantity: Shown
    allowed_actions: list[AllowedAction]


class UsableOut(Schema):
    """How much of a lot may be issued now."""

    lot_id: UUID
    usable_quantity: Shown


class LotRefOut(Schema):
    """A lot that an act made or changed."""

    id: UUID
    version: int
    number: str
    status: LotStatus

    @classmethod
    def of(cls, lot: models.Lot) -> "LotRefOut":
        return cls(id=lot.pk, version=lot.version, number=lot.number, status=LotStatus(lot.status))


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
