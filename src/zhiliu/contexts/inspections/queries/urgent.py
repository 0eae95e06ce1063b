"""What was used under urgent releases, as the moves tell it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Sum, When

from zhiliu.contexts.stock.models import LotVersion, Move
from zhiliu.contexts.stock.public import MoveKind


@dataclass(frozen=True)
class UsedUrgently:
    """So much of a lot was issued to an order before its inspection ended, in the stock unit."""

    lot_id: UUID
    lot: str
    reference_kind: str
    reference_id: UUID
    reference: str
    quantity: Decimal


def used_urgently(lot_ids: Collection[UUID]) -> QuerySet[Move, Any]:
    """By lot what was `used` under an urgent release, less what came back unused.

    The lot version that a move saw bears the mark. The bound of the lot does not tell: it is
    divided when a part is split off and set anew when it is narrowed.
    """
    rows = _moves(lot_ids).order_by().values("lot_id")
    return rows.annotate(used=_NET).values("used")


def list_used_urgently(lot_ids: Collection[UUID]) -> list[UsedUrgently]:
    """What was used of lots under an urgent release, order by order."""
    by = ("lot_id", "lot__number", "reference_kind", "reference_id", "reference_number")
    rows = _moves(lot_ids).order_by("lot_id", "reference_number").values_list(*by)
    return [UsedUrgently(*row) for row in rows.annotate(used=_NET).filter(used__gt=0)]


_NET = Sum(Case(When(move_kind=MoveKind.ISSUE, then=F("quantity")), default=-F("quantity")))


def _moves(lot_ids: Collection[UUID]) -> QuerySet[Move]:
    marked = LotVersion.objects.filter(
        lot_id=OuterRef("lot_id"), version=OuterRef("lot_version"), is_urgent=True
    )
    kinds = (MoveKind.ISSUE, MoveKind.RETURN_ISSUE)
    return Move.objects.filter(Exists(marked), lot_id__in=lot_ids, move_kind__in=kinds)
