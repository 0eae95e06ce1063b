"""Reads of stock."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from zhiliu.contexts.stock.errors import LabelAmbiguous, NotFound
from zhiliu.contexts.stock.models import (
    Balance,
    Finding,
    Hold,
    LabelPrint,
    Lot,
    LotBound,
    LotMeasure,
    LotVersion,
    Move,
    Period,
    Place,
    Reservation,
    Serial,
)
from zhiliu.contexts.stock.permissions import HOLDS, LOTS, PERIODS, PLACES, RESERVATIONS
from zhiliu.contexts.stock.permissions import READ as READ
from zhiliu.contexts.stock.states import LotStatus
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.gs1 import read_elements
from zhiliu.platform.evidence.public import execute, flush

PRINT_LABELS = "stock.print_labels"


def list_places(actor: Actor) -> QuerySet[Place]:
    """Places of the sites that the actor may see."""
    return Place.objects.filter(PLACES.filter(actor))


def list_lots(actor: Actor) -> QuerySet[Lot]:
    """Lots that the actor may see, with their material and unit."""
    return Lot.objects.filter(lots_of(actor)).select_related("material__unit")


def lots_of(actor: Actor, prefix: str = "", operation: str = READ) -> Q:
    """The filter that leaves the lots inside the actor's grants; `prefix` leads to the lot."""
    return LOTS.filter(actor, operation=operation, prefix=prefix)


def on_hand(lot_ids: Iterable[UUID]) -> dict[UUID, tuple[Decimal, Decimal, tuple[str, ...]]]:
    """Per lot: quantity in internal places, of it reserved, and the codes of the places."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select b.lot_id, sum(b.quantity), sum(b.reserved), array_agg(distinct p.code) "
            "from stock_balance b join stock_place p on p.id = b.place_id "
            "where b.lot_id = any(%s) and b.quantity > 0 group by b.lot_id",
            [list(lot_ids)],
        )
        return {r[0]: (r[1], r[2], tuple(r[3])) for r in cursor.fetchall()}


def get_lot(actor: Actor, lot_id: UUID) -> Lot:
    """One lot that the actor may see; raises NotFound."""
    lot = list_lots(actor).select_related("supplier", "revision", "split_from").filter(pk=lot_id)
    found = lot.first()
    if found is None:
        raise NotFound(what="lot", given=str(lot_id))
    return found


def find_lot(actor: Actor, lot_id: UUID) -> Reference:
    """The lot that the actor may see, for what is kept about it; raises NotFound."""
    lot = get_lot(actor, lot_id)
    return Reference(Lot.kind, lot.pk, lot.number, lot.version)


def get_lot_by_label(actor: Actor, scanned: str, place_id: UUID | None) -> Lot:
    """The lot of a scanned label, by its number or its whole GS1 code.

    A lot that was split resolves by place and never silently.

    Raises NotFound, LabelAmbiguous when more than one member of the family stands there.
    """
    code = read_elements(scanned)  # a lot number that looks like a code is none of ours
    number = code.get("10") or code.get("92") or scanned
    lot = list_lots(actor).filter(number__in={number, scanned}).first()
    if lot is None:
        raise NotFound(what="lot", given=number)
    family = with_parts([lot.pk])
    if len(family) == 1:
        return lot
    there = Balance.objects.filter(lot_id__in=family, quantity__gt=0)
    if place_id is not None:
        there = there.filter(place_id=place_id)
    ids = set(there.values_list("lot_id", flat=True))
    standing = list(list_lots(actor).filter(pk__in=ids).order_by("number"))
    if len(standing) == 1:
        return standing[0]
    if not standing:
        return lot
    raise LabelAmbiguous(scanned=scanned, candidates=[x.number for x in standing])


def with_parts(lot_ids: Iterable[UUID]) -> list[UUID]:
    """These lots and every part that was split from them, at any depth."""
    flush()
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive f(id) as (select unnest(%s::uuid[]) union "
            "select l.id from stock_lot l join f on l.split_from_id = f.id) select id from f",
            [list(lot_ids)],
        )
        return [r[0] for r in cursor.fetchall()]


def with_what_became_of(lot_ids: Iterable[UUID]) -> list[UUID]:
    """These lots and every lot that their goods were split, merged or regraded into."""
    flush()
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive f(id) as (select unnest(%s::uuid[]) union "
            "select e.target_id from stock_genealogyedge e join f on e.source_id = f.id "
            "where e.edge_kind in ('split', 'merged', 'regraded')) select id from f",
            [list(lot_ids)],
        )
        return [r[0] for r in cursor.fetchall()]


def list_balances(actor: Actor) -> QuerySet[Balance]:
    """What lies where: balances above zero."""
    rows = Balance.objects.filter(lots_of(actor, "lot__"), quantity__gt=0)
    return rows.select_related("lot__material__unit", "place", "owner")


def list_usable(actor: Actor, at: datetime) -> QuerySet[Balance]:
    """Free stock that may be issued now: released, no hold, not expired, not reserved away.

    Restricted lots are usable only within their bounds and therefore not listed here.
    """
    alive = Q(lot__expires_at__isnull=True) | Q(lot__expires_at__gt=at)
    return list_balances(actor).filter(
        alive,
        lot__status=LotStatus.RELEASED,
        lot__open_holds=0,
        quantity__gt=F("reserved"),
    )


_USABLE = b"""
select l.company_id, l.site_id, l.supplier_id, coalesce(sum(b.quantity - b.reserved), 0)
from stock_lot l left join stock_balance b on b.lot_id = l.id and l.status = 'released'
  and l.open_holds = 0 and (l.expires_at is null or l.expires_at > $2::timestamptz)
