"""What a report touches: where its goods are, what is wrong, whom it hits, what it costs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from zhiliu.contexts.inspections.public import (
    FoundDefect,
    UsedUrgently,
    list_defects_found,
    list_used_urgently,
)
from zhiliu.contexts.nonconformance.models import Report, ReportLot
from zhiliu.contexts.nonconformance.rules import estimate
from zhiliu.contexts.nonconformance.states import Source
from zhiliu.contexts.purchasing.public import get_prices
from zhiliu.contexts.stock.models import Balance, Lot, Move, Reservation
from zhiliu.contexts.stock.public import MoveKind
from zhiliu.kernel.money import Money
from zhiliu.kernel.quantity import ZERO

# How goods leave for good, and what brings unused ones back to their lot.
_WAYS_OUT = (
    MoveKind.ISSUE,
    MoveKind.SHIP,
    MoveKind.SCRAP,
    MoveKind.RETURN_TO_VENDOR,
    MoveKind.CONSUME_SAMPLE,
)


def list_defects(report: Report) -> list[tuple[FoundDefect, Decimal]]:
    """What the inspection that found the goods counted and read, the most frequent first.

    Nothing for an escape or a report by hand: that inspection did not find what is wrong.
    """
    if report.source not in (Source.VERDICT, Source.UNITS_FOUND) or report.inspection_id is None:
        return []
    return list_defects_found(report.inspection_id)


@dataclass(frozen=True)
class Exposure:
    """Where the goods of a report are now, what they were meant for and what used some of them
    under an urgent release.

    `gone` is what left of its lots for good, by kind of move.
    `costs` are what the lots are worth at order price, by currency, at the quantity of the report;
    `siblings` are other lots of the same supplier lot number, maker and supplier.
    """

    places: dict[UUID, list[Balance]]
    gone: dict[MoveKind, Decimal]
    siblings: list[Lot]
    on_hand: dict[UUID, Decimal]
    reservations: list[Reservation]
    used: list[UsedUrgently]
    costs: list[Money]


def get_exposure(report: Report, lots: Iterable[ReportLot]) -> Exposure:
    """The facts of a report that change while it is open, in a fixed number of queries."""
    rows = list(lots)
    ids = [row.lot_id for row in rows]
    places = defaultdict(list)
    balances = Balance.objects.filter(lot_id__in=ids, quantity__gt=0)
    for balance in balances.select_related("place", "owner").order_by("place__code", "id"):
        places[balance.lot_id].append(balance)
    siblings = _siblings(report, rows)
    sums = Balance.objects.filter(lot_id__in=[lot.pk for lot in siblings]).values_list("lot_id")
    reservations = Reservation.objects.filter(lot_id__in=ids, state__in=("open", "broken"))
    return Exposure(
        places=dict(places),
        gone=_gone(ids),
        siblings=siblings,
        on_hand=dict(sums.annotate(Sum("quantity"))),
        reservations=list(reservations.select_related("lot").order_by("id")),
        used=list_used_urgently(ids),
        costs=_costs(rows),
    )


def _gone(lot_ids: list[UUID]) -> dict[MoveKind, Decimal]:
    moves = Move.objects.filter(
        lot_id__in=lot_ids, move_kind__in=(*_WAYS_OUT, MoveKind.RETURN_ISSUE)
    )
    moved = dict(moves.values_list("move_kind").annotate(Sum("quantity")))
    back = moved.pop(MoveKind.RETURN_ISSUE, ZERO)
    moved[MoveKind.ISSUE] = moved.get(MoveKind.ISSUE, ZERO) - back
    return {kind: moved[kind] for kind in _WAYS_OUT if moved.get(kind)}


def _siblings(report: Report, rows: list[ReportLot]) -> list[Lot]:
    wanted = Q(pk__in=())
    for row in rows:
        if row.lot.supplier_lot:
            wanted |= Q(supplier_lot=row.lot.supplier_lot, maker=row.lot.maker)
    found = Lot.objects.filter(
        wanted,
        company_id=report.company_id,
        material_id=report.material_id,
        supplier_id=report.supplier_id,
    )
    found = found.exclude(pk__in=[row.lot_id for row in rows]).select_related("site")
    return list(found.order_by("id")[:200])


def _costs(rows: list[ReportLot]) -> list[Money]:
    prices = get_prices([row.order_line_id for row in rows if row.order_line_id])
    by_currency = defaultdict(list)
    for row in rows:
        if row.order_line_id is not None:
            price = prices[row.order_line_id]
            by_currency[price.currency].append((price.cost_of(row.quantity), price.currency))
    sums = (estimate(costs) for _, costs in sorted(by_currency.items()))
    return [one for one in sums if one is not None]
