"""The public facts of receiving."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class GoodsArrived(Event):
    """An arrival (the subject) was booked in; its lots wait for inspection.

    Recorded last, when the lots and their holds are queued. `lots` are dicts with all that an
    inspection needs to be opened without a query: lot_id, lot (number), lot_version, material_id,
    material (number), revision_id, supplier_id, supplier_lot, quantity (stock unit), unit (code of
    the stock unit), lot_control, is_on_hold, arrival_line_id, order_line_id, place_id, owner_id,
    profile_id, profile (code), profile_version, inspection (catalog InspectionNeed).
    """

    order_id: UUID | None
    order: str
    supplier_id: UUID
    place_id: UUID
    lots: tuple[dict[str, Any], ...]

    type = "receiving.goods_arrived.v1"


@dataclass(frozen=True)
class HeldOnArrival(Event):
    """Base of what the buyer is told about a lot that was born on hold; the subject is the arrival.

    `buyer_id` is None when there is no order; `quantity` is in the stock unit `unit`.
    """

    order_id: UUID | None
    buyer_id: UUID | None
    supplier_id: UUID
    material_id: UUID
    lot_id: UUID
    lot: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class SurplusArrived(HeldOnArrival):
    """More arrived than was ordered plus tolerance; the surplus is a lot of its own."""

    order_line_id: UUID

    type = "receiving.surplus_arrived.v1"


@dataclass(frozen=True)
class ReceiptBlocked(HeldOnArrival):
    """Goods of a supplier blocked for receipt arrived."""

    supply_block_id: UUID
    reason: str

    type = "receiving.receipt_blocked.v1"


@dataclass(frozen=True)
class UnorderedArrived(HeldOnArrival):
    """A wrong or unordered material arrived; `line_kind` is states.ArrivalLineKind."""

    line_kind: str

    type = "receiving.unordered_arrived.v1"


@dataclass(frozen=True)
class GoodsRefused(Event):
    """Goods were turned away at the gate; nothing was booked."""

    order_id: UUID | None
    supplier_id: UUID
    material_id: UUID | None
    description: str
    quantity: Decimal | None
    unit: str
    reason: str

    type = "receiving.goods_refused.v1"


@dataclass(frozen=True)
class GoodsReturned(Event):
    """Goods went back to their supplier; the subject is the supplier return.

    `lines` are dicts: lot_id, lot, material_id, quantity (stock unit), order_line_id.
    """

    supplier_id: UUID
    reason: str
    lines: tuple[dict[str, Any], ...]

    type = "receiving.goods_returned.v1"