where l.id = $1::uuid group by l.id
"""


def get_usable_quantity(actor: Actor, lot_id: UUID, at: datetime) -> Decimal:
    """How much of a lot may be issued at this moment, in the stock unit; raises NotFound.

    The same as the sum of `list_usable`, in one statement; a test holds the two equal.
    """
    for company_id, site_id, supplier_id, quantity in execute(_USABLE, [lot_id, at.isoformat()]):
        if actor.may(READ, Scope(company_id, site_id, supplier_id)):
            return Decimal(quantity)
    raise NotFound(what="lot", given=str(lot_id))


def list_moves(actor: Actor) -> QuerySet[Move]:
    """The journal."""
    rows = Move.objects.filter(lots_of(actor, "lot__"))
    return rows.select_related("lot", "from_place", "to_place", "owner")


def list_versions(lot_id: UUID) -> list[LotVersion]:
    """Every version of a lot's gate, oldest first."""
    return list(LotVersion.objects.filter(lot_id=lot_id).order_by("version"))


def list_measures(lot_id: UUID) -> list[LotMeasure]:
    """A lot's own measured conversions."""
    return list(LotMeasure.objects.filter(lot_id=lot_id).select_related("unit"))


def get_bound(lot_id: UUID) -> LotBound | None:
    """What remains of a lot's quantity bound."""
    return LotBound.objects.filter(pk=lot_id).first()


def list_lot_holds(lot_id: UUID) -> list[Hold]:
    """All holds of a lot, oldest first."""
    return list(Hold.objects.filter(lot_id=lot_id).select_related("lot").order_by("id"))


def get_hold(actor: Actor, hold_id: UUID) -> Hold:
    """One hold of a lot that the actor may see; raises NotFound."""
    found = list_holds(actor).filter(pk=hold_id).first()
    if found is None:
        raise NotFound(what="hold", given=str(hold_id))
    return found


def get_reservation(actor: Actor, reservation_id: UUID) -> Reservation:
    """One reservation of a lot that the actor may see; raises NotFound."""
    found = list_reservations(actor).filter(pk=reservation_id).first()
    if found is None:
        raise NotFound(what="reservation", given=str(reservation_id))
    return found


def get_visible_place(actor: Actor, place_id: UUID) -> Place:
    """One place of a site that the actor may see; raises NotFound."""
    found = list_places(actor).select_related("site").filter(pk=place_id).first()
    if found is None:
        raise NotFound(what="place", given=str(place_id))
    return found


def get_period(actor: Actor, period_id: UUID) -> Period:
    """One period of a company that the actor may see; raises NotFound."""
    found = list_periods(actor).filter(pk=period_id).first()
    if found is None:
        raise NotFound(what="period", given=str(period_id))
    return found


def list_holds(actor: Actor) -> QuerySet[Hold]:
    """Holds of lots that the actor may see."""
    return Hold.objects.filter(HOLDS.filter(actor)).select_related("lot")


def list_reservations(actor: Actor) -> QuerySet[Reservation]:
    """Reservations of lots that the actor may see."""
    rows = Reservation.objects.filter(RESERVATIONS.filter(actor))
    return rows.select_related("lot", "place", "owner")


def list_serials(actor: Actor) -> QuerySet[Serial]:
    """Serials of lots that the actor may see."""
    return Serial.objects.filter(lots_of(actor, "lot__")).select_related("lot", "place")


def list_findings(actor: Actor) -> QuerySet[Finding]:
    """Foreign moves that our gate would have refused."""
    return Finding.objects.filter(lots_of(actor, "lot__")).select_related("lot", "move")


def list_periods(actor: Actor) -> QuerySet[Period]:
    """Periods of the companies that the actor may see."""
    return Period.objects.filter(PERIODS.filter(actor))


