"""The public facts of stock."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class LotCreated(Event):
    """A lot was born; from here on its number exists."""

    material_id: UUID
    supplier_id: UUID | None
    quantity: Decimal
    status: str
    origin: str
    origin_id: UUID

    type = "stock.lot_created.v1"


@dataclass(frozen=True)
class LotStatusChanged(Event):
    """A voucher set a lot's status."""

    material_id: UUID
    status: str
    was: str
    voucher_kind: str
    voucher_number: str


@dataclass(frozen=True)
class LotReleased(LotStatusChanged):
    """The lot may be used."""

    type = "stock.lot_released.v1"


@dataclass(frozen=True)
class LotRestricted(LotStatusChanged):
    """The lot may be used within bounds."""

    type = "stock.lot_restricted.v1"


@dataclass(frozen=True)
class LotBlocked(LotStatusChanged):
    """The lot may not be used."""

    type = "stock.lot_blocked.v1"


@dataclass(frozen=True)
class LotExpiryChanged(Event):
    """The lot's expiry was set anew."""

    expires_at: datetime | None
    was: datetime | None

    type = "stock.lot_expiry_changed.v1"


@dataclass(frozen=True)
class LotSplit(Event):
    """Part of a lot left it under a new number; new labels are due."""

    part_id: UUID
    part: str
    quantity: Decimal
    place_id: UUID

    type = "stock.lot_split.v1"


@dataclass(frozen=True)
class LotsMerged(Event):
    """Quantities of several lots became a new lot (the subject)."""

    sources: tuple[str, ...]
    quantity: Decimal

    type = "stock.lots_merged.v1"


@dataclass(frozen=True)
class LotRegraded(Event):
    """Part of a lot became another material (the subject is the new lot)."""

    source_id: UUID
    quantity: Decimal

    type = "stock.lot_regraded.v1"


@dataclass(frozen=True)
class OwnerChanged(Event):
    """Goods of a lot got another owner, such as consigned goods when drawn."""

    from_owner_id: UUID
    to_owner_id: UUID
    quantity: Decimal

    type = "stock.owner_changed.v1"


@dataclass(frozen=True)
class HoldPlaced(Event):
    """A lot was put on hold."""

    hold_id: UUID
    hold: str
    cause: str

    type = "stock.hold_placed.v1"


@dataclass(frozen=True)
class HoldLifted(Event):
    """A hold ended; the lot is free of it."""

    hold_id: UUID
    hold: str
    cause: str

    type = "stock.hold_lifted.v1"


@dataclass(frozen=True)
class ReservationsBroken(Event):
    """Orders lost goods that were reserved for them."""

    orders: tuple[str, ...]

    type = "stock.reservations_broken.v1"


@dataclass(frozen=True)
class GoodsReserved(Event):
    """Goods are kept for an order."""

    reservation_id: UUID
    reservation: str
    quantity: Decimal
    reference_kind: str
    reference_number: str

    type = "stock.goods_reserved.v1"


@dataclass(frozen=True)
class ReservationCancelled(Event):
    """Goods are no longer kept for an order."""

    reservation_id: UUID
    reservation: str

    type = "stock.reservation_cancelled.v1"


@dataclass(frozen=True)
class GoodsMoved(Event):
    """Goods of a lot went from one place to another, inside or out."""

    move_kind: str
    quantity: Decimal
    from_place_id: UUID
    to_place_id: UUID
    reference_kind: str
    reference_number: str

    type = "stock.goods_moved.v1"


@dataclass(frozen=True)
class SampleConsumed(Event):
    """A sample of the lot was destroyed in test."""

    quantity: Decimal

    type = "stock.sample_consumed.v1"


@dataclass(frozen=True)
class SampleRetained(Event):
    """A sample was kept: the subject is the retained lot, split from `source`."""

    source_id: UUID
    quantity: Decimal

    type = "stock.sample_retained.v1"


@dataclass(frozen=True)
class ObservedMoveRefused(Event):
    """Another system moved what our gate would have refused; the lot is on hold."""

    move_id: UUID
    refusal: str

    type = "stock.observed_move_refused.v1"


@dataclass(frozen=True)
class PlaceAdded(Event):
    """A site has a new internal place or container."""

    place_kind: str
    parent_id: UUID | None

    type = "stock.place_added.v1"


@dataclass(frozen=True)
class ContainerMoved(Event):
    """A container stands somewhere else now, with all its goods."""

    parent_id: UUID | None

    type = "stock.container_moved.v1"


@dataclass(frozen=True)
class PeriodAdded(Event):
    """A company has a new period that may be closed some day."""

    type = "stock.period_added.v1"


@dataclass(frozen=True)
class PeriodClosedEvent(Event):
    """A period takes no more postings."""

    type = "stock.period_closed.v1"


@dataclass(frozen=True)
class LabelsPrinted(Event):
    """Labels of a lot were printed."""

    copies: int

    type = "stock.labels_printed.v1"
