"""What stock answers about traces and past moments."""

from uuid import UUID

from zhiliu.contexts.stock.api.schemas.values import (
    Shown,
)
from zhiliu.contexts.stock.states import EdgeKind, LotStatus
from zhiliu.platform.commands.http import Schema


class EdgeOut(Schema):
    """One step of a trace."""

    depth: int
    kind: EdgeKind
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