def list_label_prints(actor: Actor) -> QuerySet[LabelPrint]:
    """Label prints of lots that the actor may see."""
    return LabelPrint.objects.filter(lots_of(actor, "lot__")).select_related("lot")


def get_label_prints(actor: Actor, label_print_ids: Sequence[UUID]) -> list[LabelPrint]:
    """Counted prints with their lots, in the order asked for; raises NotFound."""
    rows = LabelPrint.objects.filter(lots_of(actor, "lot__", PRINT_LABELS), pk__in=label_print_ids)
    found = {x.pk: x for x in rows.select_related("lot__material", "lot__site__company")}
    for label_print_id in label_print_ids:
        if label_print_id not in found:
            raise NotFound(what="label print", given=str(label_print_id))
    return [found[label_print_id] for label_print_id in label_print_ids]


def get_trace(actor: Actor, lot_id: UUID, direction: str) -> list[dict[str, Any]]:
    """Every edge reached from a lot, `forward` to what it became or `backward` to its sources.

    Rows: depth, edge kind, quantity, is_assumed, source and target lot (number) or reference. Only
    lots that the actor may see are named; the start must be one of them (else NotFound).
    """
    get_lot(actor, lot_id)
    near, far = ("source_id", "target_id") if direction == "forward" else ("target_id", "source_id")
    sql = (
        f"with recursive t(lot, depth) as (values (%s::uuid, 0) union "  # noqa: S608
        f"select e.{far}, t.depth + 1 from t join stock_genealogyedge e on e.{near} = t.lot "
        f"where e.{far} is not null), "
        f"reached(id, depth) as (select e.id, min(t.depth) from t "
        f"join stock_genealogyedge e on e.{near} = t.lot group by e.id) "
        f"select r.depth, e.edge_kind, e.quantity, e.is_assumed, e.source_id, s.number, "
        f"e.target_id, g.number, nullif(e.reference_kind, ''), nullif(e.reference_number, '') "
        f"from reached r join stock_genealogyedge e on e.id = r.id "
        f"join stock_lot s on s.id = e.source_id left join stock_lot g on g.id = e.target_id "
        f"order by r.depth, s.number, g.number nulls last, e.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [lot_id])
        edges = [dict(zip(_EDGE, row, strict=True)) for row in cursor.fetchall()]
    reached = {e["source_id"] for e in edges} | {e["target_id"] for e in edges} - {None}
    visible = set(list_lots(actor).filter(pk__in=reached).values_list("id", flat=True))
    return [e for e in edges if {e["source_id"], e["target_id"]} - {None} <= visible]


_EDGE = (
    "depth",
    "kind",
    "quantity",
    "is_assumed",
    "source_id",
    "source",
    "target_id",
    "target",
    "reference_kind",
    "reference_number",
)


def list_stock_at(
    actor: Actor, company_id: UUID, at: datetime, lot_id: UUID | None = None
) -> list[dict[str, Any]]:
    """What lay where at `at` (business time), and whether it was shippable then.

    Recounted from the journal and the lot versions, never from balances.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with legs as (
              select lot_id, to_place_id as place_id, owner_id, quantity, occurred_at
              from stock_move where company_id = %(company)s
              union all
              select lot_id, from_place_id, owner_id, -quantity, occurred_at
              from stock_move where company_id = %(company)s
            )
            select l.id, l.number, p.code, g.owner_id, sum(g.quantity), v.status, v.holds,
                   v.expires_at
            from legs g join stock_lot l on l.id = g.lot_id
            join stock_place p on p.id = g.place_id and p.is_internal
            join lateral (select status, holds, expires_at, is_urgent from stock_lotversion v
                          where v.lot_id = l.id and v.occurred_at <= %(at)s
                          order by version desc limit 1) v on true
            where g.occurred_at <= %(at)s and (%(lot)s::uuid is null or l.id = %(lot)s)
            group by l.id, l.number, p.code, g.owner_id, v.status, v.holds, v.expires_at
            having sum(g.quantity) > 0 order by l.number, p.code
            """,
            {"company": company_id, "at": at, "lot": lot_id},
        )
        rows = cursor.fetchall()
    ids = {r[0] for r in rows}
    visible = set(Lot.objects.filter(lots_of(actor), pk__in=ids).values_list("id", flat=True))
    return [
        {
            "lot_id": lot,
            "lot": number,
            "place": place,
            "owner_id": owner,
            "quantity": quantity,
            "status": status,
            "is_usable": status == LotStatus.RELEASED
            and holds in ([], "[]")
            and (expires is None or expires > at),
        }
        for lot, number, place, owner, quantity, status, holds, expires in rows
        if lot in visible
    ]
